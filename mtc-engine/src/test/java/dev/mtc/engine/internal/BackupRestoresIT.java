package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.mtc.api.Backup;
import dev.mtc.api.ItemOutcome;
import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationResult.Status;
import dev.mtc.api.Plan;
import dev.mtc.api.PlanBuilder;
import dev.mtc.api.Preview;
import dev.mtc.api.Problem;
import dev.mtc.api.StateStore;
import dev.mtc.api.Storage;
import dev.mtc.api.StorageAccessException;
import dev.mtc.api.spi.Content;
import dev.mtc.engine.internal.objects.MapStore;
import dev.mtc.engine.internal.objects.VeleroArchive;
import dev.mtc.engine.internal.run.Look;
import dev.mtc.engine.internal.run.RunContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Objects that were captured before, by a cut-over or by Velero, applied on the target. */
class BackupRestoresIT {

    private final MapStore repository = new MapStore();
    private TestBed bed;
    private Plan plan;

    @BeforeEach
    void open() {
        bed = TestBed.withApp();
        plan = planned().build();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private PlanBuilder planned() {
        return bed.planned().via(Storage.directory(Path.of("repository")));
    }

    private Migration migration(Plan of) {
        return Migration.of(of)
                .quiesce()
                .state(StateStore.memory())
                .provider(repository)
                .provider(new ScriptedVolumeMover(bed.volumes))
                .provider(new ScriptedImageMover(bed.images));
    }

    private <T> T look(Plan at, Function<RunContext, T> look) {
        return Look.at(at, "", List.of(repository), look);
    }

    private MigrationResult restore(Plan of, String name) {
        return look(of, context -> BackupRestores.restore(context, name));
    }

    private String captured() {
        String run =
                migration(plan).cutover().await(TestBed.LIMIT).requireSuccess().runId();
        migration(plan).rollback().await(TestBed.LIMIT).requireSuccess();
        return run;
    }

    private Map<String, String> settings(String namespace) {
        return bed.target
                .client()
                .configMaps()
                .inNamespace(namespace)
                .withName("settings")
                .get()
                .getData();
    }

    @Test
    void restore_captureOfACutover_isAppliedAsItWasAndRolledBack() {
        String run = captured();
        bed.source
                .client()
                .configMaps()
                .inNamespace(TestBed.APP)
                .withName("settings")
                .edit(map -> map.edit().withData(Map.of("changed", "since")).build());
        Preview preview = look(plan, context -> BackupRestores.preview(context, run));

        MigrationResult result = restore(plan, run).requireSuccess();

        assertThat(look(plan, BackupRestores::list)).extracting(Backup::name).containsExactly(run);
        assertThat(preview.deviations(result.items())).isEmpty();
        assertThat(settings(TestBed.APP)).containsExactly(Map.entry("greeting", "hello"));
        assertThat(TestBed.deployment(bed.target, "web")
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getImage())
                .isEqualTo("new.example:5001/app/web:1");
        assertThat(result.status()).isEqualTo(Status.SUCCEEDED_WITH_WARNINGS);
        assertThat(result.warnings())
                .extracting(Problem::code, Problem::where)
                .contains(tuple("VolumeDataNotRestored", "target persistentvolumeclaims app/data-db-0"));
        assertThat(restore(plan, run).requireSuccess().isNoOp()).as("again").isTrue();
        migration(plan).rollback().await(TestBed.LIMIT).requireSuccess();
        assertThat(bed.target.client().namespaces().withName(TestBed.APP).get()).isNull();
    }

    private static String map(String namespace) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"settings\",\"namespace\":\""
                + namespace + "\",\"uid\":\"u\",\"resourceVersion\":\"7\"},\"data\":{\"of\":\"velero\"}}";
    }

    private void veleroBackup(String name, String namespace) throws IOException {
        repository.put(
                "backups/" + name + "/" + name + ".tar.gz",
                Content.of(VeleroArchive.of(Map.of(
                        "metadata/version",
                        "1.1.0\n",
                        "resources/configmaps/namespaces/" + namespace + "/settings.json",
                        map(namespace),
                        "resources/configmaps/v1-preferredversion/namespaces/" + namespace + "/settings.json",
                        map(namespace),
                        "resources/configmaps/namespaces/other/settings.json",
                        map("other")))));
        repository.put(
                "backups/" + name + "/velero-backup.json",
                Content.of("{\"kind\":\"Backup\",\"metadata\":{\"name\":\"%s\"}}"
                        .formatted(name)
                        .getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void restore_backupThatVeleroWrote_bringsThePlansNamespacesUnderTheirNewNames() throws IOException {
        veleroBackup("daily", "old-shop");
        Plan renamed = planned().namespace("old-shop", "new-shop").build();

        MigrationResult result = restore(renamed, "daily").requireClean();

        assertThat(result.items())
                .filteredOn(item -> item.action() == ItemOutcome.Action.CREATED)
                .extracting(ItemOutcome::name)
                .containsExactlyInAnyOrder("namespaces app", "namespaces new-shop", "configmaps new-shop/settings");
        assertThat(settings("new-shop")).containsEntry("of", "velero");
    }

    @Test
    void restore_whatIsNotThereOrHasNothingOfThePlan_isRefusedByName() throws IOException {
        veleroBackup("daily", "old-shop");

        assertThatThrownBy(() -> restore(plan, "weekly"))
                .isInstanceOf(StorageAccessException.class)
                .hasMessageContainingAll("Backup weekly", "it has [daily]");
        assertThatThrownBy(() -> restore(plan, "daily"))
                .isInstanceOf(StorageAccessException.class)
                .hasMessageContainingAll("Backup daily", "[app]", "[old-shop, other]");
    }

    @Test
    void restore_oneBitOfTheArchiveFlipped_isRefusedBeforeAnythingIsMade() {
        String run = captured();
        String key = "backups/" + run + "/" + run + ".tar.gz";
        byte[] bytes = bytes(key);
        bytes[bytes.length / 2] ^= 1;
        repository.put(key, Content.of(bytes));

        assertThatThrownBy(() -> restore(plan, run))
                .isInstanceOf(StorageAccessException.class)
                .hasMessageContainingAll("Backup " + run, "SHA-256", "capture the objects again");
        assertThat(bed.target.client().namespaces().withName(TestBed.APP).get()).isNull();
    }

    private byte[] bytes(String key) {
        try (InputStream content = repository.open(key, 0)) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void restore_objectsInTheWay_changesNothingAndNamesThem() throws IOException {
        veleroBackup("daily", TestBed.APP);
        TestBed.namespace(bed.target, TestBed.APP);
        bed.target
                .client()
                .resource(
                        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: app}\ndata: {of: others}")
                .create();

        MigrationResult result = restore(plan, "daily");

        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.errors())
                .extracting(Problem::code, Problem::where)
                .containsExactly(tuple("ObjectConflict", "target configmaps app/settings"));
        assertThat(settings(TestBed.APP)).containsEntry("of", "others");
    }

    @Test
    void cutovers_moreThanThePlanKeeps_leaveTheNewest() {
        Plan keepsTwo = planned().keepCaptures(2).build();
        List<String> runs = IntStream.range(0, 3)
                .mapToObj(i -> migration(keepsTwo)
                        .cutover()
                        .await(TestBed.LIMIT)
                        .requireSuccess()
                        .runId())
                .toList();

        assertThat(look(keepsTwo, BackupRestores::list))
                .extracting(Backup::name)
                .hasSize(2)
                .contains(runs.get(2));
    }
}
