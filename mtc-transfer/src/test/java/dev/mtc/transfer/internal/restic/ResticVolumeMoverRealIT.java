package dev.mtc.transfer.internal.restic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mtc.api.S3Storage;
import dev.mtc.api.Secret;
import dev.mtc.api.Side;
import dev.mtc.api.Storage;
import dev.mtc.api.StorageAccessException;
import dev.mtc.api.contract.Polling;
import dev.mtc.api.contract.VolumeMoverContract;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.TransferRef;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.api.spi.TransferStatus.Failed;
import dev.mtc.api.spi.TransferStatus.Running;
import dev.mtc.api.spi.TransferStatus.Succeeded;
import dev.mtc.api.spi.VolumeMove;
import dev.mtc.api.spi.VolumeMove.Pass;
import dev.mtc.api.spi.VolumeMover;
import dev.mtc.transfer.internal.objectstore.Stores;
import dev.mtc.transfer.internal.pods.AwkwardTree;
import dev.mtc.transfer.internal.pods.PodState;
import dev.mtc.transfer.internal.pods.RealBed;
import dev.mtc.transfer.internal.pods.TransferId;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** On two real clusters with a real S3 server between them; run with the profile {@code real}. */
class ResticVolumeMoverRealIT extends VolumeMoverContract {

    private static RepositoryBed bed;

    @BeforeAll
    static void open() {
        bed = new RepositoryBed("it-restic");
    }

    @AfterAll
    static void close() {
        if (bed != null) {
            bed.close();
        }
    }

    @Override
    protected VolumeMover mover() {
        return new ResticVolumeMover();
    }

    @Override
    protected MoverContext context() {
        return bed.context();
    }

    @Override
    protected Volumes volumes() {
        return RepositoryBed.through(pair());
    }

    @Override
    protected Duration limit() {
        return Duration.ofSeconds(180);
    }

    private static RealBed.Pair pair() {
        return bed.clusters().pair();
    }

    @Test
    void pass_awkwardTree_arrivesEqualAndIsVerified() {
        RealBed.Pair pair = pair().verified();
        pair.onSource(AwkwardTree.script());

        Succeeded result = complete(RepositoryBed.move(pair, "cold", Pass.COLD), context());

        assertThat(AwkwardTree.difference(pair)).isEmpty();
        assertThat(result.proof()).contains("entries equal", "xattrs, ACLs", "contents by BLAKE2b");
    }

    @Test
    void secondPass_changedDeletedAndTouched_movesOnlyThat(TestReporter reporter) {
        RealBed.Pair pair = pair();
        pair.onSource("mkdir d; head -c 20M /dev/urandom >d/large; echo a >d/gone; echo a >changed; ln -s d link;"
                + " mknod null c 1 3; echo 1 >one; ln one two; truncate -s 30M sparse");
        Succeeded first = complete(RepositoryBed.move(pair, "1", Pass.HOT), context());
        pair.onSource("rm d/gone link two; echo bb >changed; chmod 600 d/large; touch -d 2001-02-03 d; chmod 750 .;"
                + " mkdir link; echo 3 >link/three");
        pair.onTarget("echo x >extra; ln -s /etc/hostname follow; rm changed; ln -s one changed");

        Succeeded second = complete(RepositoryBed.move(pair, "2", Pass.COLD), context());

        assertThat(AwkwardTree.difference(pair)).isEmpty();
        assertThat(pair.onTarget("du -k sparse | cut -f 1")).isEqualTo("0");
        assertThat(pair.onTarget("cat one")).isEqualTo("1");
        // the file with another mode is fetched again, but not stored again
        assertThat(second.movedBytes()).isBetween(3L, 20L * 1024 * 1024 + 20_000);
        reporter.publishEntry(Map.of("first", first.toString(), "second", second.toString()));
    }

