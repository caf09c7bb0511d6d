package dev.mtc.transfer.internal.rsync;

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
import dev.mtc.transfer.internal.pods.PodDiagnosis;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ObjectAssert;
import org.junit.jupiter.api.Test;

class TransferTest {

    private static final String CLEAN =
            "exit=0\nfiles=3\ntotal=100\nliteral=40\nvanished=0\nchanged=0\nproblems=0\nfull=no\ndenied=no\n";

    private final FakeObjects objects = new FakeObjects();
    private Pass pass = Pass.COLD;

    @Test
    void look_neverStarted_isLost() {
        assertThat(look()).isInstanceOf(Lost.class);
    }

    @Test
    void look_smoothTransfer_goesThroughAllStates() {
        objects.start();
        pending().contains("receiver pod shop/recv-1");
        objects.runs(Role.RECEIVER);
        pending().contains("198.51.100.7:30100");
        assertThat(objects.pods(Role.SENDER)).hasSize(1);
        pending().contains("sender pod shop/send-1");
        objects.runs(Role.SENDER);
        pending().contains("connects");
        objects.log = "  50  50%  1.00MB/s  0:00:02 (xfr#1, to-chk=2/3) total=100 files=3\n";
        assertThat(look()).isInstanceOf(Running.class);
        objects.ends(Role.SENDER, 0, CLEAN);
        for (int i = 0; i < 2; i++) {
            assertThat(look()).asInstanceOf(type(Succeeded.class)).satisfies(done -> {
                assertThat(done.movedBytes()).isEqualTo(40);
                assertThat(done.totalBytes()).isEqualTo(100);
                assertThat(done.proof()).isNull();
                assertThat(done.warnings()).isEmpty();
            });
        }
    }

    @Test
    void look_addressUnknown_waitsForIt() {
        objects.start();
        objects.runs(Role.RECEIVER);
        objects.addresses = List.of();
        pending().contains("address");
        assertThat(objects.pods(Role.SENDER)).isEmpty();
    }

    @Test
    void look_addressUnknownForTooLong_failsAndSaysWhatToOpen() {
        objects.start();
        objects.runs(Role.RECEIVER);
        objects.addresses = List.of();
        objects.now = objects.now.plus(Duration.ofDays(400));
        failed().satisfies(failed -> {
            assertThat(failed.reason()).isEqualTo("EndpointPending");
            assertThat(failed.fix()).isEqualTo("open the port");
        });
    }

    @Test
    void look_senderRuns_itsLimitIsKeptAtEachLook() {
        objects.start();
        objects.runs(Role.RECEIVER);
        look();
        look();
        assertThat(objects.limitsKept).as("while the sender does not run").isZero();
        objects.runs(Role.SENDER);
        look();
        look();
        assertThat(objects.limitsKept).isEqualTo(2);
    }

    @Test
    void look_senderUsesTheTunnel_itIsHeldUntilTheSenderEnds() {
        sending();
        objects.log = "via=node-port 198.51.100.7:30100\n";
        pending().contains("via node-port 198.51.100.7:30100");
        assertThat(objects.tunnelsHeld).isZero();
        objects.log = "via=tunnel, because of node-port 198.51.100.7:30100: Connection refused (111)\n";
        pending().contains("via tunnel, because of node-port 198.51.100.7:30100: Connection refused");
        assertThat(objects.tunnelsHeld).isEqualTo(1);
        assertThat(objects.tunnelDropped).isFalse();
        objects.ends(Role.SENDER, 0, "");
        look();
        assertThat(objects.tunnelDropped).isTrue();
    }

    @Test
    void look_verifiedAndEqual_tellsTheProof() {
        sending();
        objects.log = "verifying source=working 50 100 target=done total=100\n";
        assertThat(look()).asInstanceOf(type(Running.class)).satisfies(running -> assertThat(running.detail())
                .isEqualTo("verifying, hashed 50 bytes of 100 bytes on the source, all on the target"));
        objects.ends(Role.SENDER, 0, CLEAN + "different=0\nentries=5\nhashed=3\nbytes=100\n");
        assertThat(look()).asInstanceOf(type(Succeeded.class)).satisfies(done -> assertThat(done.proof())
                .isEqualTo("5 entries equal (types, modes, owners, sizes, times, links, xattrs, ACLs, contents by"
                        + " BLAKE2b of 3 files, 100 bytes)"));
    }

