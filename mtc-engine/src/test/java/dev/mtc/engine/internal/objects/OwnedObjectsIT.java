package dev.mtc.engine.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ItemOutcome.Action;
import dev.mtc.api.Plan;
import dev.mtc.engine.internal.cluster.ApiServer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many Secrets that belong to one custom resource, and what they cost. */
class OwnedObjectsIT extends ObjectsBed {

    private static final int MANY = 500;
    private static final String SECRETS = "/api/v1/namespaces/shop/secrets";
    private static final String WIDGETS = "/apis/acme.org/v1/namespaces/shop/widgets";
    private static final String DEFINITION =
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: widgets.acme.org}
            spec:
              group: acme.org
              scope: Namespaced
              names: {plural: widgets, singular: widget, kind: Widget, listKind: WidgetList}
              versions:
              - name: v1
                served: true
                storage: true
                schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
            """;
    private static final String WIDGET =
            "apiVersion: acme.org/v1\nkind: Widget\nmetadata: {name: boss}\nspec: {size: 3}";

    private final Plan plan = plan(builder -> builder);

    @BeforeEach
    void makeOwned() {
        define(source.server());
        define(target.server());
        String uid = Json.text(source.server().create(WIDGETS, Yaml.object(WIDGET)), "metadata", "uid");
        for (int i = 0; i < MANY; i++) {
            create(
                    SECRETS,
                    Yaml.object(
                            """
                            apiVersion: v1
                            kind: Secret
                            metadata:
                              name: password-%03d
                              ownerReferences: [{apiVersion: acme.org/v1, kind: Widget, name: boss, uid: %s, controller: true}]
                            data: {a: YQ==}
                            """
                                    .formatted(i, uid)));
        }
    }

    private static void define(ApiServer server) {
        server.create("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", Yaml.object(DEFINITION));
    }

    private List<ObjectNode> owners() {
        return target.server().list(SECRETS, "").stream()
                .filter(secret -> Json.text(secret, "metadata", "name").startsWith("password-"))
                .flatMap(secret -> Json.objects(secret.path("metadata").path("ownerReferences")).stream())
                .toList();
    }

    private RestoreResult counted(Plan which) {
        Restore restore = restore(which);
        target.forgetRequests();
        return restore.apply(done -> {});
    }

    private void assertOwned() {
        int requests = target.reads().size() + target.writes().size();
        String boss = Json.text(target.server().get(WIDGETS + "/boss"), "metadata", "uid");
        assertThat(owners()).hasSize(MANY).allMatch(owner -> Json.text(owner, "uid")
                .equals(boss));
        assertThat(requests).isPositive();
    }

    @Test
    void apply_ownerIsThere_takesOneRequestEach() {
        migrate(plan(builder -> builder.includeResources("widgets.acme.org")));

        RestoreResult result = counted(plan);

        assertThat(result.problems()).isEmpty();
        assertThat(target.reads().size() + target.writes().size()).isLessThanOrEqualTo(MANY * 11 / 10);
        assertOwned();
    }

    @Test
    void apply_ownerComesLater_looksItUpTwiceAndChangesEachOnce() {
        RestoreResult result = counted(plan);

        assertThat(result.problems()).isEmpty();
        assertThat(target.reads())
                .filteredOn(read -> read.endsWith("/widgets/boss"))
                .hasSize(2);
        assertThat(target.writes()).hasSizeLessThanOrEqualTo(2 * MANY + 10);
        assertOwned();
    }

    @Test
    void apply_again_readsLittleAndWritesNothing() {
        migrate(plan);

        RestoreResult result = counted(plan);

        assertThat(result.problems()).isEmpty();
        assertThat(result.count(Action.UNCHANGED)).isGreaterThan(MANY);
        assertThat(target.writes()).isEmpty();
        assertThat(target.reads()).hasSizeLessThan(10);
        assertOwned();
    }

    @Test
    void apply_changedSecret_keepsItsOwner() {
        migrate(plan);
        source.server().merge(SECRETS + "/password-007", Yaml.object("data: {a: Yg==}"));

        RestoreResult result = counted(plan);

        assertThat(result.count(Action.UPDATED)).isEqualTo(1);
        assertOwned();
    }

    @Test
    void apply_serverRefusesOwners_makesTheObjectAndSaysSo() {
        migrate(plan(builder -> builder.includeResources("widgets.acme.org")));
        recent.faults().failNext("POST", "secrets", 1, 403);

        RestoreResult result = counted(plan);

        assertThat(result.errors()).isEmpty();
        assertOwned();
    }
}