    @Test
    void secondPass_oneFileOfMany_fetchesThatOne(TestReporter reporter) {
        RealBed.Pair pair = pair().verified();
        pair.onSource("for i in $(seq 500); do head -c 20000 /dev/urandom >f$i; done");
        Succeeded first = complete(RepositoryBed.move(pair, "1", Pass.HOT), context());
        pair.onSource("head -c 300000 /dev/urandom >f77; rm f78");

        Succeeded second = complete(RepositoryBed.move(pair, "2", Pass.COLD), context());

        assertThat(AwkwardTree.difference(pair)).isEmpty();
        assertThat(first.movedBytes()).isGreaterThan(20_000_000L);
        assertThat(second.movedBytes()).isBetween(600_000L, 1_600_000L);
        reporter.publishEntry(Map.of("first", first.toString(), "second", second.toString()));
    }

    @Test
    @EnabledIfSystemProperty(named = "mtc.exhaustive", matches = "true")
    void verifiedPass_contentChangedBehindItsBack_namesTheFile() {
        RealBed.Pair pair = pair().verified();
        pair.onSource("echo one >same; echo two >other");
        complete(RepositoryBed.move(pair, "1", Pass.COLD), context());
        pair.onTarget("touch -r other /tmp/r; printf X | dd of=other conv=notrunc status=none; touch -r /tmp/r other");

        Failed failed = fail(RepositoryBed.move(pair, "2", Pass.COLD), context());

        assertThat(failed.reason()).isEqualTo("VerifyFailed");
        assertThat(failed.message()).contains("1 differences", "other").doesNotContain("same");
    }

    @Test
    void strictPass_sourceIsWritten_fails() {
        RealBed.Pair pair = pair();
        pair.onSource("rm -f /tmp/enough; head -c 50M /dev/urandom >large;"
                + " (until [[ -e /tmp/enough ]]; do sleep 0.05; date +%N >busy; done) >/dev/null 2>&1 &");
        MoverContext context = context();
        VolumeMove move = RepositoryBed.move(pair, "1", Pass.COLD);
        TransferRef ref = mover().start(move, context);

        String reason = Polling.until(
                        () -> mover().poll(ref, move, context),
                        status -> status.toString().contains("changed"),
                        limit())
                .toString();

        pair.onSource("touch /tmp/enough");
        assertThat(reason).containsPattern("attempt [2-5] of 5").contains("./busy", pair.name());
        mover().cancel(ref, move, context);
        cleanUp(ref, move, context);
        assertThat(pair.onTarget("ls")).isEmpty();
    }

    @Test
    void pass_targetTooSmall_failsAtOnceAndNamesTheClaim() {
        RealBed.Pair pair = bed.clusters().new Pair("tiny", "4Mi");
        pair.onSource("head -c 9M /dev/urandom >large");

        Failed failed = fail(RepositoryBed.move(pair, "k", Pass.COLD), context());

        assertThat(failed.reason()).as(failed.message()).isEqualTo("NoSpaceLeft");
        assertThat(failed.message()).contains("it-restic-b/" + pair.name(), "4Mi");
    }

    @Test
    void pass_otherPassword_failsAtOnceAndIsNamed() {
        RealBed.Pair pair = pair();
        pair.onSource("echo a >a");
        complete(RepositoryBed.move(pair, "1", Pass.HOT), context());

        Failed failed = fail(
                RepositoryBed.move(pair, "2", Pass.HOT),
                bed.context(bed.storage().volumePassword(Secret.of("another"))));

        assertThat(failed.reason()).as(failed.message()).isEqualTo("WrongPassword");
        assertThat(failed.kind()).isEqualTo(Failed.Kind.USER_FIXABLE);
        assertThat(failed.message()).contains("volumes/" + RepositoryBed.PLAN);
        assertThat(failed.fix()).contains("volumePassword");
    }