    @Test
    void look_verifiedWithoutGetfattr_warnsAndClaimsNoAttributes() {
        sending();
        objects.ends(Role.SENDER, 0, CLEAN + "different=0\nentries=5\nunseen=target\n");
        assertThat(look()).asInstanceOf(type(Succeeded.class)).satisfies(done -> {
            assertThat(done.proof()).doesNotContain("xattrs");
            assertThat(done.warnings()).singleElement().asString().contains("mover image of the target", "attr");
        });
    }

    @Test
    void look_verifiedAndDifferent_failsAndNamesThem() {
        sending();
        objects.differences.addAll(List.of("-./a\tm\tf 644 0 0 1 5", "+./a\tm\tf 600 0 0 1 5", "-./b\tx\tuser.k=0x76"));
        objects.ends(Role.SENDER, 0, CLEAN + "different=2\ndifference=-./a\tm\tf 644\n");
        failed().satisfies(failure -> {
            assertThat(failure.reason()).isEqualTo("VerifyFailed");
            assertThat(failure.message())
                    .contains(
                            "2 differences",
                            "a: mode 644 on the source, 600 on the target",
                            "b: attribute user.k 0x76 on the source, missing on the target");
        });
    }

    @Test
    void look_verifiedAndDifferentButLogLost_namesWhatTheReportHas() {
        sending();
        objects.ends(Role.SENDER, 0, CLEAN + "different=2\ndifference=+./b c\tm\tf 644 0 0 1 5\n");
        failed().satisfies(failure -> assertThat(failure.message()).contains("b c: only on the target"));
    }

    @Test
    void look_connectionBroke_triesAgainAfterGrowingDelaysAndGivesUp() {
        sending();
        for (int attempt = 1; attempt < Attempts.LIMIT; attempt++) {
            objects.ends(Role.SENDER, 12, "exit=12\nerror=rsync error: connection unexpectedly closed\n");
            pending().contains("attempt " + (attempt + 1) + " of 5 starts in", "connection unexpectedly closed");
            objects.now = objects.now.plus(Attempts.delayAfter(attempt).minusMillis(1));
            pending().contains("starts in 1 s");
            objects.now = objects.now.plusMillis(1);
            pending().contains("is made");
            look();
            assertThat(objects.pods(Role.SENDER)).hasSize(1);
        }
        objects.ends(Role.SENDER, 12, "exit=12\nerror=rsync error: connection unexpectedly closed\n");
        failed().satisfies(failure -> {
            assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
            assertThat(failure.reason()).isEqualTo("ConnectionLost");
            assertThat(failure.message()).contains("after 5 attempts", "connection unexpectedly closed");
            assertThat(failure.fix()).isEqualTo("open the port");
        });
    }

    @Test
    void look_noSpace_failsAtOnceAndNamesTheClaim() {
        sending();
        objects.ends(Role.SENDER, 12, "exit=12\nfull=yes\nproblems=1\nerror=No space left on device (28)\n");
        failed().satisfies(failure -> {
            assertThat(failure.kind()).isEqualTo(Kind.USER_FIXABLE);
            assertThat(failure.reason()).isEqualTo("NoSpaceLeft");
            assertThat(failure.message()).contains("target/files of 4Mi");
        });
    }

    @Test
    void look_permissionDenied_failsAtOnce() {
        sending();
        objects.ends(Role.SENDER, 23, "exit=23\nfull=no\ndenied=yes\nproblems=1\n");
        failed().satisfies(failure -> assertThat(failure.reason()).isEqualTo("PermissionDenied"));
    }

