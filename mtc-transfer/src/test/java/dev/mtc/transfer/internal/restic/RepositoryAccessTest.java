package dev.mtc.transfer.internal.restic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mtc.api.MtcException;
import dev.mtc.api.Remedy;
import dev.mtc.api.S3Storage;
import dev.mtc.api.Secret;
import dev.mtc.api.Storage;
import dev.mtc.api.StorageAccessException;
import dev.mtc.api.spi.Content;
import dev.mtc.transfer.testing.MemoryObjectStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RepositoryAccessTest {

    private static final VolumePlace PLACE = new VolumePlace("shop-1", "shop", "data");
    private static final S3Storage BUCKET =
            Storage.s3("migrations", "https://s3.example:9000/").credentials("id", Secret.of("very secret"));

    private final MemoryObjectStore store = MemoryObjectStore.empty();

    private Map<String, String> environment(S3Storage storage) {
        return new RepositoryAccess(storage, store, PLACE).environment();
    }

    @Test
    void environment_server_namesItsUrlAndHowBucketsAreLookedUp() {
        assertThat(environment(BUCKET.pathStyleAccess().region("here")))
                .containsOnly(
                        Map.entry(
                                "RESTIC_REPOSITORY",
                                "s3:https://s3.example:9000/migrations/mtc/volumes/shop-1/shop/data/restic"),
                        Map.entry("REGION", "here"),
                        Map.entry("LOOKUP", "path"),
                        Map.entry("INSECURE", "no"));
    }

    @Test
    void environment_amazon_hasTheRegionsEndpoint() {
        assertThat(environment(Storage.s3("bucket").region("eu-west-1").prefix("")))
                .containsEntry(
                        "RESTIC_REPOSITORY",
                        "s3:https://s3.eu-west-1.amazonaws.com/bucket/volumes/shop-1/shop/data/restic")
                .containsEntry("LOOKUP", "dns");
        assertThat(environment(BUCKET.insecure())).containsEntry("INSECURE", "yes");
        assertThat(environment(Storage.s3("bucket").region("cn-north-1")).get("RESTIC_REPOSITORY"))
                .startsWith("s3:https://s3.cn-north-1.amazonaws.com.cn/");
    }

    @Test
    void secret_noPasswordGiven_isMadeOnceAndKept() {
        Map<String, String> first = new RepositoryAccess(BUCKET, store, PLACE).secret();
        Map<String, String> second = new RepositoryAccess(BUCKET, store, PLACE).secret();

        assertThat(first).containsEntry("access-key", "id").containsEntry("secret-key", "very secret");
        assertThat(first.get("password")).hasSize(64).isEqualTo(second.get("password"));
        assertThat(store.stat(VolumePassword.KEY)).isPresent();
    }

    @Test
    void secret_passwordGiven_isNotInTheRepository() {
        S3Storage encrypted = BUCKET.volumePassword(Secret.of("sesame"))
                .caBundle(
                        """
                        -----BEGIN CERTIFICATE-----
                        AAAA
                        -----END CERTIFICATE-----
                        """
                                .getBytes(StandardCharsets.US_ASCII));

        assertThat(new RepositoryAccess(encrypted, store, PLACE).secret())
                .containsEntry("password", "sesame")
                .containsKey("authorities");
        assertThat(store.stat(VolumePassword.KEY)).isEmpty();
    }

    @Test
    void secret_keyTakenOutOfTheRepository_staysTheSameAndNoOtherIsMade() {
        String made = new RepositoryAccess(BUCKET, store, PLACE).secret().get("password");
        store.put(PLACE.config(), Content.of(new byte[1]));

        assertThat(VolumePassword.made(store)).contains(made);
        for (S3Storage other : List.of(BUCKET, BUCKET.volumePassword(Secret.of("another")))) {
            assertThatThrownBy(() -> VolumePassword.removeMade(other, store))
                    .isInstanceOf(StorageAccessException.class)
                    .hasMessageContaining("volumePassword is not the key that is there")
                    .hasMessageNotContaining(made);
        }
        assertThat(VolumePassword.made(store)).contains(made);
        S3Storage own = BUCKET.volumePassword(Secret.of(made));
        VolumePassword.removeMade(own, store);

        assertThat(store.stat(VolumePassword.KEY)).isEmpty();
        assertThat(new RepositoryAccess(own, store, PLACE).secret()).containsEntry("password", made);
        assertThatThrownBy(() -> new RepositoryAccess(BUCKET, store, PLACE).secret())
                .isInstanceOf(StorageAccessException.class)
                .hasMessageContaining("give it");
        assertThat(store.stat(VolumePassword.KEY)).isEmpty();
    }

    @Test
    void of_noBucket_saysWhatToDo() {
        assertThatThrownBy(() -> RepositoryAccess.of(PLACE, new StoreContext(null, null)))
                .isInstanceOf(MtcException.class)
                .hasMessageContaining("no repository")
                .hasMessageContaining("via(Storage.s3(…))")
                .satisfies(e -> assertThat(((MtcException) e).remedy()).isEqualTo(Remedy.FIX_INPUT));
        assertThatThrownBy(() ->
                        RepositoryAccess.of(PLACE, new StoreContext(Storage.directory(Path.of("repository")), store)))
                .hasMessageContaining("pods do not reach it");
    }
}