    @Test
    void pass_credentialsRefusedOrBucketMissing_failsSoonAndIsNamed() {
        RealBed.Pair pair = pair();
        S3Storage denied = bed.storage().credentials(RepositoryBed.variable("MTC_S3_ACCESS_KEY"), Secret.of("wrong"));
        S3Storage unknown = bed.storage().credentials("nobody", Secret.of("wrong"));
        S3Storage missing = Storage.s3("no-such-bucket-of-mtc", RepositoryBed.variable("MTC_S3_ENDPOINT"))
                .pathStyleAccess()
                .credentials(RepositoryBed.variable("MTC_S3_ACCESS_KEY"), Secret.fromEnv("MTC_S3_SECRET_KEY"));

        assertThat(fail(RepositoryBed.move(pair, "1", Pass.HOT), bed.context(denied))
                        .reason())
                .isEqualTo("RepositoryDenied");
        assertThat(fail(RepositoryBed.move(pair, "2", Pass.HOT), bed.context(unknown))
                        .reason())
                .isEqualTo("RepositoryDenied");
        // restic would make the bucket, so this process looks for it first
        try (var unreached = Stores.open(missing)) {
            MoverContext context =
                    new StoreContext(missing, unreached, bed.clusters().context());
            assertThatThrownBy(() -> mover().start(RepositoryBed.move(pair, "3", Pass.HOT), context))
                    .isInstanceOf(StorageAccessException.class)
                    .hasMessageContaining("no-such-bucket-of-mtc");
        }
    }

    @Test
    void pass_overTlsWithOwnAuthorityAndPassword_succeedsUnlessThatIsUnknown() {
        RealBed.Pair pair = pair().verified();
        pair.onSource("echo a >a; head -c 3M /dev/urandom >b");
        S3Storage unknown = Storage.s3(bed.storage().bucket(), RepositoryBed.variable("MTC_S3_TLS_ENDPOINT"))
                .pathStyleAccess()
                .prefix(bed.storage().prefix())
                .credentials(RepositoryBed.variable("MTC_S3_ACCESS_KEY"), Secret.fromEnv("MTC_S3_SECRET_KEY"))
                .volumePassword(Secret.of("sesame"));
        S3Storage trusted = unknown.caBundle(Path.of(RepositoryBed.variable("MTC_S3_CA")));

        Failed failed = fail(RepositoryBed.move(pair, "1", Pass.COLD), bed.context(unknown));
        Succeeded result = complete(RepositoryBed.move(pair, "2", Pass.COLD), bed.context(trusted));

        assertThat(failed.reason()).as(failed.message()).isEqualTo("Untrusted");
        assertThat(failed.fix()).contains("caBundle");
        assertThat(AwkwardTree.difference(pair)).isEmpty();
        assertThat(result.proof()).isNotNull();

        pair.onSource("echo b >a");
        complete(RepositoryBed.move(pair, "3", Pass.COLD), bed.context(unknown.insecure()));
        assertThat(AwkwardTree.difference(pair)).isEmpty();
    }

    @Test
    void backup_podKilled_goesOnAndNothingStaysLocked() {
        RealBed.assumePicked(0, 2);
        RealBed.Pair pair = pair().verified();
        pair.onSource("for i in 1 2 3; do head -c 100M /dev/urandom >large$i; done");
        MoverContext context = context();
        VolumeMove move = RepositoryBed.move(pair, "1", Pass.COLD);

        TransferRef ref = mover().start(move, context);
        await(ref, move, context, "into the repository");
        kill(Half.BACKUP, ref);
        TransferStatus end = end(ref, move, context);
        cleanUp(ref, move, context);

        assertThat(end).isInstanceOf(Succeeded.class);
        assertThat(AwkwardTree.difference(pair)).isEmpty();
        assertThat(bed.keys(VolumePlace.of(move).locks())).isEmpty();
    }