    @Test
    void look_filesVanishedInHotPass_succeedsWithWarning() {
        pass = Pass.HOT;
        sending();
        objects.ends(
                Role.SENDER,
                23,
                "exit=23\nliteral=1\ntotal=2\nvanished=4\nchanged=1\nproblems=0\nnote=file has vanished: a\n");
        assertThat(look()).asInstanceOf(type(Succeeded.class)).satisfies(done -> assertThat(done.warnings())
                .singleElement()
                .asString()
                .contains("4 files vanished and 1 changed", "file has vanished: a"));
    }

    @Test
    void look_filesVanishedInColdPass_triesAgain() {
        sending();
        objects.ends(Role.SENDER, 24, "exit=24\nvanished=4\nchanged=0\nproblems=0\nnote=file has vanished: a\n");
        pending().contains("attempt 2 of 5", "file has vanished: a");
    }

    @Test
    void look_realProblemsInHotPass_fails() {
        pass = Pass.HOT;
        sending();
        objects.ends(Role.SENDER, 23, "exit=23\nvanished=4\nchanged=0\nproblems=1\nerror=Input/output error (5)\n");
        failed().satisfies(failure -> assertThat(failure.message()).contains("Input/output error"));
    }

    @Test
    void look_unknownOrPermanentCode_isNotRetried() {
        sending();
        objects.ends(Role.SENDER, 77, "");
        failed().satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.PERMANENT));
        assertThat(objects.pods(Role.SENDER)).hasSize(1);
    }

    @Test
    void look_targetReadOnly_failsAtOnceAndNamesIt() {
        sending();
        objects.ends(Role.SENDER, 23, "exit=23\nfull=no\ndenied=no\nreadonly=yes\nproblems=1\nerror=mkstemp failed\n");
        failed().satisfies(failure -> {
            assertThat(failure.kind()).isEqualTo(Kind.USER_FIXABLE);
            assertThat(failure.reason()).isEqualTo("ReadOnlyTarget");
            assertThat(failure.message()).contains("target", "mkstemp failed");
            assertThat(failure.fix()).contains("mountOptions");
        });
    }

    @Test
    void look_outOfMemory_fails() {
        sending();
        objects.ends(Role.SENDER, 137, "OOMKilled", "");
        failed().satisfies(failure -> assertThat(failure.reason()).isEqualTo("OutOfMemory"));
    }

    @Test
    void look_senderEvicted_triesAgain() {
        sending();
        objects.evicted(Role.SENDER);
        pending().contains("attempt 2 of 5", "node was low on memory");
    }

    @Test
    void look_senderDeleted_countsTheAttempts() {
        sending();
        objects.pods.get(Role.SENDER).clear();
        pending().contains("sender pod 2 of 5");
        objects.pods.get(Role.SENDER).clear();
        objects.lastAttempt = Attempts.LIMIT;
        failed().satisfies(failure -> assertThat(failure.reason()).isEqualTo("PodLost"));
    }

    @Test
    void look_receiverGoneAfterConnectionBroke_makesAnotherReceiverFirst() {
        sending();
        objects.ends(Role.SENDER, 12, "exit=12\n");
        objects.pods.get(Role.RECEIVER).clear();
        objects.now = objects.now.plusSeconds(60);
        pending().contains("receiver pod is made again");
        pending().contains("receiver pod shop/recv-1");
        assertThat(objects.pods(Role.SENDER)).hasSize(1);
        objects.runs(Role.RECEIVER);
        pending().contains("sender pod 2 of 5");
    }

    @Test
    void look_receiverEnds_isReplacedUntilTheLimit() {
        objects.start();
        for (int attempt = 1; attempt < Attempts.LIMIT; attempt++) {
            objects.ends(Role.RECEIVER, 1, "stunnel ended with code 1");
            pending().contains("made again");
        }
        objects.ends(Role.RECEIVER, 1, "stunnel ended with code 1");
        failed().satisfies(failure -> assertThat(failure.message()).contains("stunnel ended with code 1"));
    }

    @Test
    void look_imageWithoutBash_failsAtOnce() {
        objects.start();
        objects.ends(Role.RECEIVER, 128, "StartError", "exec: bash: not found");
        failed().satisfies(failure -> {
            assertThat(failure.reason()).isEqualTo("MoverImage");
            assertThat(failure.message()).contains("mover:1", "bash: not found");
        });
    }

    @Test
    void look_imageWithoutBashOnCriO_failsAtOnceToo() {
        objects.start();
        objects.waits(Role.RECEIVER, "CreateContainerError", "exec: \"bash\": executable file not found in $PATH");
        failed().satisfies(failure -> {
            assertThat(failure.reason()).isEqualTo("MoverImage");
            assertThat(failure.message()).contains("mover:1 lacks bash", "not found in $PATH");
        });
    }

    @Test
    void look_imageWithoutTools_failsAtOnceAndNamesThem() {
        String report = "missing=stunnel\nmissing=rsync 3.2 (it has 3.1)\n";
        objects.start();
        objects.ends(Role.RECEIVER, 127, report);
        failed().satisfies(failure -> {
            assertThat(failure.reason()).isEqualTo("MoverImage");
            assertThat(failure.message()).contains("mover:1 lacks stunnel, rsync 3.2 (it has 3.1)");
        });
        objects.runs(Role.RECEIVER);
        look();
        objects.ends(Role.SENDER, 127, report);
        failed().satisfies(failure -> {
            assertThat(failure.reason()).isEqualTo("MoverImage");
            assertThat(failure.kind()).isEqualTo(Failed.Kind.USER_FIXABLE);
            assertThat(failure.message()).contains("mover:1 lacks stunnel, rsync 3.2 (it has 3.1)");
            assertThat(failure.fix()).contains("rsync 3.2 and stunnel 5");
        });
    }

    @Test
    void look_imageNotPulled_failsAfterFiveSeconds() {
        objects.start();
        objects.waits(Role.RECEIVER, "ErrImagePull");
        objects.warns(Role.RECEIVER, "Failed", "manifest unknown");
        pending().contains("manifest unknown");
        objects.now = objects.now.plus(PodDiagnosis.IMAGE_PATIENCE);
        failed().satisfies(failure -> {
            assertThat(failure.reason()).isEqualTo("ImagePull");
            assertThat(failure.message()).contains("target cluster", "mover:1", "manifest unknown");
            assertThat(failure.fix()).contains("Cluster.moverImage");
        });
    }

    @Test
    void look_imageNameInvalid_failsAtOnce() {
        objects.start();
        objects.waits(Role.RECEIVER, "InvalidImageName");
        failed().satisfies(failure -> assertThat(failure.reason()).isEqualTo("ImagePull"));
    }

    @Test
    void look_unschedulable_failsAfterTheLimit() {
        objects.start();
        objects.unschedulable(Role.RECEIVER, "0/3 nodes are available");
        pending().contains("Unschedulable, 0/3 nodes are available");
        objects.now = objects.now.plusSeconds(61);
        failed().satisfies(failure -> {
            assertThat(failure.reason()).isEqualTo("PodPending");
            assertThat(failure.message())
                    .contains("shop/recv-1", "target/files", "storage class slow", "0/3 nodes are available");
        });
    }

    @Test
    void look_volumeNotMounted_saysWhatTheEventSays() {
        objects.start();
        objects.waits(Role.RECEIVER, "ContainerCreating");
        objects.warns(Role.RECEIVER, "FailedMount", "timed out waiting for the condition");
        pending().contains("FailedMount, timed out waiting for the condition");
    }

    /** Brings the first sender to run. */
    private void sending() {
        objects.start();
        objects.runs(Role.RECEIVER);
        look();
        objects.runs(Role.SENDER);
    }

    private org.assertj.core.api.AbstractStringAssert<?> pending() {
        TransferStatus status = look();
        assertThat(status).isInstanceOf(Pending.class);
        return assertThat(((Pending) status).reason());
    }

    private ObjectAssert<Failed> failed() {
        TransferStatus status = look();
        assertThat(status).isInstanceOf(Failed.class);
        return assertThat((Failed) status);
    }

    private TransferStatus look() {
        VolumeMove move = new VolumeMove(
                "k", new ClaimRef("source", "files"), new ClaimRef("target", "files"), VolumeChoice.copy(), pass);
        return new Transfer(move, objects, objects.now, Duration.ofSeconds(60)).look();
    }
}
