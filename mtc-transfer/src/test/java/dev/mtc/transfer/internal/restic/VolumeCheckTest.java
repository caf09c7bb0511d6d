package dev.mtc.transfer.internal.restic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.CheckReport;
import dev.mtc.api.Problem;
import dev.mtc.api.Problem.Severity;
import dev.mtc.api.Repository;
import dev.mtc.api.Storage;
import dev.mtc.api.spi.Content;
import dev.mtc.api.spi.ObjectStat;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.transfer.internal.objectstore.Stores;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restic repository that restic 0.14 wrote with the password "sample", whole and damaged in all the ways there are. */
class VolumeCheckTest {

    private static final VolumePlace DATA = new VolumePlace("shop-1", "shop", "data");

    @TempDir
    private Path directory;

    private ObjectStore store;
    private Repository repository;

    @BeforeEach
    void open() throws IOException, URISyntaxException {
        store = Stores.open(Storage.directory(directory));
        repository = Repository.of(Storage.directory(directory));
        Path sample = Path.of(Objects.requireNonNull(VolumeCheckTest.class.getResource("sample"))
                .toURI());
        try (Stream<Path> files = Files.walk(sample)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                store.put(DATA.restic() + "/" + sample.relativize(file), Content.of(file));
            }
        }
        password("sample");
        new VolumeUse("run-1", Instant.now()).write(store, DATA);
        VolumeContent.note(store, DATA);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void password(String text) {
        store.put(VolumePassword.KEY, Content.of(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private String first(String part) {
        try (Stream<ObjectStat> all = store.list(DATA.restic() + "/" + part)) {
            return all.map(ObjectStat::key).findFirst().orElseThrow();
        }
    }

    private void flipBit(String key) throws IOException {
        byte[] bytes;
        try (InputStream in = store.open(key, 0)) {
            bytes = in.readAllBytes();
        }
        bytes[bytes.length / 2] ^= 1;
        store.put(key, Content.of(bytes));
    }

    private Problem only() {
        CheckReport report = repository.check();
        assertThat(report.problems()).as(report.describe()).hasSize(1);
        return report.problems().get(0);
    }

    private void assertIsFound(String code, String key) {
        Problem problem = only();
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.where()).isEqualTo(key);
        assertThat(problem.severity()).isEqualTo(Severity.ERROR);
        assertThat(problem.message()).contains("volume shop/data of plan shop-1");
        assertThat(problem.fix()).contains("forget plan shop-1");
    }

    @Test
    void check_wholeRepository_isOkAndSaysHowMuchWasRead() {
        CheckReport report = repository.check();

        assertThat(report.problems()).isEmpty();
        assertThat(report.summary()).isEqualTo("5 objects read, 2.06 kB");
    }

    @Test
    void check_flippedBitInAPack_isNamed() throws IOException {
        String pack = first("data/");
        flipBit(pack);

        assertIsFound("DamagedContent", pack);
    }

    @Test
    void check_flippedBitInTheConfiguration_isNamed() throws IOException {
        flipBit(DATA.config());

        assertIsFound("DamagedContent", DATA.config());
    }

    @Test
    void check_packGone_isNamed() {
        String pack = first("data/");
        store.delete(pack);

        assertIsFound("MissingContent", pack);
    }

    @Test
    void check_filesAddedAndRemovedByAPassUnderWay_areNoProblem() {
        store.delete(first("data/"));
        VolumeContent.forget(store, DATA);

        assertThat(repository.check().problems()).isEmpty();
    }

    @Test
    void check_keyGone_isNamed() {
        store.delete(first("keys/"));
        VolumeContent.note(store, DATA);

        assertIsFound("MissingContent", DATA.restic() + "/keys/");
    }

    @Test
    void check_otherPassword_isFoundBeforeAnybodyNeedsIt() {
        password("another");

        Problem problem = only();
        assertThat(problem.code()).isEqualTo("WrongPassword");
        assertThat(problem.message()).contains("does not open volume shop/data").doesNotContain("another");
    }

    @Test
    void check_passwordGone_isFound() {
        store.delete(VolumePassword.KEY);

        assertThat(only().message()).contains(VolumePassword.KEY + " is gone");
        assertThat(store.stat(VolumePassword.KEY)).as("not made anew").isEmpty();
    }

    @Test
    void check_forgottenPlan_onlyWarns() throws IOException {
        repository.forget("shop-1");
        flipBit(first("index/"));

        CheckReport report = repository.check();

        assertThat(report.isOk()).isTrue();
        assertThat(report.problems()).extracting(Problem::severity).isEqualTo(List.of(Severity.WARN));
    }
}
