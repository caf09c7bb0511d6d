package dev.mtc.transfer.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Registry;
import dev.mtc.api.Secret;
import dev.mtc.api.contract.ImageMoverContract;
import dev.mtc.api.spi.ImageMove;
import dev.mtc.api.spi.ImageMover;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.transfer.testing.FakeRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Registry A (plain) to registry B (TLS, password) of the test bed. */
class RegistryImageMoverRealIT extends ImageMoverContract {

    private final String run = "it-" + UUID.randomUUID();
    private final RealRegistries registries = RealRegistries.fromEnvironment();
    private final RunContext context = new RunContext(run, registries.a(), registries.b());
    private final Set<String> written = new LinkedHashSet<>();
    private final RegistryImageMover mover = new RegistryImageMover();

    @AfterEach
    void close() {
        context.close();
        written.forEach(registries::delete);
    }

    @Override
    protected ImageMover newMover() {
        return new RegistryImageMover();
    }

    @Override
    protected MoverContext context() {
        return context;
    }

    @Override
    protected ImageMove image() {
        return move("shop/busybox:1");
    }

    @Override
    protected ImageMove imageWithEmptyLayer() {
        String source = "it-registry/" + run + "/empty:1";
        registries.pushImageWithEmptyLayer(source);
        written.add(registries.a().host() + "/" + source);
        return move(source);
    }

    @Override
    protected ImageMove unknownImage() {
        return move("shop/busybox:no-such-tag");
    }

    @Override
    protected String digest(String reference) {
        return registries.digest(reference);
    }

    private ImageMove move(String source) {
        String target = registries.b().host() + "/it-registry/" + run + "/" + source;
        written.add(target);
        return new ImageMove(source, registries.a().host() + "/" + source, target);
    }

    @Test
    void copy_ofShopImages_hasTheDigestsThatSkopeoSees() {
        for (String image : new String[] {"shop/postgres:1", "shop/web:1"}) {
            ImageMove move = move(image);

            TransferStatus.Succeeded end = Copying.copied(mover, move, context);

            assertThat(end.movedBytes()).isPositive();
            assertThat(registries.skopeoRaw(move.target())).isEqualTo(registries.skopeoRaw(move.source()));
            assertThat(end.proof()).startsWith(registries.digest(move.source()));
        }
    }

    @Test
    void copy_ofSignedIndex_arrivesWhole() {
        try (FakeRegistry origin = FakeRegistry.open();
                RunContext there = new RunContext(run + "-1", origin.connection(), registries.a())) {
            origin.knowReferrers();
            String index = origin.putIndex("signed:1", 1000, 2_000_000);
            String signature = "sha256-" + index.substring("sha256:".length()) + ".sig";
            Signatures.push(origin, index, "", "signed:" + signature);
            String bill = Signatures.push(origin, index, "bill", "signed:bill");
            String first = registries.a().host() + "/it-registry/" + run + "/signed:1";
            written.add(first);
            Copying.copied(mover, new ImageMove("there", origin.host() + "/signed:1", first), there);

            ImageMove move = move("it-registry/" + run + "/signed:1");
            Copying.copied(mover, move, context);

            String repository = move.target().substring(0, move.target().lastIndexOf(':'));
            assertThat(registries.skopeoRaw(move.target()))
                    .isEqualTo(text(origin.manifest("signed:1").orElseThrow()));
            assertThat(registries.skopeoRaw(repository + ":" + signature))
                    .isEqualTo(text(origin.manifest("signed:" + signature).orElseThrow()));
            assertThat(registries.skopeoRaw(repository + "@" + bill))
                    .isEqualTo(text(origin.manifest("signed:bill").orElseThrow()));
            assertThat(registries.skopeoRaw(repository + ":" + signature.replace(".sig", "")))
                    .contains(bill);
            written.add(repository + ":" + signature);
            written.add(repository + ":" + signature.replace(".sig", ""));
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void copy_withWrongPassword_failsWithTheWayOut() {
        Registry wrong = registries.b().credentials("mtc", Secret.of("wrong-password"));
        try (RunContext refused = new RunContext(run, registries.a(), wrong)) {
            TransferStatus.Failed failed = Copying.failed(mover, image(), refused);

            assertThat(failed.reason()).isEqualTo("Unauthorized");
            assertThat(failed.fix()).contains("check user and password");
            assertThat(failed.toString()).doesNotContain("wrong-password");
        }
    }

    @Test
    void copy_withUnknownAuthority_failsWithTheWayOut() {
        Registry distrusted = Registry.at(registries.b().host()).credentials("mtc", Secret.of("x"));
        try (RunContext refused = new RunContext(run, registries.a(), distrusted)) {
            TransferStatus.Failed failed = Copying.failed(mover, image(), refused);

            assertThat(failed.reason()).isEqualTo("TlsFailure");
            assertThat(failed.fix()).contains("caBundle");
        }
    }

    @Test
    void copy_withoutVerification_works() {
        Registry insecure = registries.b().insecure();
        try (RunContext careless = new RunContext(run, registries.a(), insecure)) {
            assertThat(Copying.copied(mover, image(), careless).proof()).isNotNull();
        }
    }

    @Test
    void copy_overPlainHttpToTls_fails() {
        Registry plain = Registry.at(registries.b().host()).plainHttp();
        try (RunContext refused = new RunContext(run, registries.a(), plain)) {
            assertThat(Copying.failed(mover, image(), refused).fix()).contains("HTTPS");
        }
    }

    @Test
    void caBundle_withoutCertificate_isNamed() {
        Registry broken = Registry.at(registries.b().host()).caBundle(Path.of("pom.xml"));
        try (RunContext refused = new RunContext(run, registries.a(), broken)) {
            TransferStatus.Failed failed = Copying.failed(mover, image(), refused);
            assertThat(failed.message()).contains("CA bundle");
            assertThat(failed.kind()).isEqualTo(TransferStatus.Failed.Kind.USER_FIXABLE);
        }
    }
}
