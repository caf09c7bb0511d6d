package dev.mtc.transfer.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.ImageCheck;
import dev.mtc.api.ImageChoice;
import dev.mtc.api.spi.ImageMove;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.transfer.testing.FakeRegistry;
import dev.mtc.transfer.testing.FakeRegistry.Operation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Signatures and the like come along, whichever way source and target keep them. */
class AttachmentsIT {

    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";

    private final FakeRegistry source = FakeRegistry.open();
    private final FakeRegistry target = FakeRegistry.open();
    private final RunContext context = new RunContext("run", source.connection(), target.connection());
    private final RegistryImageMover mover = new RegistryImageMover(new Limits(4, 4, Duration.ofMillis(1)));

    @AfterEach
    void close() {
        context.close();
        source.close();
        target.close();
    }

    private TransferStatus.Succeeded copied(String from, String to) {
        return copied(from, to, context);
    }

    private TransferStatus.Succeeded copied(String from, String to, RunContext run) {
        ImageMove move = new ImageMove(from + " " + to, source.host() + "/" + from, target.host() + "/" + to);
        return Copying.copied(mover, move, run);
    }

    private void copiedByALaterRun(String from, String to) {
        try (RunContext later = new RunContext("later", source.connection(), target.connection())) {
            copied(from, to, later);
        }
    }

    private String sign(String subject, String reference) {
        return Signatures.push(source, subject, "", "shop/web" + reference);
    }

    private static String tag(String digest) {
        return digest.replace(':', '-');
    }

    @Test
    void copy_ofSignedImage_takesTheSignatureByItsTag() {
        String digest = source.putImage("shop/web:1", 1000);
        String signature = sign(digest, ":" + tag(digest) + ".sig");

        TransferStatus.Succeeded end = copied("shop/web:1", "eu/web:1");

        assertThat(target.digest("eu/web:" + tag(digest) + ".sig")).contains(signature);
        assertThat(end.proof()).isEqualTo(digest + " on both sides, with 1 attached manifest");
    }

    @Test
    void copy_ofImageSignedLater_takesTheSignature() {
        String digest = source.putImage("shop/web:1", 1000);
        copied("shop/web:1", "eu/web:1");
        String signature = sign(digest, ":" + tag(digest) + ".sig");

        copiedByALaterRun("shop/web:1", "eu/web:1");

        assertThat(target.digest("eu/web:" + tag(digest) + ".sig")).contains(signature);
    }

    @Test
    void copy_betweenRegistriesThatKnowSubjects_takesReferrersOfReferrers() {
        source.knowReferrers();
        target.knowReferrers();
        String digest = source.putImage("shop/web:1", 1000);
        String bill = sign(digest, ":bill");
        String signature = sign(bill, ":signature");

        TransferStatus.Succeeded end = copied("shop/web:1", "eu/web:1");

        assertThat(target.digest("eu/web@" + bill)).contains(bill);
        assertThat(target.digest("eu/web@" + signature)).contains(signature);
        assertThat(target.digest("eu/web:" + tag(digest))).isEmpty();
        assertThat(end.proof()).endsWith("with 2 attached manifests");
    }

    @Test
    void copy_toRegistryThatDoesNotKnowSubjects_listsThemBelowATag() {
        source.knowReferrers();
        String digest = source.putImage("shop/web:1", 1000);
        String first = sign(digest, ":first");
        copied("shop/web:1", "eu/web:1");
        String second = Signatures.push(source, digest, first, "shop/web:second");

        copiedByALaterRun("shop/web:1", "eu/web:1");

        String list = text(target.manifest("eu/web:" + tag(digest)));
        assertThat(list).contains(first, second, INDEX, "application/vnd.example.signature");
        assertThat(list.split("\"digest\"", -1)).as("two entries").hasSize(3);
    }

    @Test
    void copy_ofTagSchema_makesThemKnownToARegistryThatKnowsSubjects() {
        target.knowReferrers();
        String digest = source.putImage("shop/web:1", 1000);
        String signature = sign(digest, ":any");
        String list = "{\"schemaVersion\":2,\"mediaType\":\"" + INDEX + "\",\"manifests\":[{\"mediaType\":\"" + MANIFEST
                + "\",\"digest\":\"" + signature + "\",\"size\":"
                + source.manifest("shop/web:any").orElseThrow().length + "}]}";
        source.putManifest("shop/web:" + tag(digest), INDEX, list.getBytes(StandardCharsets.UTF_8));

        copied("shop/web:1", "eu/web:1");

        assertThat(target.digest("eu/web@" + signature)).contains(signature);
    }

    @Test
    void copy_whereTagsCannotBeListed_warns() {
        source.putImage("shop/web:1", 1000);
        source.failNext(Operation.TAGS, 1, 403);

        TransferStatus.Succeeded end = copied("shop/web:1", "eu/web:1");

        assertThat(end.warnings())
                .singleElement()
                .asString()
                .contains("attachments that are found by tags alone were not looked for", "403");
    }

    @Test
    void copy_ofRepositoryWithManyTags_findsTheLastSignature() {
        String digest = source.putImage("shop/web:1", 1000);
        for (int i = 0; i < 2100; i++) {
            source.putManifest(
                    "shop/web:a" + i, MANIFEST, source.manifest("shop/web:1").orElseThrow());
        }
        String signature = sign(digest, ":" + tag(digest) + ".sig");

        copied("shop/web:1", "eu/web:1");

        assertThat(target.digest("eu/web:" + tag(digest) + ".sig")).contains(signature);
        assertThat(source.count(Operation.TAGS)).isEqualTo(3);
    }

