package dev.mtc.transfer.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedBlobsTest {

    private static final Digest BLOB = Digest.of("blob".getBytes(StandardCharsets.UTF_8));

    private final SharedBlobs blobs = new SharedBlobs();
    private final List<String> brought = new ArrayList<>();

    private void ensure(String repository) throws IOException {
        blobs.ensure(
                "registry.example", repository, BLOB, new Halt(), from -> brought.add(repository + " from " + from));
    }

    @Test
    void ensure_inOneRepository_bringsOnce() throws IOException {
        ensure("a");
        ensure("a");

        assertThat(brought).containsExactly("a from null");
    }

    @Test
    void ensure_inAnotherRepository_namesTheFirst() throws IOException {
        ensure("a");
        ensure("b");
        ensure("b");
        ensure("a");

        assertThat(brought).containsExactly("a from null", "b from a");
    }

    @Test
    void ensure_afterFailure_bringsAgain() throws IOException {
        assertThatThrownBy(() -> blobs.ensure("registry.example", "a", BLOB, new Halt(), from -> {
                    throw new IOException("broken");
                }))
                .hasMessage("broken");

        ensure("b");

        assertThat(brought).containsExactly("b from null");
    }

    @Test
    void forget_ofEverything_bringsAgain() throws IOException {
        ensure("a");

        blobs.forget();
        ensure("a");

        assertThat(brought).hasSize(2);
    }
}
