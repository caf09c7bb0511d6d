package dev.mtc.engine.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.Problem;
import dev.mtc.api.Side;
import dev.mtc.engine.testing.EmbeddedCluster;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdoptionIT {

    private static final String MAPS = "/api/v1/namespaces/shop/configmaps";

    private final EmbeddedCluster recent =
            EmbeddedCluster.builder("new").withoutWorkloads().start();
    private final CountedCluster target = CountedCluster.at(Side.TARGET, recent.url());
    private final Adoption adoption = new Adoption(target.server(), target.discovery());

    @BeforeEach
    void make() {
        target.server()
                .create("/api/v1/namespaces", Yaml.object("apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}"));
        target.server().create(MAPS, map("owned"));
    }

    @AfterEach
    void close() {
        target.close();
        recent.close();
    }

    private static ObjectNode map(String name) {
        return Yaml.object(
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s, labels: {%s: plan-uid}}
                """
                        .formatted(name, Marks.PLAN));
    }

    private static Prepared.Applicable owned(ObjectNode object, String owner) {
        ObjectNode reference = Yaml.object("apiVersion: v1\nkind: ConfigMap\nuid: of-the-source\nname: " + owner);
        return new Prepared.Applicable(
                TransformCase.type("configmaps", "v1", "ConfigMap"),
                new ObjectKey("configmaps", "shop", "owned"),
                object,
                List.of(),
                List.of(),
                List.of(reference),
                "");
    }

    private List<Problem> adopt(Prepared.Applicable prepared) {
        adoption.expect(prepared, null);
        return adoption.complete(target.executor(), () -> false);
    }

    private List<ObjectNode> references() {
        return Json.objects(
                target.server().get(MAPS + "/owned").path("metadata").path("ownerReferences"));
    }

    @Test
    void adopt_ownerOnTarget_hasItsUidThere() {
        String uid = Json.text(target.server().create(MAPS, map("owner")), "metadata", "uid");

        assertThat(adopt(owned(map("owned"), "owner"))).isEmpty();
        target.forgetRequests();
        adoption.expect(owned(map("owned"), "owner"), target.server().get(MAPS + "/owned"));
        assertThat(adoption.complete(target.executor(), () -> false)).isEmpty();

        assertThat(references()).singleElement().satisfies(reference -> assertThat(Json.text(reference, "uid"))
                .isEqualTo(uid));
        assertThat(target.writes()).isEmpty();
        assertThat(target.reads()).as("the two of this test").hasSize(2);
    }

    @Test
    void complete_stopped_writesNothing() {
        target.server().create(MAPS, map("owner"));
        adoption.expect(owned(map("owned"), "owner"), null);
        target.forgetRequests();

        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> adoption.complete(target.executor(), () -> true));

        assertThat(target.writes()).isEmpty();
        assertThat(references()).isEmpty();
    }

    @Test
    void adopt_ownerThatDidNotCome_warns() {
        assertThat(adopt(owned(map("owned"), "nobody")))
                .extracting(Problem::code)
                .containsExactly("OwnerReferenceDropped");
        assertThat(references()).isEmpty();
    }

    @Test
    void adopt_objectOfSomeoneElse_isLeftAlone() {
        target.server().create(MAPS, map("owner"));
        ObjectNode ofAnotherPlan = map("owned");
        ofAnotherPlan
                .withObjectProperty("metadata")
                .withObjectProperty("labels")
                .put(Marks.PLAN, "other-uid");

        assertThat(adopt(owned(ofAnotherPlan, "owner"))).isEmpty();

        assertThat(references()).isEmpty();
    }

    @Test
    void adopt_someoneWritesMeanwhile_isTriedAgain() {
        target.server().create(MAPS, map("owner"));
        recent.faults().failNext("PATCH", "configmaps", 1, 409);

        assertThat(adopt(owned(map("owned"), "owner"))).isEmpty();

        assertThat(references()).hasSize(1);
    }

    @Test
    void adopt_refused_warnsWithTheReason() {
        target.server().create(MAPS, map("owner"));
        recent.faults().failNext("PATCH", "configmaps", 1, 422);

        assertThat(adopt(owned(map("owned"), "owner"))).singleElement().satisfies(problem -> assertThat(
                        problem.toString())
                .contains("OwnerReferenceDropped", "configmaps shop/owned", "not valid there"));
    }
}
