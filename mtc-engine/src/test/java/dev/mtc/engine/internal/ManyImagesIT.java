package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.engine.internal.objects.KindWithoutSchema;
import dev.mtc.engine.testing.EmbeddedCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a run makes of many images, and of many in one place. */
class ManyImagesIT {

    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final int MANY = 40;
    private static final String OLDER = "sha256:" + "1".repeat(64);
    private static final String NEWER = "sha256:" + "2".repeat(64);

    private TestBed bed;

    @BeforeEach
    void open() {
        bed = TestBed.withApp();
        both(KindWithoutSchema.yaml("imagestreams", "image.openshift.io", "ImageStream", "v1"));
        both(KindWithoutSchema.yaml("workers", "acme.example", "Worker", "v1"));
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private void both(String yaml) {
        create(bed.source, yaml);
        create(bed.target, yaml);
    }

    private static void create(EmbeddedCluster cluster, String yaml) {
        cluster.client()
                .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .create();
    }

    private void worker(String name, String image) {
        create(
                bed.source,
                """
                apiVersion: acme.example/v1
                kind: Worker
                metadata: {name: "%s", namespace: app}
                spec: {pod: {containers: [{image: "%s"}]}}
                """
                        .formatted(name, image));
    }

    private void stream(String status) {
        create(
                bed.source,
                """
                apiVersion: image.openshift.io/v1
                kind: ImageStream
                metadata: {name: s, namespace: app}
                spec: {}
                status: %s
                """
                        .formatted(status));
    }

    @Test
    void cutover_ofManyImages_startsThemTogetherAndLooksAtEachOnce() {
        IntStream.range(0, MANY).forEach(i -> worker("w" + i, "old.example:5000/app/i" + i));
        AtomicInteger looks = new AtomicInteger();
        ConcurrentLinkedQueue<Integer> startedAtLook = new ConcurrentLinkedQueue<>();
        bed.images.answer(request -> {
            looks.incrementAndGet();
            startedAtLook.add(bed.images.started());
            return Script.SUCCESS;
        });

        bed.cutover().requireSuccess();

        int images = bed.images.started();
        assertThat(images).isGreaterThan(MANY);
        assertThat(startedAtLook)
                .as("none waits for another to end; the mover queues itself")
                .containsOnly(images);
        assertThat(looks).hasValue(images);
        assertThat(bed.images.cleaned).hasSize(images);
    }

    @Test
    void cutover_ofATagWithAPast_copiesTheNewestLast() {
        stream(
                """
                {dockerImageRepository: "svc:5000/app/s", tags: [{tag: v, items: [
                  {dockerImageReference: "svc:5000/app/s@%s"}, {dockerImageReference: "svc:5000/app/s@%s"}]}]}
                """
                        .formatted(NEWER, OLDER));
        String older = "old.example:5000/app/s@" + OLDER + " -> new.example:5001/app/s:v";
        String newer = "old.example:5000/app/s@" + NEWER + " -> new.example:5001/app/s:v";
        AtomicInteger looks = new AtomicInteger();
        Set<String> tooEarly = new TreeSet<>();
        bed.images.answer(request -> {
            if (!request.toString().equals(older) || looks.incrementAndGet() > 3) {
                return Script.SUCCESS;
            }
            tooEarly.addAll(bed.images.starts.keySet());
            return Script.running();
        });

        bed.cutover().requireSuccess();

        assertThat(tooEarly).contains(older).doesNotContain(newer);
        assertThat(bed.images.starts).containsKeys(older, newer);
    }

    @Test
    void cutover_withAnInternalName_readsOutsideAndPointsObjectsInside() {
        stream("{dockerImageRepository: \"svc:5000/app/s\"}");
        worker("inside", "svc:5000/app/web@" + OLDER);
        create(bed.target, "apiVersion: v1\nkind: Namespace\nmetadata: {name: openshift}");
        create(
                bed.target,
                """
                apiVersion: image.openshift.io/v1
                kind: ImageStream
                metadata: {name: tools, namespace: openshift}
                status: {dockerImageRepository: "there.svc:5000/openshift/tools"}
                """);

        bed.cutover().requireSuccess();

        assertThat(bed.images.starts)
                .containsKey("old.example:5000/app/web@" + OLDER + " -> new.example:5001/app/web@" + OLDER);
        assertThat(imagesOnTarget("Worker")).containsExactly("there.svc:5000/app/web@" + OLDER);
    }

    @Test
    void cutover_rewritesNothingThatWasNotCopied() {
        IntStream.range(0, 3).forEach(i -> worker("w" + i, "old.example:5000/app/i" + i));
        create(
                bed.source,
                """
                apiVersion: v1
                kind: PodTemplate
                metadata: {name: t, namespace: app}
                template: {spec: {containers: [{name: c, image: "old.example:5000/app/template"}]}}
                """);
        bed.images.answer(request -> new TransferStatus.Succeeded(1, 1, "equal", List.of()));

        bed.cutover().requireSuccess();

        Set<String> rewritten = new TreeSet<>();
        for (String kind :
                Set.of("Worker", "PodTemplate", "Deployment", "StatefulSet", "DaemonSet", "CronJob", "Pod")) {
            rewritten.addAll(imagesOnTarget(kind));
        }
        rewritten.removeIf(image -> !image.startsWith("new.example:5001/"));
        assertThat(rewritten).hasSizeGreaterThan(4).allSatisfy(image -> assertThat(bed.images.starts.keySet())
                .anyMatch(copy -> copy.endsWith(" -> " + image)));
    }

    private Set<String> imagesOnTarget(String kind) {
        String version =
                switch (kind) {
                    case "Worker" -> "acme.example/v1";
                    case "Pod", "PodTemplate" -> "v1";
                    case "CronJob" -> "batch/v1";
                    default -> "apps/v1";
                };
        Set<String> images = new TreeSet<>();
        for (HasMetadata object : bed.target
                .client()
                .genericKubernetesResources(version, kind)
                .inNamespace("app")
                .list()
                .getItems()) {
            for (JsonNode image : JSON.valueToTree(object).findValues("image")) {
                images.add(image.asText());
            }
        }
        return images;
    }
}
