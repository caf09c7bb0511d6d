package dev.mtc.transfer.internal.registry;

import dev.mtc.api.spi.TransferStatus.Failed.Kind;
import java.io.IOException;
import java.io.InputStream;

/** Reads a manifest by tag or digest; one read by digest is checked against it. */
record ManifestGet(String repository, String reference) implements ManifestRead<Manifest> {

    /** The specification makes registries take 4 MiB; nothing sensible is larger than this. */
    private static final int LARGEST = 16 * 1024 * 1024;

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public String trying() {
        return "read the manifest " + reference;
    }

    @Override
    public boolean accepts(int status) {
        return status == 200;
    }

    @Override
    public Manifest read(Answer answer, Tried tried) throws IOException {
        byte[] bytes = bytes(answer, tried);
        Digest digest = Digest.of(bytes);
        if (reference.contains(":")) {
            Digest wanted = Digest.parse(reference);
            digest = wanted.sameAlgorithmOf(bytes);
            if (!digest.equals(wanted)) {
                throw RegistryException.of(
                        Kind.PERMANENT,
                        "DigestMismatch",
                        tried.but("its content is " + digest, "push the image again, the stored one is damaged"));
            }
        }
        return Manifest.read(bytes, answer.header("Content-Type"), digest, tried);
    }

    private static byte[] bytes(Answer answer, Tried tried) throws IOException {
        try (InputStream in = answer.body()) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw RegistryException.of(
                        Kind.PERMANENT,
                        "UnsupportedManifest",
                        tried.but("it is larger than " + LARGEST + " bytes", "leave it out of the migration"));
            }
            if (answer.length() > bytes.length) {
                throw new IOException("only " + bytes.length + " of " + answer.length() + " bytes came");
            }
            return bytes;
        }
    }
}