    private void copiedUnchanged(ImageChoice choice, String... tags) {
        source.forgetRequests();
        target.forgetRequests();
        try (RunContext later = new RunContext("later", source.connection(), target.connection()).choosing(choice)) {
            for (String tag : tags) {
                assertThat(copied("shop/web:" + tag, "eu/web:" + tag, later).movedBytes())
                        .isZero();
            }
        }
    }

    private static List<Operation> asked(FakeRegistry registry) {
        return registry.requests().stream().map(FakeRegistry.Request::operation).toList();
    }

    @Test
    void copy_ofUnchangedSignedTagsWithoutAttachments_costsOneRequestASide() {
        source.knowReferrers();
        for (String tag : List.of("1", "2")) {
            String digest = source.putImage("shop/web:" + tag, 1000 + tag.charAt(0));
            sign(digest, ":" + tag(digest) + ".sig");
            sign(digest, ":bill" + tag);
            copied("shop/web:" + tag, "eu/web:" + tag);
        }

        copiedUnchanged(ImageChoice.copy().withoutAttachments(), "1", "2");

        assertThat(asked(source)).containsExactly(Operation.MANIFEST_HEAD, Operation.MANIFEST_HEAD);
        assertThat(asked(target)).containsExactly(Operation.MANIFEST_HEAD, Operation.MANIFEST_HEAD);
    }

    @Test
    void copy_ofUnchangedTagsSignedByTag_costsOneRequestASideForEachManifestAndTwoForTheRepository() {
        for (String tag : List.of("1", "2")) {
            String digest = source.putImage("shop/web:" + tag, 1000 + tag.charAt(0));
            sign(digest, ":" + tag(digest) + ".sig");
        }
        copied("shop/web:1", "eu/web:1");
        copied("shop/web:2", "eu/web:2");

        copiedUnchanged(ImageChoice.copy(), "1", "2");

        assertThat(asked(source))
                .containsExactlyInAnyOrder(
                        Operation.MANIFEST_HEAD,
                        Operation.MANIFEST_HEAD,
                        Operation.MANIFEST_HEAD,
                        Operation.MANIFEST_HEAD,
                        Operation.REFERRERS,
                        Operation.TAGS);
        assertThat(asked(target)).hasSize(4).containsOnly(Operation.MANIFEST_HEAD);
    }

    @Test
    void copy_ofUnchangedTagsSignedBySubject_asksOnceForWhatRefersToEach() {
        source.knowReferrers();
        target.knowReferrers();
        for (String tag : List.of("1", "2")) {
            String digest = source.putImage("shop/web:" + tag, 1000 + tag.charAt(0));
            sign(digest, ":bill" + tag);
            copied("shop/web:" + tag, "eu/web:" + tag);
        }

        copiedUnchanged(ImageChoice.copy(), "1", "2");

        assertThat(asked(source))
                .as("two images and their bills")
                .containsExactlyInAnyOrder(
                        Operation.MANIFEST_HEAD,
                        Operation.MANIFEST_HEAD,
                        Operation.REFERRERS,
                        Operation.REFERRERS,
                        Operation.REFERRERS,
                        Operation.REFERRERS,
                        Operation.TAGS);
        assertThat(asked(target))
                .as("whether it knows subjects is asked once")
                .containsExactlyInAnyOrder(
                        Operation.MANIFEST_HEAD,
                        Operation.MANIFEST_HEAD,
                        Operation.MANIFEST_HEAD,
                        Operation.MANIFEST_HEAD,
                        Operation.REFERRERS);
    }

    @Test
    void copy_withoutAttachments_leavesThemBehind() {
        String digest = source.putImage("shop/web:1", 1000);
        sign(digest, ":" + tag(digest) + ".sig");
        context.choosing(ImageChoice.copy().withoutAttachments());

        TransferStatus.Succeeded end = copied("shop/web:1", "eu/web:1");

        assertThat(target.digest("eu/web:1")).contains(digest);
        assertThat(target.digest("eu/web:" + tag(digest) + ".sig")).isEmpty();
        assertThat(end.proof()).isEqualTo(digest + " on both sides");
        assertThat(end.warnings()).isEmpty();
    }

    @Test
    void copy_withoutAttachments_stillLetsChecksKnowThem() {
        String digest = source.putImage("shop/web:1", 1000);
        source.putImage("shop/web:2", 2000);
        sign(digest, ":" + tag(digest) + ".sig");
        context.choosing(ImageChoice.copy().withoutAttachments().admit(ImageCheck.signed()));

        copied("shop/web:1", "eu/web:1");

        ImageMove unsigned = new ImageMove("u", source.host() + "/shop/web:2", target.host() + "/eu/web:2");
        assertThat(Copying.failed(mover, unsigned, context).message()).contains("signature");
        assertThat(target.digest("eu/web:" + tag(digest) + ".sig")).isEmpty();
    }

    private static String text(Optional<byte[]> manifest) {
        return new String(manifest.orElseThrow(), StandardCharsets.UTF_8);
    }
}
