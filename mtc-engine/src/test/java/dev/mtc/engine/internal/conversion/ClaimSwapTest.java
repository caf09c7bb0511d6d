package dev.mtc.engine.internal.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimSwapTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String MOUNTS =
            """
            {"volumes": [
              {"name": "tmp", "emptyDir": {}},
              {"name": "files", "persistentVolumeClaim": {"claimName": "files", "readOnly": true}},
              {"name": "other", "persistentVolumeClaim": {"claimName": "other"}}]}
            """;

    private static final String SET =
            """
            {"metadata": {"name": "db", "annotations": {"note": "kept"}}, "spec": {
              "template": {"spec": {
                "initContainers": [{"name": "init", "volumeMounts": [{"name": "data", "mountPath": "/data"}]}],
                "containers": [{"name": "db",
                  "volumeMounts": [{"name": "data", "mountPath": "/data"}, {"name": "log", "mountPath": "/log"}],
                  "volumeDevices": [{"name": "data", "devicePath": "/dev/x"}]}]}},
              "volumeClaimTemplates": [
                {"metadata": {"name": "data", "labels": {"app": "db"}},
                 "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}},
                {"metadata": {"name": "log"},
                 "spec": {"accessModes": ["ReadWriteOnce"], "storageClassName": "standard",
                          "resources": {"requests": {"storage": "1Gi"}}}}]}}
            """;

    private static ObjectNode read(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    private static ObjectNode claim(String name, String storageClass) {
        return read(
                """
                {"metadata": {"name": "NAME"}, "spec": {"accessModes": ["ReadWriteMany"], "storageClassName": "CLASS",
                 "resources": {"requests": {"storage": "2Gi"}}}}
                """
                        .replace("NAME", name)
                        .replace("CLASS", storageClass));
    }

    private static ClaimSwap swap(boolean back, Map<String, ObjectNode> successors) {
        return new ClaimSwap(successors, new TemplateSwap("uid-1", back));
    }

    private static ClaimSwap forth() {
        return swap(
                false,
                Map.of(
                        "files", claim("files-mig-abcd", "fast"),
                        "data-db-0", claim("data-mig-abcd-db-0", "fast"),
                        "data-db-1", claim("data-mig-abcd-db-1", "fast")));
    }

    private static ClaimSwap back() {
        return swap(
                true,
                Map.of(
                        "files-mig-abcd", claim("files", "standard"),
                        "data-mig-abcd-db-0", claim("data-db-0", "standard"),
                        "data-mig-abcd-db-1", claim("data-db-1", "standard")));
    }

    /** The kinds whose templates are below {@code spec}, and both versions of CronJobs, which have them deeper. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'spec': {'replicas': 0, 'template': {'spec': MOUNTS}}}",
                "{'apiVersion': 'apps.openshift.io/v1', 'spec': {'selector': {'a': 'b'}, 'template': {'spec': MOUNTS}}}",
                "{'spec': {'parallelism': 0, 'template': {'spec': MOUNTS}}}",
                "{'apiVersion': 'batch/v1', 'spec': {'jobTemplate': {'spec': {'template': {'spec': MOUNTS}}}}}",
                "{'apiVersion': 'batch/v1beta1', 'spec': {'jobTemplate': {'spec': {'template': {'spec': MOUNTS}}}}}"
            })
    void edit_ofAWorkload_changesTheClaimsOfItsVolumesAndNothingElse(String workload) {
        String text = workload.replace('\'', '"').replace("MOUNTS", MOUNTS);

        ClaimSwap.Edit edit = forth().edit(read(text)).orElseThrow();

        assertThat(edit.workload())
                .isEqualTo(read(text.replace("\"claimName\": \"files\"", "\"claimName\": \"files-mig-abcd\"")));
        assertThat(edit.words()).containsExactly("files -> files-mig-abcd");
        assertThat(back().edit(edit.workload()).orElseThrow().workload()).isEqualTo(read(text));
    }

    @Test
    void edit_ofAWorkloadWithOtherClaims_isNone() {
        ClaimSwap other = swap(false, Map.of("files-of-another", claim("x", "fast")));

        assertThat(other.edit(read("{\"spec\": {\"template\": {\"spec\": " + MOUNTS + "}}}")))
                .isEmpty();
        assertThat(other.edit(read(SET))).isEmpty();
    }

    @Test
    void edit_ofAStatefulSet_namesTheTemplateAnewAndMakesItLikeItsClaims() {
        ObjectNode set = forth().edit(read(SET)).orElseThrow().workload();

        assertThat(set.at("/spec/volumeClaimTemplates/0/metadata/name").asText())
                .isEqualTo("data-mig-abcd");
        assertThat(set.at("/spec/volumeClaimTemplates/0/metadata/labels/app").asText())
                .isEqualTo("db");
        assertThat(set.at("/spec/volumeClaimTemplates/0/spec/storageClassName").asText())
                .isEqualTo("fast");
        assertThat(set.at("/spec/volumeClaimTemplates/0/spec/accessModes/0").asText())
                .isEqualTo("ReadWriteMany");
        assertThat(set.at("/spec/volumeClaimTemplates/0/spec/resources/requests/storage")
                        .asText())
                .isEqualTo("2Gi");
        assertThat(set.at("/spec/volumeClaimTemplates/1")).isEqualTo(read(SET).at("/spec/volumeClaimTemplates/1"));
        assertThat(List.of(
                        set.at("/spec/template/spec/initContainers/0/volumeMounts/0/name")
                                .asText(),
                        set.at("/spec/template/spec/containers/0/volumeMounts/0/name")
                                .asText(),
                        set.at("/spec/template/spec/containers/0/volumeMounts/1/name")
                                .asText(),
                        set.at("/spec/template/spec/containers/0/volumeDevices/0/name")
                                .asText()))
                .containsExactly("data-mig-abcd", "data-mig-abcd", "log", "data-mig-abcd");
        assertThat(forth().edit(set)).as("once more").isEmpty();
    }

    @Test
    void edit_backOfAStatefulSet_makesItAsItWas() {
        ObjectNode converted = forth().edit(read(SET)).orElseThrow().workload();

        assertThat(back().edit(converted).orElseThrow().workload()).isEqualTo(read(SET));
    }

    @Test
    void edit_backOfAStatefulSetWhoseNoteIsGone_makesItLikeTheClaimsBefore() {
        ObjectNode converted = forth().edit(read(SET)).orElseThrow().workload();
        converted.withObjectProperty("metadata").remove("annotations");

        ObjectNode set = back().edit(converted).orElseThrow().workload();

        assertThat(set.at("/spec/volumeClaimTemplates/0/metadata/name").asText())
                .isEqualTo("data");
        assertThat(set.at("/spec/volumeClaimTemplates/0/spec/storageClassName").asText())
                .isEqualTo("standard");
    }
}
