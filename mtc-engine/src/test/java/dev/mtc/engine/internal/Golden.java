package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.model.v1alpha1.ConditionedStatus;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.model.v1alpha1.MigrationResource;
import dev.mtc.api.model.v1alpha1.PipelineStep;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;

/** Resources of migrations written down as they should look, with what differs from run to run made the same. */
final class Golden {

    private static final Path FILES = Path.of(
            System.getProperty("basedir", "."),
            "src",
            "test",
            "resources",
            "dev",
            "mtc",
            "engine",
            "internal",
            "golden");
    private static final String UPDATE = "mtc.golden.update";

    private Golden() {}

    /** Compares a resource with a file. */
    static void assertLooksLike(String file, MigrationResource<?, ? extends ConditionedStatus> resource) {
        String text = text(resource);
        Path golden = FILES.resolve(file);
        try {
            if (Boolean.getBoolean(UPDATE)) {
                Files.writeString(golden, text);
            }
            assertThat(text)
                    .as("the status has changed; if that is intended, run the test with -D" + UPDATE + "=true")
                    .isEqualTo(Files.readString(golden));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(MigrationResource<?, ? extends ConditionedStatus> resource) {
        ObjectMeta metadata = resource.getMetadata();
        metadata.setUid(null);
        metadata.setResourceVersion(null);
        metadata.setCreationTimestamp(null);
        metadata.setGeneration(null);
        metadata.setManagedFields(null);
        metadata.setFinalizers(null);
        metadata.setLabels(new TreeMap<>(metadata.getLabels()));
        if (metadata.getAnnotations() != null) {
            // Times of this very run; ForecastIT looks at what they come to.
            metadata.getAnnotations().remove("work.mtc.dev/downtime");
        }
        if (resource instanceof MigMigration migration) {
            for (PipelineStep step : migration.getStatus().getPipeline()) {
                // whether a pod that ends is seen depends on the moment
                step.setProgress(step.getProgress().stream()
                        .filter(line -> !line.startsWith("Pod "))
                        .toList());
            }
        }
        // The rows with which a run goes on, beside what MTC has.
        resource.getStatus().additionalProperties().remove("transfers");
        return Serialization.asYaml(resource)
                .replaceAll("\\\\\n *\\\\", "")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z", "<time>")
                .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<uid>")
                .replaceAll("\\d+ out of estimated total of \\d+ ", "<a> out of estimated total of <b> ")
                .replaceAll("\\((\\d+[hm])*\\d+s\\)", "(<t>)")
                .replaceAll("\\d+ bytes/s", "<r>")
                .replaceAll("totalElapsedTime: \"(\\d+[hm])*\\d+s\"", "totalElapsedTime: \"<t>\"");
    }
}
