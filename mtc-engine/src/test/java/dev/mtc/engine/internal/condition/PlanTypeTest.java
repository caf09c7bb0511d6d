package dev.mtc.engine.internal.condition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.model.v1alpha1.Category;
import dev.mtc.api.model.v1alpha1.Condition;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.model.v1alpha1.MigPlanSpec;
import dev.mtc.api.model.v1alpha1.PersistentVolume;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTypeTest {

    @ParameterizedTest(name = "{0} {1} {2} {3} {4}: {5}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // route | reach | namespaces | claim | migrations, oldest first | conditions
                "images  | INTER_CLUSTER | a          | x   | -            | NamespaceMigrationPlan",
                "volumes | INTER_CLUSTER | a          | x   | -            | NamespaceMigrationPlan",
                "volumes | INTRA_CLUSTER | a:b        | x   | -  | NamespaceMigrationPlan !NamespaceMigrationPlan",
                "direct  | INTER_CLUSTER | a          | x   | -            | -",
                "direct  | INTER_CLUSTER | a          | x:y | -            | StateMigrationPlan",
                "direct  | INTRA_CLUSTER | a c        | x   | -            | StorageConversionPlan",
                "direct  | INTRA_CLUSTER | a:b c:d    | x   | -            | StateMigrationPlan",
                "direct  | INTRA_CLUSTER | a:b c      | x   | -            | !ConflictingNamespaces",
                "direct  | INTER_CLUSTER | a          | x   | stage        | NamespaceMigrationPlan+",
                "direct  | INTER_CLUSTER | a          | x   | state final  | StateMigrationPlan+",
                "direct  | INTRA_CLUSTER | a          | x   | state        | StorageConversionPlan+",
                "direct  | INTRA_CLUSTER | a:b        | x   | final        | StateMigrationPlan",
                "direct  | INTER_CLUSTER | a          | x   | state undone | -",
                "direct  | INTRA_CLUSTER | a          | x   | state undone | StorageConversionPlan",
            })
    void conditions_followShapeAndPast(
            String route, Reach reach, String namespaces, String claim, String migrations, String expected) {
        MigPlanSpec spec = new MigPlanSpec();
        spec.setIndirectImageMigration(route.equals("images"));
        spec.setIndirectVolumeMigration(route.equals("volumes"));
        spec.setNamespaces(List.of(namespaces.split(" ")));
        PersistentVolume volume = new PersistentVolume();
        volume.getPvc().setNamespace("a");
        volume.getPvc().setName(claim);
        spec.setPersistentVolumes(List.of(volume));

        List<Condition> conditions = PlanType.conditions(spec, past(migrations), reach);

        assertThat(conditions.stream().map(PlanTypeTest::word))
                .containsExactlyElementsOf(expected == null ? List.of() : Arrays.asList(expected.split(" ")));
    }

    /** The reason, marked if the condition is durable or about one cluster. */
    private static String word(Condition condition) {
        boolean identified = condition.getType().equals("MigrationTypeIdentified");
        assertThat(condition.is(identified ? Category.ADVISORY : Category.CRITICAL))
                .isTrue();
        return (identified ? "" : "!") + condition.getReason() + (condition.isDurable() ? "+" : "");
    }

    private static List<MigMigration> past(String words) {
        List<MigMigration> migrations = new ArrayList<>();
        for (String word : words == null ? new String[0] : words.split(" ")) {
            MigMigration migration = new MigMigration();
            migration.setMetadata(new ObjectMetaBuilder()
                    .withName(word)
                    .withCreationTimestamp("2026-01-01T00:00:0" + migrations.size() + "Z")
                    .build());
            migration.getSpec().setMigrateState(word.equals("state"));
            migration.getSpec().setStage(word.equals("stage"));
            migration.getSpec().setRollback(word.equals("undone"));
            migration.getStatus().getConditions().add(Condition.of(Category.ADVISORY, "Succeeded"));
            migrations.add(migration);
        }
        return migrations;
    }
}
