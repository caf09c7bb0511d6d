package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.FailurePolicy;
import dev.mtc.api.MigrationResult.Status;
import dev.mtc.api.MigrationRun;
import dev.mtc.api.Plan;
import dev.mtc.api.Registry;
import dev.mtc.api.model.v1alpha1.DirectImageMigration;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.model.v1alpha1.PipelineStep;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.engine.internal.objects.KindWithoutSchema;
import dev.mtc.engine.testing.EmbeddedCluster;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a DirectImageMigration and the lines about images look like to MTC's user interface and scripts. */
class GoldenImagesIT {

    private static final String NAME = "final-1";
    private static final String DIGEST = "sha256:" + "1".repeat(64);
    private static final TransferStatus REFUSED = new TransferStatus.Failed(
            TransferStatus.Failed.Kind.USER_FIXABLE, "Denied", "the registry refuses the login", "give it another one");

    private TestBed bed;

    @BeforeEach
    void open() {
        bed = TestBed.withApp();
        for (EmbeddedCluster cluster : List.of(bed.source, bed.target)) {
            create(cluster, KindWithoutSchema.yaml("imagestreams", "image.openshift.io", "ImageStream", "v1"));
        }
        stream("api");
        stream("shop");
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private static void create(EmbeddedCluster cluster, String yaml) {
        cluster.client()
                .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .create();
    }

    private void stream(String name) {
        create(
                bed.source,
                """
                apiVersion: image.openshift.io/v1
                kind: ImageStream
                metadata: {name: %1$s, namespace: app}
                spec: {}
                status:
                  dockerImageRepository: "svc:5000/app/%1$s"
                  tags: [{tag: v, items: [{dockerImageReference: "svc:5000/app/%1$s@%2$s"}]}]
                """
                        .formatted(name, DIGEST));
    }

    private MigrationRun cutover() {
        Plan plan = Plan.named("app")
                .from(bed.sourceCluster().registry(Registry.at("old.example:5000")))
                .to(bed.targetCluster().registry(Registry.at("new.example:5001")))
                .namespace("app", "app-new")
                .build();
        return bed.migration(plan).onFailure(FailurePolicy.KEEP).named(NAME).cutover();
    }

    private DirectImageMigration images() {
        return bed.state
                .get(DirectImageMigration.class, bed.state.namespace(), NAME + "-images")
                .orElseThrow();
    }

    /** The lines of the images' step. */
    private List<String> lines() {
        MigMigration kept = bed.kept(NAME);
        return kept.getStatus().getPipeline().stream()
                .filter(step -> step.getName().equals("DirectImage"))
                .map(PipelineStep::getProgress)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void directImageMigration_ofACutover_looksAsMtcs() {
        cutover().await(TestBed.LIMIT).requireSuccess();

        Golden.assertLooksLike("succeeded-images.yaml", images());
        assertThat(lines())
                .contains(
                        "2 total ImageStreams; 0 running; 2 successful; 0 failed",
                        "ImageStream app/api: Completed ",
                        "ImageStream app/shop: Completed ");
    }

    @Test
    void directImageMigration_withAStreamThatFails_namesItWithItsError() {
        bed.images.answer(request -> request.toString().contains("/app/api@") ? REFUSED : Script.SUCCESS);

        assertThat(cutover().await(TestBed.LIMIT).status()).isEqualTo(Status.FAILED);

        Golden.assertLooksLike("failed-images.yaml", images());
        assertThat(lines())
                .contains(
                        "2 total ImageStreams; 0 running; 1 successful; 1 failed",
                        "ImageStream app/api: Failed ",
                        "ImageStream app/shop: Completed ");
    }
}
