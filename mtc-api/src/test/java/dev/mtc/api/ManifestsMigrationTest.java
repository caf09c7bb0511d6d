package dev.mtc.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.mtc.api.RunRequest.Kind;
import dev.mtc.api.RunRequest.Option;
import dev.mtc.api.RunRequest.RunAs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;

/** MigMigrations become migrations, and migrations become MigMigrations. */
class ManifestsMigrationTest {

    private static final String MIGRATION = "50-migration.yaml";
    private static final String FLAGS = "    stage: false\n    quiescePods: true\n    verify: true\n";

    @TempDir
    private Path directory;

    @BeforeEach
    void copySample() {
        ManifestSample.copyTo(directory);
    }

    private void edit(String before, String after) throws IOException {
        String text = Files.readString(directory.resolve(MIGRATION));
        assertThat(text).contains(before);
        Files.writeString(directory.resolve(MIGRATION), text.replace(before, after));
    }

    private RunRequest read() {
        return CapturedRequest.of(Manifests.read(directory).migration("shop-final"));
    }

    private List<Problem> problems() {
        Manifests manifests = Manifests.read(directory);
        PlanInvalidException e =
                catchThrowableOfType(PlanInvalidException.class, () -> manifests.migration("shop-final"));
        assertThat(e).as("refused").isNotNull();
        return e.problems();
    }

    @Test
    void migration_ofSample_asksForWhatTheManifestSays() {
        Manifests manifests = Manifests.read(directory);
        assertThat(manifests.migrations()).containsExactly("shop-final");

        RunRequest request = read();

        assertThat(request.kind()).isEqualTo(Kind.CUTOVER);
        assertThat(request.name()).isEqualTo("shop-final");
        assertThat(request.options()).containsExactlyInAnyOrder(Option.QUIESCE, Option.VERIFY);
        assertThat(request.runAs()).isEqualTo(new RunAs(null, 1000L, null));
        assertThat(request.onFailure()).isEqualTo(FailurePolicy.CLEAN_UP);
        assertThat(PlanText.of(request.plan())).isEqualTo(PlanText.of(manifests.plan("shop")));
        assertThat(manifests.migration("shop-final"))
                .asString()
                .startsWith("Migration[shop: old -> ")
                .contains("CUTOVER");
    }

    @ParameterizedTest(name = "{0} asks for {1}")
    @CsvSource({"stage, STAGE", "migrateState, STATE", "rollback, ROLLBACK"})
    void migration_flagOfKind_saysWhatIsDone(String flag, Kind kind) throws IOException {
        edit(FLAGS, "    " + flag + ": true\n");
        assertThat(read().kind()).isEqualTo(kind);
        assertThat(read().options()).isEmpty();
    }

    @Test
    void migration_annotations_areFollowed() throws IOException {
        edit(
                "    name: shop-final\n",
                "    name: shop-final\n    annotations: {mtc.dev/on-failure: rollback, mtc.dev/warm: 'true'}\n");
        assertThat(read().onFailure()).isEqualTo(FailurePolicy.ROLL_BACK);
        assertThat(read().options()).contains(Option.WARM);
    }

