package dev.mtc.engine.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.Backup;
import dev.mtc.api.StorageAccessException;
import dev.mtc.api.spi.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Velero's documentation says of its output file format, versions 1 and 1.1.0, in both directions. */
class BackupLocationTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DEPLOYMENT =
            "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"web\",\"namespace\":\"shop\"}}";
    private static final String NAMESPACE =
            "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"shop\"}}";

    @TempDir
    Path directory;

    private final MapStore store = new MapStore();
    private final BackupLocation backups = BackupLocation.in(store);

    private static ObjectNode json(String text) throws IOException {
        return (ObjectNode) JSON.readTree(text);
    }

    private void put(String name, Instant started) throws IOException {
        put(name, started, TransformCase.settings(plan -> plan.labelSelector("app=web")));
    }

    private void put(String name, Instant started, RestoreSettings settings) throws IOException {
        try (ArchiveWriter writer = Archive.create(directory.resolve(name + ".tar.gz"))) {
            writer.add(new ObjectKey("namespaces", "", "shop"), json(NAMESPACE));
            writer.add(new ObjectKey("deployments.apps", "shop", "web"), json(DEPLOYMENT));
            backups.put(
                    writer.finish(),
                    new BackupDescription(name, settings.plan(), settings, started, started.plusSeconds(3)));
        }
    }

    private static byte[] unzipped(byte[] bytes) throws IOException {
        try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return plain.readAllBytes();
        }
    }

    private JsonNode zippedJson(String key) throws IOException {
        return JSON.readTree(unzipped(store.objects.get(key)));
    }

    @Test
    void put_archive_hasEveryFileOfAVeleroBackup() throws IOException {
        put("shop-1", Instant.parse("2026-01-01T10:00:00.5Z"));

        assertThat(store.objects.keySet())
                .containsExactlyInAnyOrder(
                        "backups/shop-1/velero-backup.json",
                        "backups/shop-1/shop-1.tar.gz",
                        "backups/shop-1/shop-1-logs.gz",
                        "backups/shop-1/shop-1-results.gz",
                        "backups/shop-1/shop-1-resource-list.json.gz",
                        "backups/shop-1/shop-1-podvolumebackups.json.gz",
                        "backups/shop-1/shop-1-volumesnapshots.json.gz",
                        "backups/shop-1/shop-1-itemoperations.json.gz");
        assertThat(zippedJson("backups/shop-1/shop-1-resource-list.json.gz"))
                .isEqualTo(json("{\"apps/v1/Deployment\":[\"shop/web\"],\"v1/Namespace\":[\"shop\"]}"));
        assertThat(zippedJson("backups/shop-1/shop-1-podvolumebackups.json.gz")).isEmpty();
    }

    @Test
    void put_archive_isDescribedAsACompletedBackup() throws IOException {
        put("shop-1", Instant.parse("2026-01-01T10:00:00.5Z"));

        JsonNode backup = JSON.readTree(store.objects.get("backups/shop-1/velero-backup.json"));
        assertThat(backup.path("apiVersion").asText()).isEqualTo("velero.io/v1");
        assertThat(backup.path("kind").asText()).isEqualTo("Backup");
        assertThat(backup.path("metadata").path("name").asText()).isEqualTo("shop-1");
        assertThat(backup.path("spec").path("includedNamespaces")).isEqualTo(JSON.readTree("[\"shop\",\"billing\"]"));
        assertThat(backup.path("spec").path("ttl").asText()).isEqualTo("720h0m0s");
        assertThat(backup.path("status"))
                .isEqualTo(
                        json(
                                """
                        {"version": 1, "formatVersion": "1.1.0", "phase": "Completed",
                         "startTimestamp": "2026-01-01T10:00:00Z", "completionTimestamp": "2026-01-01T10:00:03Z",
                         "expiration": "2026-01-31T10:00:03Z",
                         "progress": {"totalItems": 2, "itemsBackedUp": 2}}"""));
    }

    @Test
    void put_archive_holdsItemByItemWhatTheFormatSays() throws IOException {
        put("shop-1", Instant.EPOCH);

        Map<String, String> items = new LinkedHashMap<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new GZIPInputStream(new ByteArrayInputStream(store.objects.get("backups/shop-1/shop-1.tar.gz"))))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                items.put(entry.getName(), new String(tar.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        assertThat(items)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "metadata/version", "1.1.0",
                        "resources/namespaces/cluster/shop.json", NAMESPACE,
                        "resources/namespaces/v1-preferredversion/cluster/shop.json", NAMESPACE,
                        "resources/deployments.apps/namespaces/shop/web.json", DEPLOYMENT,
                        "resources/deployments.apps/v1-preferredversion/namespaces/shop/web.json", DEPLOYMENT));
    }

    @Test
    void fetch_backupThatVeleroWrote_isRead() throws IOException {
        Map<String, String> items = new LinkedHashMap<>();
        items.put("metadata/version", "1.1.0\n");
        items.put("resources/deployments.apps/namespaces/shop/web.json", DEPLOYMENT);
        items.put("resources/deployments.apps/v1-preferredversion/namespaces/shop/web.json", DEPLOYMENT);
        items.put("resources/namespaces/cluster/shop.json", NAMESPACE);
        items.put("resources/namespaces/v1-preferredversion/cluster/shop.json", NAMESPACE);
        store.put("backups/daily/daily.tar.gz", Content.of(VeleroArchive.of(items)));
        store.put(
                "backups/daily/velero-backup.json",
                Content.of("{\"kind\":\"Backup\",\"metadata\":{\"name\":\"daily\"}}".getBytes(StandardCharsets.UTF_8)));
        Map<ObjectKey, ObjectNode> read = new LinkedHashMap<>();

        backups.fetch("daily", directory.resolve("fetched.tar.gz")).forEach(key -> true, read::put);

        assertThat(read)
                .containsExactly(
                        Map.entry(new ObjectKey("deployments.apps", "shop", "web"), json(DEPLOYMENT)),
                        Map.entry(new ObjectKey("namespaces", "", "shop"), json(NAMESPACE)));
    }

    @Test
    void fetch_archiveOfAnotherBackup_isRefused() throws IOException {
        put("shop-1", Instant.EPOCH);
        store.put("backups/shop-1/shop-1.tar.gz", Content.of(VeleroArchive.of(Map.of("metadata/version", "1.1.0"))));

        assertThatThrownBy(() -> backups.fetch("shop-1", directory.resolve("fetched.tar.gz")))
                .isInstanceOf(StorageAccessException.class)
                .hasMessageContaining("shop-1")
                .hasMessageContaining("SHA-256");
    }

    @Test
    void list_backups_areTheNewestFirst() throws IOException {
        put("shop-1", Instant.EPOCH.plusSeconds(1));
        put("shop-2", Instant.EPOCH.plusSeconds(2));
        store.put(
                "backups/daily/velero-backup.json",
                Content.of("{\"metadata\":{\"name\":\"daily\"},\"spec\":{\"includedNamespaces\":[\"*\"]}}"
                        .getBytes(StandardCharsets.UTF_8)));

        assertThat(backups.list())
                .containsExactly(
                        new Backup("shop-2", Instant.EPOCH.plusSeconds(2), List.of("shop", "billing"), 2),
                        new Backup("shop-1", Instant.EPOCH.plusSeconds(1), List.of("shop", "billing"), 2),
                        new Backup("daily", Instant.EPOCH, List.of(), -1));
    }

    @Test
    void keepLast_moreThanKept_deletesTheOldestButNotTheOneInUse() throws IOException {
        for (int i = 1; i <= 5; i++) {
            put("shop-" + i, Instant.EPOCH.plusSeconds(i));
        }
        RestoreSettings other = RestoreSettings.of(TransformCase.settings().plan(), "other-plan", "migration-uid");
        put("other", Instant.EPOCH, other);

        backups.keepLast("plan-uid", 2, "shop-1");

        TreeSet<String> left = new TreeSet<>();
        store.objects.keySet().forEach(key -> left.add(key.split("/", -1)[1]));
        assertThat(left).containsExactly("other", "shop-1", "shop-4", "shop-5");
    }
}
