package dev.mtc.transfer.internal.restic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.mtc.api.VolumeChoice;
import dev.mtc.api.spi.ClaimRef;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.api.spi.TransferStatus.Failed;
import dev.mtc.api.spi.TransferStatus.Failed.Kind;
import dev.mtc.api.spi.TransferStatus.Lost;
import dev.mtc.api.spi.TransferStatus.Pending;
import dev.mtc.api.spi.TransferStatus.Running;
import dev.mtc.api.spi.TransferStatus.Succeeded;
import dev.mtc.api.spi.VolumeMove;
import dev.mtc.api.spi.VolumeMove.Pass;
import dev.mtc.transfer.internal.pods.Attempts;
import java.time.Duration;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResticTransferTest {

    private static final String BACKED_UP =
            "exit=0\nsockets=0\nunread=0\nvanished=0\nsnapshot=aa\ndescription=bb\nadded=40\ntotal=100\nfiles=3\n";
    private static final String RESTORED = "exit=0\nfetched=30\nrestored=2\ndeleted=1\n";

    private final FakeHalves halves = new FakeHalves();
    private Pass pass = Pass.COLD;

    @Test
    void look_neverStarted_isLost() {
        assertThat(look()).isInstanceOf(Lost.class);
    }

    @Test
    void look_smoothTransfer_goesThroughBothHalves() {
        halves.start();
        pending().contains("backup pod shop/put-1");
        halves.runs(Half.BACKUP);
        pending().contains("opens bucket b");
        halves.log =
                "{\"message_type\":\"status\",\"total_files\":4,\"files_done\":1,\"total_bytes\":100,\"bytes_done\":50}\n";
        running(50, 200).isEqualTo("into the repository, 1 of 4 files");
        halves.ends(Half.BACKUP, 0, BACKED_UP);
        pending().contains("source/files is in bucket b");
        pending().contains("restore pod shop/get-1");
        halves.runs(Half.RESTORE);
        halves.log = "progress restoring done=10 total=30\n";
        running(180, 200).isEqualTo("out of the repository, 10 bytes of 30 bytes to be fetched");
        halves.ends(Half.RESTORE, 0, RESTORED);
        for (int i = 0; i < 2; i++) {
            assertThat(look()).asInstanceOf(type(Succeeded.class)).satisfies(done -> {
                assertThat(done.movedBytes()).isEqualTo(70);
                assertThat(done.totalBytes()).isEqualTo(100);
                assertThat(done.proof()).isNull();
                assertThat(done.warnings()).isEmpty();
            });
        }
        assertThat(halves.pods(Half.BACKUP)).hasSize(1);
    }

    @Test
    void look_verifiedAndEqual_tellsTheProof() {
        restoring();
        halves.ends(Half.RESTORE, 0, RESTORED + "entries=5\nhashed=3\nbytes=100\ndifferent=0\n");
        assertThat(look()).asInstanceOf(type(Succeeded.class)).satisfies(done -> assertThat(done.proof())
                .startsWith("5 entries equal")
                .contains("BLAKE2b of 3 files, 100 bytes"));
    }

    @Test
    void look_sidesDiffer_stopsAndNamesThem() {
        restoring();
        halves.differences.add("-./f\th\taa");
        halves.differences.add("+./f\th\tbb");
        halves.ends(Half.RESTORE, 0, RESTORED + "different=1\n");
        assertFailed("VerifyFailed", Kind.USER_FIXABLE, "f: content aa on the source, bb on the target");
        assertThat(halves.pods(Half.RESTORE)).hasSize(1);
    }

    @Test
    void look_warningsOfBothHalves_areTold() {
        pass = Pass.HOT;
        halves.start();
        halves.ends(
                Half.BACKUP,
                0,
                BACKED_UP.replace("unread=0", "unread=2").replace("sockets=0", "sockets=1\nsocket=./sock")
                        + "note=/volume/x\nuntidy=yes\n");
        look();
        halves.ends(Half.RESTORE, 0, RESTORED + "holes=no\nunseen=target\n");
        assertThat(look()).asInstanceOf(type(Succeeded.class)).satisfies(done -> assertThat(done.warnings())
                .hasSize(5)
                .anyMatch(text -> text.startsWith("2 files of source/files could not be read"))
                .anyMatch(text -> text.contains("1 sockets") && text.contains("./sock"))
                .anyMatch(text -> text.contains("could not be removed; the next stage"))
                .anyMatch(text -> text.contains("fallocate"))
                .anyMatch(text -> text.contains("getfattr")));
    }

    @Test
    void look_podKilled_triesAgainWhenDueAndNotForEver() {
        halves.start();
        for (int attempt = 1; attempt < Attempts.LIMIT; attempt++) {
            halves.ends(Half.BACKUP, 137, "");
            pending().contains("attempt " + (attempt + 1) + " of 5 of the backup starts in");
            assertThat(halves.pods(Half.BACKUP)).hasSize(1);
            halves.now = halves.now.plus(Attempts.delayAfter(attempt));
            pending().contains("backup pod " + (attempt + 1) + " of 5 is made");
            pending().contains("put-" + (attempt + 1));
        }
        halves.ends(Half.BACKUP, 143, "");
        assertFailed("Interrupted", Kind.TRANSIENT, "after 5 attempts");
    }

    @Test
    void look_restorePodDeleted_restoresAgainAndBacksNothingUp() {
        restoring();
        halves.pods.get(Half.RESTORE).clear();
        pending().contains("restore pod 2 of 5 is made");
        halves.ends(Half.RESTORE, 0, RESTORED);
        assertThat(look()).isInstanceOf(Succeeded.class);
        assertThat(halves.pods(Half.BACKUP)).hasSize(1);
    }

    @Test
    void look_backupPodLeaves_waitsUntilItIsGone() {
        halves.start();
        halves.isDeleted(Half.BACKUP);
        pending().contains("was deleted and is not gone yet");
        assertThat(halves.pods(Half.BACKUP)).hasSize(1);
        halves.now = halves.now.plus(Duration.ofMinutes(6));
        assertFailed("PodStuck", Kind.USER_FIXABLE, "shop/put-1");
        halves.pods.get(Half.BACKUP).clear();
        pending().contains("backup pod 2 of 5 is made");
    }

    @Test
    void look_cancelled_isLost() {
        halves.start();
        halves.started = false;
        halves.pods.get(Half.BACKUP).clear();
        assertThat(look()).isInstanceOf(Lost.class);
    }

    @Test
    void look_sourceChangesInAStrictPass_isTriedAgainAndNamed() {
        halves.start();
        halves.ends(Half.BACKUP, 202, "exit=202\nvanished=0\nchanged=2\nnote=./a\nnote=./b\n");
        pending().contains("2 files changed and 0 vanished", "./a; ./b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | Fatal: wrong password or no key found                                  | WrongPassword     | USER_FIXABLE | volumePassword",
                "200 | client.PutObject: The specified bucket does not exist                   | NoBucket          | USER_FIXABLE | make the bucket",
                "200 | Fatal: unable to open config file: Stat: Access Denied.                 | RepositoryDenied  | USER_FIXABLE | credentials",
                "200 | The request signature we calculated does not match the signature        | RepositoryDenied  | USER_FIXABLE | credentials",
                "200 | x509: certificate signed by unknown authority                           | Untrusted         | USER_FIXABLE | caBundle",
                "204 | ignoring error for /volume/a: write: no space left on device            | NoSpaceLeft       | USER_FIXABLE | size",
                "203 | {\"error\":{\"Op\":\"open\",\"Err\":13},\"item\":\"/volume/a\"}              | PermissionDenied  | USER_FIXABLE | root",
                "204 | ciphertext verification failed                                          | RepositoryDamaged | USER_FIXABLE | forget",
                "127 | bash: restic: command not found                                         | MoverImage        | USER_FIXABLE | restic",
            })
    void look_whatMustBeMended_failsAtOnceAndSaysHow(int code, String words, String reason, Kind kind, String fix) {
        halves.start();
        halves.ends(Half.BACKUP, code, "exit=" + code + "\nerror=" + words + "\n");
        assertFailed(reason, kind, code == 127 ? "mover:1" : words);
        assertThat(((Failed) look()).fix()).contains(fix);
    }

    @ParameterizedTest
    @CsvSource({
        "1, dial tcp: connect: connection refused, RepositoryUnreachable",
        "1, 503 Service Unavailable, RepositoryUnreachable",
        "1, something new, ResticFailed",
        "201, cannot read, VerifyFailed",
    })
    void look_whatMayPass_isTriedAgain(int code, String words, String reason) {
        halves.start();
        halves.lastAttempts.put(Half.BACKUP, 1);
        halves.ends(Half.BACKUP, code, "exit=" + code + "\nerror=" + words + "\n");
        pending().contains("attempt 2 of 5", words);
        halves.pods.get(Half.BACKUP).clear();
        halves.create(Half.BACKUP, Attempts.LIMIT);
        halves.ends(Half.BACKUP, code, "exit=" + code + "\nerror=" + words + "\n");
        assertFailed(reason, Kind.TRANSIENT, "after 5 attempts");
    }

    @Test
    void look_outOfMemory_isNotTriedAgain() {
        halves.start();
        halves.ends(Half.BACKUP, 137, "OOMKilled", "");
        assertFailed("OutOfMemory", Kind.USER_FIXABLE, "more memory");
    }

    @Test
    void look_evicted_isTriedAgain() {
        restoring();
        halves.evicted(Half.RESTORE);
        pending().contains("attempt 2 of 5 of the restore starts in", "node was low on memory");
    }

    @Test
    void look_targetFull_namesTheClaimAndItsSize() {
        restoring();
        halves.ends(Half.RESTORE, 204, "exit=204\nerror=write /volume/a: no space left on device\n");
        assertFailed("NoSpaceLeft", Kind.USER_FIXABLE, "target/files of 4Mi is full");
    }

    private void restoring() {
        halves.start();
        halves.ends(Half.BACKUP, 0, BACKED_UP);
        look();
        halves.runs(Half.RESTORE);
    }

    private TransferStatus look() {
        VolumeMove move = new VolumeMove(
                "k",
                new ClaimRef("source", "files"),
                new ClaimRef("target", "files"),
                VolumeChoice.copy().verify(),
                pass,
                "shop-1");
        return new ResticTransfer(move, halves, halves.now, Duration.ofMinutes(5)).look();
    }

    private AbstractStringAssert<?> pending() {
        TransferStatus status = look();
        assertThat(status).isInstanceOf(Pending.class);
        return assertThat(((Pending) status).reason());
    }

    private AbstractStringAssert<?> running(long bytes, long total) {
        TransferStatus status = look();
        assertThat(status).isInstanceOf(Running.class);
        Running running = (Running) status;
        assertThat(running.transferredBytes()).isEqualTo(bytes);
        assertThat(running.totalBytes()).hasValue(total);
        return assertThat(running.detail());
    }

    private void assertFailed(String reason, Kind kind, String text) {
        assertThat(look()).asInstanceOf(type(Failed.class)).satisfies(failed -> {
            assertThat(failed.reason()).isEqualTo(reason);
            assertThat(failed.kind()).isEqualTo(kind);
            assertThat(failed.message()).contains(text);
        });
    }
}
