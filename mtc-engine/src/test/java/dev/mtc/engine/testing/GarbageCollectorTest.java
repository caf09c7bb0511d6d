package dev.mtc.engine.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GarbageCollectorTest {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    private final EmbeddedCluster cluster = EmbeddedCluster.start("gc");
    private final Http http = new Http(cluster);
    private String owner = "";

    @BeforeEach
    void makeOwner() {
        owner = make("{'metadata':{'name':'owner'}}");
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void delete_background_takesDependentsOfDependents() {
        String child = make(owned("child", owner, ""));
        make(owned("grandchild", child, ""));

        delete("Background");

        assertThat(exists("owner")).isFalse();
        assertThat(exists("child")).isFalse();
        assertThat(exists("grandchild")).isFalse();
    }

    @Test
    void delete_orphan_leavesDependentsWithoutOwner() {
        make(owned("child", owner, ""));

        delete("Orphan");

        assertThat(exists("owner")).isFalse();
        assertThat(http.get(MAPS + "/child")
                        .json()
                        .at("/metadata/ownerReferences")
                        .isMissingNode())
                .isTrue();
    }

    @Test
    void delete_foreground_waitsForBlockingDependents() {
        make(owned("child", owner, "'finalizers':['example.com/hold'],"));

        delete("Foreground");
        assertThat(http.get(MAPS + "/owner").json().at("/metadata/finalizers/0").asText())
                .isEqualTo("foregroundDeletion");
        http.patch(MAPS + "/child", "merge-patch+json", "{'metadata':{'finalizers':null}}");
        settle();

        assertThat(exists("child")).isFalse();
        assertThat(exists("owner")).isFalse();
    }

    @Test
    void create_ownerThatIsNot_isCollected() {
        make(owned("stray", "0000", ""));

        assertThat(exists("stray")).isFalse();
    }

    @Test
    void delete_oneOfTwoOwners_keepsTheDependent() {
        String other = make("{'metadata':{'name':'other'}}");
        make("{'metadata':{'name':'shared','ownerReferences':[" + reference(owner) + "," + reference(other) + "]}}");

        delete("Background");

        assertThat(http.get(MAPS + "/shared").json().at("/metadata/ownerReferences"))
                .hasSize(1);
    }

    private void delete(String policy) {
        http.delete(MAPS + "/owner", "{'propagationPolicy':'" + policy + "'}");
        settle();
    }

    private void settle() {
        assertThat(cluster.settle(Duration.ofSeconds(20))).isTrue();
    }

    private boolean exists(String name) {
        return http.get(MAPS + "/" + name).code() == 200;
    }

    private String make(String body) {
        Http.Answer answer = http.post(MAPS, body);
        assertThat(answer.code()).isEqualTo(201);
        settle();
        return answer.json().at("/metadata/uid").asText();
    }

    private static String owned(String name, String uid, String more) {
        return "{'metadata':{'name':'" + name + "'," + more + "'ownerReferences':[" + reference(uid) + "]}}";
    }

    private static String reference(String uid) {
        return "{'apiVersion':'v1','kind':'ConfigMap','name':'owner','uid':'" + uid + "','blockOwnerDeletion':true}";
    }
}
