package dev.mtc.transfer.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Registry;
import dev.mtc.api.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The registries that the environment names, and skopeo as a second opinion. */
record RealRegistries(Registry a, Registry b) {

    static RealRegistries fromEnvironment() {
        return new RealRegistries(
                Registry.at(variable("MTC_REGISTRY_A")).plainHttp(),
                Registry.at(variable("MTC_REGISTRY_B"))
                        .caBundle(Path.of(variable("MTC_REGISTRY_B_CA")))
                        .credentials(variable("MTC_REGISTRY_B_USER"), Secret.of(variable("MTC_REGISTRY_B_PASSWORD"))));
    }

    static String variable(String name) {
        String value = System.getenv(name);
        assertThat(value)
                .as("environment variable " + name + "; run eval \"$(testbed env)\" before tests with -Preal")
                .isNotBlank();
        return value;
    }

    String digest(String reference) {
        ImageReference parsed = ImageReference.parse(reference);
        try {
            return repository(parsed)
                    .find("" + parsed.tag())
                    .orElseThrow()
                    .digest()
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes what a tag names, if it is there and the registry allows that. */
    void delete(String reference) {
        ImageReference parsed = ImageReference.parse(reference);
        try {
            Optional<ManifestSummary> found = repository(parsed).find("" + parsed.tag());
            if (found.isPresent()) {
                client(parsed)
                        .call(
                                new ManifestDelete(
                                        parsed.repository(), found.get().digest()),
                                retries());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RemoteRepository repository(ImageReference reference) {
        return new RemoteRepository(
                client(reference), reference.repository(), retries(), new UploadNotes(new RunContext("none")));
    }

    private RegistryClient client(ImageReference reference) {
        return new RegistryClient(reference.host().equals(a.host()) ? a : b, Clock.systemUTC());
    }

    private static Retries retries() {
        return new Retries(Limits.DEFAULT, new Halt());
    }

    /** Puts an image of a configuration and one layer without a byte into registry A. */
    void pushImageWithEmptyLayer(String reference) {
        byte[] config = "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}"
                .getBytes(StandardCharsets.UTF_8);
        String json = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"config\":"
                + descriptor("application/vnd.oci.image.config.v1+json", config) + ",\"layers\":["
                + descriptor("application/vnd.oci.image.layer.v1.tar", new byte[0]) + "]}";
        byte[] manifest = json.getBytes(StandardCharsets.UTF_8);
        RemoteRepository repository = repository(ImageReference.parse(a.host() + "/" + reference));
        try {
            push(repository, config);
            push(repository, new byte[0]);
            Tried tried = new Tried("read", "test");
            repository.write(Manifest.read(manifest, null, Digest.of(manifest), tried), "1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String descriptor(String type, byte[] bytes) {
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + Digest.of(bytes) + "\",\"size\":" + bytes.length + "}";
    }

    private static void push(RemoteRepository repository, byte[] bytes) throws IOException {
        Descriptor blob = new Descriptor("", Digest.of(bytes), bytes.length, false);
        repository.write(blob, null, offset -> new ByteArrayInputStream(bytes), new Tally());
    }

    /** {@return the manifest as skopeo sees it} */
    String skopeoRaw(String reference) {
        List<String> command = new ArrayList<>(List.of("skopeo", "inspect", "--raw"));
        if (reference.startsWith(b.host())) {
            String password = b.password().orElseThrow().reveal();
            command.add("--creds=" + b.user().orElseThrow() + ":" + password);
        }
        command.add("--tls-verify=false");
        command.add("docker://" + reference);
        return Skopeo.run(command);
    }
}