    @Test
    void restore_podKilled_goesOnAndNothingStaysLocked() {
        RealBed.assumePicked(1, 2);
        RealBed.Pair pair = pair().verified();
        pair.onSource("for i in 1 2 3; do head -c 100M /dev/urandom >large$i; done");
        MoverContext context = context();
        VolumeMove move = RepositoryBed.move(pair, "1", Pass.COLD);

        TransferRef ref = mover().start(move, context);
        await(ref, move, context, "out of the repository");
        kill(Half.RESTORE, ref);
        Set<String> seen = new HashSet<>();
        TransferStatus end = Polling.until(
                () -> mover().poll(ref, move, context),
                status -> {
                    seen.add(status.toString());
                    return status instanceof Succeeded || status instanceof Failed;
                },
                limit());
        cleanUp(ref, move, context);

        assertThat(end).isInstanceOf(Succeeded.class);
        assertThat(seen).noneMatch(text -> text.contains("into the repository"));
        assertThat(AwkwardTree.difference(pair)).isEmpty();
        assertThat(bed.keys(VolumePlace.of(move).locks())).isEmpty();
    }

    @Test
    void cancel_inTheMiddle_leavesNoLockNoSecretAndNoPod() {
        RealBed.Pair pair = pair();
        pair.onSource("head -c 200M /dev/urandom >large");
        MoverContext context = context();
        VolumeMove move = RepositoryBed.move(pair, "1", Pass.HOT);
        TransferRef ref = mover().start(move, context);
        await(ref, move, context, "into the repository");
        assertThat(bed.keys(VolumePlace.of(move).locks())).isNotEmpty();

        mover().cancel(ref, move, context);
        cleanUp(ref, move, context);

        assertThat(bed.keys(VolumePlace.of(move).locks())).isEmpty();
        for (Side side : Side.values()) {
            assertThat(bed.clusters()
                            .client(side)
                            .secrets()
                            .inNamespace(pair.ref(side).namespace())
                            .withLabel(TransferId.TRANSFER_LABEL)
                            .list()
                            .getItems())
                    .noneMatch(secret ->
                            ref.token().equals(secret.getMetadata().getLabels().get(TransferId.TRANSFER_LABEL)));
        }
        // what was stored until then helps the next attempt
        assertThat(complete(RepositoryBed.move(pair, "2", Pass.COLD), context()).totalBytes())
                .isEqualTo(200L * 1024 * 1024);
    }

    @Test
    @EnabledIfSystemProperty(named = "mtc.exhaustive", matches = "true")
    void passes_many_keepOneSnapshotOfEachKind() {
        RealBed.Pair pair = pair();
        for (int i = 0; i < 2; i++) {
            pair.onSource("head -c 2M /dev/urandom >f");
            complete(RepositoryBed.move(pair, "hot" + i, Pass.HOT), context());
        }
        VolumePlace place = VolumePlace.of(RepositoryBed.move(pair, "k", Pass.HOT));

        assertThat(bed.keys(place.restic() + "/snapshots/")).hasSize(2);
        assertThat(bed.store().stat(VolumePassword.KEY)).isPresent();
        long stored = new VolumeKeeper()
                .inventory(bed.storage()).holdings().stream()
                        .filter(holding -> holding.names().contains(place.name()))
                        .count();
        assertThat(stored).isEqualTo(1);
    }

    private Failed fail(VolumeMove move, MoverContext context) {
        TransferRef ref = mover().start(move, context);
        TransferStatus end = end(ref, move, context);
        cleanUp(ref, move, context);
        assertThat(end).isInstanceOf(Failed.class);
        return (Failed) end;
    }

    private void await(TransferRef ref, VolumeMove move, MoverContext context, String detail) {
        Polling.until(
                () -> mover().poll(ref, move, context),
                status -> status instanceof Running running && running.detail().startsWith(detail),
                limit());
    }

    private void kill(Half half, TransferRef ref) {
        List<Pod> pods = bed.clusters()
                .client(half.side())
                .pods()
                .inAnyNamespace()
                .withLabels(new TransferId(ref.token()).labels(half))
                .list()
                .getItems();
        Pod pod = PodState.newest(pods).orElseThrow();
        bed.clusters()
                .client(half.side())
                .pods()
                .resource(pod)
                .withGracePeriod(0)
                .delete();
    }
}
