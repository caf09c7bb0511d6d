package dev.mtc.engine.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Problem;
import dev.mtc.api.RepositoryFindings;
import dev.mtc.api.RepositoryInventory.Holding;
import dev.mtc.api.spi.Content;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Captured objects in the inventory, in garbage collection and in the check of a repository. */
class BackupKeeperTest {

    private static final Instant LATER = Instant.now().plusSeconds(3600);

    @TempDir
    Path directory;

    private final MapStore store = new MapStore();
    private final RestoreSettings shop = settings("11112222-3333");
    private final RestoreSettings other = settings("99998888-7777");

    private static RestoreSettings settings(String uid) {
        return RestoreSettings.of(TransformCase.settings().plan(), uid, "migration-uid");
    }

    private String plan(String piece) {
        return shop.plan().name() + "-" + piece;
    }

    private void captured(String run, int second, RestoreSettings settings) throws IOException {
        BackupLocation backups = BackupLocation.in(store);
        Instant started = Instant.EPOCH.plusSeconds(second);
        backups.note(run, new CaptureReport(Map.of(), List.of(), List.of(), List.of()));
        try (ArchiveWriter writer = Archive.create(directory.resolve(run + ".tar.gz"))) {
            backups.put(
                    writer.finish(),
                    new BackupDescription(run, settings.plan(), settings, started, started.plusSeconds(3)));
        }
    }

    private void byVelero(String name) {
        put("backups/" + name + "/velero-backup.json", "{\"kind\":\"Backup\"}");
        put("backups/" + name + "/" + name + ".tar.gz", "whatever");
    }

    private void put(String key, String content) {
        store.put(key, Content.of(content.getBytes(StandardCharsets.UTF_8)));
    }

    private void flipBit(String key) {
        byte[] bytes = store.objects.get(key);
        bytes[bytes.length / 2] ^= 1;
    }

    private Set<String> runs() {
        return store.objects.keySet().stream().map(key -> key.split("/", -1)[1]).collect(Collectors.toSet());
    }

    private List<Problem> problems() {
        return BackupCheck.of(store).problems();
    }

    @Test
    void inventory_ofTwoPlans_listsCapturesNewestFirstWithSizes() throws IOException {
        captured("run-1", 1, shop);
        captured("run-2", 2, shop);
        captured("other-1", 3, other);
        byVelero("daily");

        var inventory = BackupKeeper.inventory(store);

        assertThat(inventory.holdings()).extracting(Holding::plan).containsExactly(plan("11112222"), plan("99998888"));
        Holding first = inventory.holdings().get(0);
        assertThat(first.names()).containsExactly("run-2", "run-1");
        assertThat(first.lastUsed()).isEqualTo(Instant.EPOCH.plusSeconds(2));
        assertThat(first.toString()).contains("2 captures");
        long ours = store.objects.entrySet().stream()
                .filter(entry -> !entry.getKey().contains("daily"))
                .mapToLong(entry -> entry.getValue().length)
                .sum();
        assertThat(inventory.totalBytes()).isEqualTo(ours);
        assertThat(inventory.unneededBytes()).isZero();
    }

    @Test
    void inventory_captureWithoutItsPlansName_isToldByThePieceOfItsUid() throws IOException {
        captured("run-1", 1, shop);
        String key = "backups/run-1/velero-backup.json";
        put(
                key,
                new String(store.objects.get(key), StandardCharsets.UTF_8)
                        .replaceAll(",?\"mtc.dev/plan\":\"[^\"]*\"", ""));

        assertThat(BackupKeeper.inventory(store).holdings())
                .extracting(Holding::plan)
                .containsExactly("11112222");
    }

    @Test
    void collectGarbage_captureOfAKilledRun_goesAndTheOthersStay() throws IOException {
        captured("run-1", 1, shop);
        captured("killed", 2, shop);
        captured("other-1", 1, other);
        byVelero("daily");
        store.delete("backups/killed/velero-backup.json");
        long unneeded = BackupKeeper.inventory(store).unneededBytes();

        var garbage = BackupKeeper.collectGarbage(store, LATER);

        assertThat(garbage.sizeBytes()).isEqualTo(unneeded).isPositive();
        assertThat(garbage.objects()).isEqualTo(8);
        assertThat(runs()).containsExactlyInAnyOrder("run-1", "other-1", "daily");
    }

    @Test
    void collectGarbage_forgottenPlan_removesItsCapturesOnly() throws IOException {
        captured("run-1", 1, shop);
        captured("other-1", 1, other);
        BackupKeeper.forget(store, plan("11112222"));

        assertThat(BackupKeeper.collectGarbage(store, Instant.EPOCH).objects())
                .as("written lately")
                .isZero();
        assertThat(BackupKeeper.inventory(store).holdings())
                .extracting(Holding::plan)
                .containsExactly(plan("99998888"));
        BackupKeeper.collectGarbage(store, LATER);

        assertThat(runs()).containsExactly("other-1");
    }

    @Test
    void check_wholeCaptures_readsThem() throws IOException {
        captured("run-1", 1, shop);
        byVelero("daily");

        RepositoryFindings findings = BackupCheck.of(store);

        assertThat(findings.problems()).isEmpty();
        assertThat(findings.objects()).isEqualTo(2);
        assertThat(findings.sizeBytes()).isPositive();
    }

    @Test
    void check_flippedBitsAndMissingFiles_areNamedWithRunAndPlan() throws IOException {
        captured("run-1", 1, shop);
        captured("run-2", 2, shop);
        captured("run-3", 3, shop);
        captured("run-4", 4, shop);
        flipBit("backups/run-1/run-1.tar.gz");
        store.delete("backups/run-2/run-2.tar.gz");
        put("backups/run-3/run-3-mtc-report.json.gz", "no gzip");
        put("backups/run-4/velero-backup.json", "{");

        assertThat(problems())
                .extracting(problem -> problem.where() + " " + problem.code())
                .containsExactlyInAnyOrder(
                        "backups/run-1/run-1.tar.gz DamagedContent",
                        "backups/run-2/run-2.tar.gz MissingContent",
                        "backups/run-3/run-3-mtc-report.json.gz DamagedContent",
                        "backups/run-4/velero-backup.json DamagedContent");
        assertThat(problems().stream().filter(problem -> problem.where().contains("run-1")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.message()).contains("run run-1 of plan " + plan("11112222"));
                    assertThat(problem.fix()).contains("delete backups/run-1/");
                });
    }

    @Test
    void collectGarbage_damagedDescription_staysUntilSomebodyLooks() throws IOException {
        captured("run-1", 1, shop);
        put("backups/run-1/velero-backup.json", "{");

        BackupKeeper.collectGarbage(store, LATER);

        try (Stream<String> keys = store.objects.keySet().stream()) {
            assertThat(keys).hasSize(9);
        }
    }
}