    @ParameterizedTest(name = "{1} is refused at line {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "stage: false | canceled: true | 14 | InvalidSpec | spec.canceled says | call cancel()",
                "name: shop-final | 'name: shop-final\n    annotations: {mtc.dev/warm: always}' | 8"
                        + " | InvalidSpec | is 'always' | \"true\" or \"false\"",
                "name: shop-final | 'name: shop-final\n    annotations: {mtc.dev/on-failure: undo}' | 8"
                        + " | InvalidSpec | is 'undo' | [cleanup, keep, rollback]",
                "name: shop-final | 'name: shop-final\n    annotations: {mtc.dev/existing: skip}' | 8"
                        + " | UnknownField | mtc.dev/existing is unknown | mtc.dev/on-failure, mtc.dev/warm",
                "name: shop-final | 'name: shop-final\n    annotations: {mtc.dev/wram: x}' | 8"
                        + " | UnknownField | mtc.dev/wram is unknown | mtc.dev/warm",
                "'      name: shop\n' | '      name: shp\n' | 11 | InvalidPlanRef | openshift-migration/shp"
                        + " | openshift-migration/shop",
            })
    void migration_wrongManifest_isRefusedWithPlaceAndFix(ArgumentsAccessor row) throws IOException {
        edit(row.getString(0), row.getString(1));
        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.where()).isEqualTo(directory.resolve(MIGRATION) + ":" + row.getString(2));
            assertThat(problem.code()).isEqualTo(row.getString(3));
            assertThat(problem.message()).contains(row.getString(4));
            assertThat(problem.fix()).contains(row.getString(5));
        });
    }

    @Test
    void migration_everythingWrong_isSaidAtOnceWithThePlansOwn() throws IOException {
        edit("stage: false", "stage: true\n    rollback: true\n    canceled: true");
        Path plan = directory.resolve("40-plan.yaml");
        Files.writeString(plan, Files.readString(plan).replace("action: skip", "action: burn"));
        assertThat(problems())
                .extracting(Problem::code, Problem::reason)
                .containsExactly(
                        tuple("InvalidSpec", "NotSupported"),
                        tuple("InvalidSpec", "NotSupported"),
                        tuple("PvInvalidAction", "NotDone"));
    }

    @Test
    void migration_nameThatIsNoLabel_isRefused() throws IOException {
        edit("name: shop-final", "name: shop.final");
        Manifests manifests = Manifests.read(directory);
        assertThat(catchThrowableOfType(PlanInvalidException.class, () -> manifests.migration("shop.final")))
                .hasMessageContaining("metadata.name")
                .hasMessageContaining("RFC 1123 label");
    }

    @Test
    void migration_unknownName_namesTheKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Manifests.read(directory).migration("final"))
                .withMessageContaining("[shop-final]");
    }

    @Test
    void start_withoutKind_asksForOne() {
        Migration migration = Migration.of(plan());
        assertThatIllegalStateException().isThrownBy(migration::start).withMessageContaining("kind(CUTOVER)");
        assertThatIllegalStateException().isThrownBy(migration::toManifests).withMessageContaining("kind(CUTOVER)");
    }

    @Test
    void toManifests_ofMigration_isWhatKubectlApplies() throws IOException {
        String written = Migration.of(plan())
                .quiesce()
                .verify()
                .warm()
                .onFailure(FailurePolicy.KEEP)
                .kind(Kind.CUTOVER)
                .toManifests()
                .toYaml();
        try (InputStream golden = ManifestsMigrationTest.class.getResourceAsStream("/manifests/of-migration.yaml")) {
            assertThat(written).endsWith(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void toManifests_whatNoManifestSays_isNamed() {
        Manifests manifests = Migration.of(plan())
                .provider(new Provider() {
                    @Override
                    public String id() {
                        return "own";
                    }
                })
                .listener(event -> {})
                .pendingLimit(Duration.ofMinutes(1))
                .kind(Kind.STAGE)
                .toManifests();
        assertThat(manifests.notExpressible())
                .extracting(problem -> problem.severity() + " " + problem.where())
                .containsSubsequence("ERROR providers", "ERROR pendingLimit", "WARN listeners");
        assertThat(manifests.migrations()).containsExactly("shop-stage");
    }

    @Test
    void readBack_ofRandomMigrations_asksForTheSame() {
        for (int seed = 0; seed < 100; seed++) {
            Plan plan = plan();
            Migration migration = random(new Random(seed), plan);
            RunRequest asked = CapturedRequest.of(migration);

            Manifests written = Manifests.of(List.of(
                            migration.toManifests().migMigrations().get(0),
                            migration.toManifests().migPlan("shop")))
                    .withCluster(plan.from())
                    .withCluster(plan.to());

            assertThat(CapturedRequest.text(CapturedRequest.of(written.migration(asked.name()))))
                    .as("seed " + seed)
                    .isEqualTo(CapturedRequest.text(asked));
        }
    }

    private static Migration random(Random random, Plan plan) {
        Set<Option> options = EnumSet.noneOf(Option.class);
        for (Option option : Option.values()) {
            if (random.nextBoolean()) {
                options.add(option);
            }
        }
        RunAs user = new RunAs(
                random.nextBoolean() ? random.nextBoolean() : null,
                random.nextBoolean() ? random.nextLong(1000) : null,
                random.nextBoolean() ? random.nextLong(1000) : null);
        return Migration.of(plan)
                .named("m-" + random.nextInt(9))
                .kind(Kind.values()[random.nextInt(Kind.values().length)])
                .onFailure(FailurePolicy.values()[random.nextInt(3)])
                .also(options, user);
    }

    private static Plan plan() {
        return Plan.named("shop")
                .from(Clusters.fromToken("https://old.example:6443", Secret.of("s1"))
                        .named("old"))
                .to(Clusters.fromToken("https://new.example:6443", Secret.of("s2"))
                        .named("new"))
                .namespace("shop")
                .build();
    }
}
