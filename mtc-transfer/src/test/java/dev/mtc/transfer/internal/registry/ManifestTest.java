package dev.mtc.transfer.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ManifestTest {

    private static final Tried TRIED = new Tried("read the manifest 1", "registry.example/web");
    private static final String DIGEST = "sha256:" + "0".repeat(64);
    private static final String PART = "{\"mediaType\":\"t\",\"digest\":\"" + DIGEST + "\",\"size\":3}";

    private static Manifest read(String json, String contentType) throws RegistryException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return Manifest.read(bytes, contentType, Digest.of(bytes), TRIED);
    }

    @Test
    void read_ofImage_listsConfigurationAndLayers() throws RegistryException {
        Manifest image = read(
                "{\"schemaVersion\":2,\"config\":" + PART + ",\"layers\":[" + PART + "," + PART + "]}",
                MediaTypes.DOCKER_MANIFEST + "; charset=utf-8");

        assertThat(image.mediaType()).isEqualTo(MediaTypes.DOCKER_MANIFEST);
        assertThat(image.blobs()).hasSize(3);
        assertThat(image.children()).isEmpty();
    }

    @Test
    void read_withItsOwnMediaType_believesThat() throws RegistryException {
        Manifest index = read(
                "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.DOCKER_LIST + "\",\"manifests\":[" + PART + "]}",
                MediaTypes.OCI_INDEX);

        assertThat(index.mediaType()).isEqualTo(MediaTypes.DOCKER_LIST);
        assertThat(index.children()).hasSize(1);
        assertThat(index.blobs()).isEmpty();
    }

    @Test
    void read_withoutAnyMediaType_goesByContent() throws RegistryException {
        assertThat(read("{\"manifests\":[]}", "text/plain").mediaType()).isEqualTo(MediaTypes.OCI_INDEX);
        assertThat(read("{\"config\":" + PART + "}", "text/plain").mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
    }

    @Test
    void read_ofWhatCannotBeCopied_saysWhy() {
        assertThatThrownBy(() -> read("<html>", "text/html"))
                .hasMessage("tried to read the manifest 1 on registry.example/web but it is not JSON");
        assertThatThrownBy(() -> read("{\"schemaVersion\":1}", "")).hasMessageContaining("schema 1");
        assertThatThrownBy(() -> read("{\"mediaType\":\"application/x\"}", "")).hasMessageContaining("'application/x'");
        assertThatThrownBy(() -> read("{\"config\":{\"digest\":\"" + DIGEST + "\"}}", ""))
                .hasMessageContaining("without a size");
        assertThatThrownBy(() -> read("{\"config\":{\"digest\":\"../../x\",\"size\":1}}", ""))
                .hasMessageContaining("'../../x' is not a sha256");
    }

    @Test
    void foreign_isOnlyWhatIsElsewhereAndMayNotBeDistributed() {
        Digest digest = Digest.parse(DIGEST);
        String type = "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip";

        assertThat(new Descriptor(type, digest, 1, true).isForeign()).isTrue();
        assertThat(new Descriptor(type, digest, 1, false).isForeign()).isFalse();
        assertThat(new Descriptor("application/x", digest, 1, true).isForeign()).isFalse();
    }
}
