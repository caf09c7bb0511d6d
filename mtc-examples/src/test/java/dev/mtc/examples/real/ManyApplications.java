package dev.mtc.examples.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.model.v1alpha1.MigMigration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Small applications without data on the source, each in a namespace of its own. */
final class ManyApplications implements AutoCloseable {

    private static final String LABEL = "mtc-seed-many";
    private static final Kubectl SOURCE = Kubectl.onSource();
    private static final Kubectl TARGET = Kubectl.onTarget();

    private final List<String> names;

    private ManyApplications(List<String> names) {
        this.names = names;
    }

    /** Deploys them and waits until all run. */
    static ManyApplications open(int count) {
        ManyApplications applications = new ManyApplications(
                IntStream.rangeClosed(1, count).mapToObj(n -> LABEL + "-" + n).toList());
        applications.close();
        SOURCE.create(applications.each(name -> SeedText.of("seed-many.yaml", Map.of("NAMESPACE", name))));
        applications.awaitReady(SOURCE);
        return applications;
    }

    List<String> names() {
        return names;
    }

    /** {@return one manifest with the documents of each} */
    String each(UnaryOperator<String> manifest) {
        return names.stream().map(manifest).collect(Collectors.joining("---\n"));
    }

    private void awaitReady(Kubectl kubectl) {
        for (String name : names) {
            kubectl.run("rollout", "status", "deployment/web", "-n", name, "--timeout=110s");
        }
    }

    /** Each runs on the target with its own data, and on the source no more. */
    void assertMoved() {
        awaitReady(TARGET);
        for (String name : names) {
            assertThat(TARGET.run("get", "configmap", "web", "-n", name, "-o", "jsonpath={.data.of}"))
                    .isEqualTo(name);
            assertThat(SOURCE.run("get", "deployment", "web", "-n", name, "-o", "jsonpath={.spec.replicas}"))
                    .as(name)
                    .isEqualTo("0");
        }
    }

    /** Their runs overlapped, and some were under way when the controller was killed. */
    void assertTogether(List<MigMigration> ended, Instant killed) {
        assertThat(ended)
                .as("runs that were under way at the kill")
                .filteredOn(it -> begun(it).isBefore(killed) && end(it).isAfter(killed))
                .hasSizeGreaterThanOrEqualTo(names.size() / 3);
        Duration serial =
                ended.stream().map(it -> Duration.between(begun(it), end(it))).reduce(Duration.ZERO, Duration::plus);
        Duration wall = Duration.between(
                ended.stream()
                        .map(ManyApplications::begun)
                        .min(Instant::compareTo)
                        .orElseThrow(),
                ended.stream()
                        .map(ManyApplications::end)
                        .max(Instant::compareTo)
                        .orElseThrow());
        assertThat(wall).as("beside %s one after the other", serial).isLessThan(serial.dividedBy(2));
    }

    private static Instant begun(MigMigration migration) {
        return Instant.parse(migration.getStatus().getStartTimestamp());
    }

    private static Instant end(MigMigration migration) {
        return MigrationResources.conditions(migration).stream()
                .filter(condition -> condition.getType().startsWith("Succeeded"))
                .map(condition -> Instant.parse(condition.getLastTransitionTime()))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        delete("--wait=false");
        delete("--wait=true");
    }

    private void delete(String option) {
        for (Kubectl kubectl : List.of(TARGET, SOURCE)) {
            List<String> arguments = new ArrayList<>(List.of("delete", "namespace", "--ignore-not-found", option));
            arguments.addAll(names);
            kubectl.run(arguments.toArray(String[]::new));
        }
    }
}
