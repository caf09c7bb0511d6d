package dev.mtc.engine.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {

    @ParameterizedTest(name = "{0} | {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{spec: {a: 1}}                        | {spec: {a: 1, b: 2}, status: {}}",
                "{metadata: {labels: {}}}               | {metadata: {}}",
                "{spec: {a: null, b: []}}              | {spec: {c: 1}}",
                "{spec: {limits: {cpu: '0.5'}}}        | {spec: {limits: {cpu: 500m}}}",
                "{spec: {requests: {memory: 1Gi}}}     | {spec: {requests: {memory: 1024Mi}}}",
                "{spec: {targetPort: 8080}}            | {spec: {targetPort: '8080'}}",
                "{spec: {ports: [{port: 80}]}}         | {spec: {ports: [{port: 80, nodePort: 30000}]}}",
                "{imagePullSecrets: [{name: a}]}       | {imagePullSecrets: [{name: x}, {name: a}]}",
                "{metadata: {labels: {migration.openshift.io/migrated-by-migmigration: a}}} | {metadata: {labels: {migration.openshift.io/migrated-by-migmigration: b}}}",
                "{metadata: {labels: {migration.openshift.io/migrated-by-migplan: a}}} | {metadata: {}}"
            })
    void firstDifference_sameMeaning_isNone(String wanted, String actual) {
        assertThat(difference(wanted, actual)).isEmpty();
    }

    @ParameterizedTest(name = "{0} | {1} -> {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{spec: {a: 1}}                        | {spec: {a: 2}}                         | spec.a",
                "{spec: {a: 1}}                        | {spec: {}}                             | spec.a",
                "{spec: {a: [1, 2]}}                   | {spec: {a: [1]}}                       | spec.a[1]",
                "{spec: {a: [1]}}                      | {spec: {a: [1, 2]}}                    | spec.a[1]",
                "{spec: {c: [{image: x}]}}             | {spec: {c: [{image: y}]}}              | spec.c[0].image",
                "{data: {a: '1'}}                      | {data: {a: '1', b: '2'}}               | data.b",
                "{data: {a: 1000m}}                    | {data: {a: '1'}}                       | data.a",
                "{spec: {selector: {app: web}}}        | {spec: {selector: {app: web, x: 'y'}}} | spec.selector.x",
                "{metadata: {labels: {app: web}}}      | {metadata: {labels: {app: shop}}}      | metadata.labels.app",
                "{metadata: {annotations: {a.b/c: x}}} | {metadata: {}}                         | `metadata.annotations[\"a.b/c\"]`",
                "{imagePullSecrets: [{name: a}]}       | {imagePullSecrets: [{name: x}]}        | imagePullSecrets",
                "{spec: {limits: {cpu: 500m}}}         | {spec: {limits: {cpu: '5'}}}           | spec.limits.cpu",
                "{spec: {podSelector: {}}}             | {spec: {}}                             | spec.podSelector"
            })
    void firstDifference_otherMeaning_isItsPath(String wanted, String actual, String path) {
        assertThat(difference(wanted, actual)).isEqualTo(path);
    }

    @Test
    void differences_ofSeveralFields_areAllOfThemWithBothValues() {
        var wanted = Yaml.object("spec: {a: 1, c: [1, 2]}\ndata: {x: new, z: added}");
        var actual = Yaml.object("spec: {a: 2, c: [1, 3, 4]}\ndata: {x: old, y: gone}\nstatus: {}");

        assertThat(Comparison.differences(wanted, actual, false))
                .extracting(d -> d.path() + ": " + d.actual() + " -> " + d.wanted())
                .containsExactlyInAnyOrder(
                        "spec.a: 2 -> 1",
                        "spec.c[1]: 3 -> 2",
                        "spec.c[2]: 4 -> ",
                        "data.x: \"old\" -> \"new\"",
                        "data.z:  -> \"added\"",
                        "data.y: \"gone\" -> ");
    }

    @Test
    void firstDifference_replicasOfAutoscaledWorkload_areIgnored() {
        var wanted = Yaml.object("spec:\n  replicas: 1");
        var actual = Yaml.object("spec:\n  replicas: 4");

        assertThat(Comparison.firstDifference(wanted, actual, true)).isEmpty();
        assertThat(Comparison.firstDifference(wanted, actual, false)).contains("spec.replicas");
    }

    private static String difference(String wanted, String actual) {
        return Comparison.firstDifference(Yaml.flow(wanted), Yaml.flow(actual), false)
                .orElse("");
    }
}
