package dev.mtc.examples.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.CutoverForecast;
import dev.mtc.api.Downtime;
import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.Plan;
import dev.mtc.api.Preview;
import dev.mtc.api.StateStore;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** A database that is written to until it is stopped arrives with every row that was committed, within a forecast time. */
class WriteLoadRealIT {

    private static final String NAME = "ledger-it";
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private RealNamespace source;
    private RealNamespace target;

    @BeforeEach
    void open() {
        source = RealNamespace.onSource(NAME);
        target = RealNamespace.onTarget(NAME);
        target.delete();
    }

    @AfterEach
    void close() {
        for (RealNamespace namespace : List.of(source, target)) {
            namespace.delete();
            namespace.close();
        }
    }

    private static Plan plan() {
        return Plan.named(NAME)
                .from(RealClusters.source())
                .to(RealClusters.target())
                .namespace(NAME)
                .build();
    }

    private static String bytes(MigrationResult result) {
        return result.items().stream()
                .filter(item -> item.kind().equals("volume"))
                .map(Object::toString)
                .toList()
                .toString();
    }

    @Test
    void cutover_ofADatabaseUnderWriteLoad_losesNoCommittedRow(TestReporter reporter) {
        Shop shop = Shop.open(source);
        List<Integer> committed;
        Preview preview;
        MigrationResult result;
        try (StateStore state = StateStore.memory();
                WriteLoad load = WriteLoad.on(shop, source)) {
            for (int pass = 1; pass <= 2; pass++) {
                MigrationResult stage =
                        Migration.of(plan()).state(state).stage().await(LIMIT).requireSuccess();
                reporter.publishEntry(
                        "stage " + pass, load.committed().size() + " rows committed, then " + bytes(stage));
            }
            preview = plan().preview(state);
            result = Migration.of(plan())
                    .quiesce()
                    .verify()
                    .state(state)
                    .expecting(preview)
                    .cutover()
                    .await(LIMIT)
                    .requireClean();
            committed = load.committed();
        }
        Shop arrived = Shop.in(target);
        arrived.awaitReady();
        List<Integer> there = WriteLoad.in(arrived);

        CutoverForecast forecast = preview.forecast();
        Downtime downtime = result.downtime();
        assertThat(downtime).isNotNull();
        reporter.publishEntry("forecast", forecast.describe());
        reporter.publishEntry("downtime", downtime.toString());
        reporter.publishEntry("rows", committed.size() + " known to be committed, " + there.size() + " arrived");
        assertThat(committed).hasSizeGreaterThan(100);
        assertThat(there).containsAll(committed);
        assertThat(there)
                .as("rows that were committed in order, with no hole")
                .isEqualTo(IntStream.rangeClosed(1, there.size()).boxed().toList());
        assertThat(there.size() - committed.size())
                .as("rows whose commit could not be told any more")
                .isBetween(0, 1);
        assertThat(arrived.orders()).startsWith("1000 rows");
        assertThat(forecast.volumes()).hasSize(2).allMatch(volume -> volume.passes() == 2);
        assertThat(forecast.volumesTake()).isNotNull();
        assertThat(forecast.window()).isNotNull();
        assertThat(downtime.forecast()).isEqualTo(forecast);
        assertThat(downtime.took()).isLessThan(result.took());
    }
}
