package dev.mtc.transfer.internal.restic;

import dev.mtc.api.spi.TransferStatus;
import dev.mtc.api.spi.TransferStatus.Failed;
import dev.mtc.api.spi.TransferStatus.Failed.Kind;
import dev.mtc.api.spi.VolumeMove;
import dev.mtc.transfer.internal.pods.Attempts;
import dev.mtc.transfer.internal.pods.PodDiagnosis;
import dev.mtc.transfer.internal.pods.PodState;
import dev.mtc.transfer.internal.pods.Verdict;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The state machine of a transfer. Nothing is remembered here: each look reads from the clusters where the transfer is and
 * takes the one step that is due: backup pending, running, ended, noted as stored; restore pending, running, ended; then done,
 * failed, or a pod of the same half again.
 */
final class ResticTransfer {

    private final VolumeMove move;
    private final Halves halves;
    private final Instant now;
    private final Duration pendingLimit;

    ResticTransfer(VolumeMove move, Halves halves, Instant now, Duration pendingLimit) {
        this.move = move;
        this.halves = halves;
        this.now = now;
        this.pendingLimit = pendingLimit;
    }

    TransferStatus look() {
        List<Pod> restores = halves.pods(Half.RESTORE);
        if (PodState.newest(restores).isPresent()) {
            return watch(Half.RESTORE, restores);
        } else if (!halves.isStarted()) {
            return new TransferStatus.Lost();
        } else if (halves.stored().isPresent()) {
            return withoutPod(Half.RESTORE, restores);
        }
        List<Pod> backups = halves.pods(Half.BACKUP);
        return PodState.newest(backups).isPresent() ? watch(Half.BACKUP, backups) : withoutPod(Half.BACKUP, backups);
    }

    private TransferStatus watch(Half half, List<Pod> pods) {
        Pod pod = PodState.newest(pods).orElseThrow();
        pods.stream()
                .filter(other -> PodState.isLiving(other) && PodState.attempt(other) < PodState.attempt(pod))
                .forEach(other -> halves.delete(half, other));
        return switch (PodState.of(pod)) {
            case PENDING ->
                new PodDiagnosis(half, pod, halves.claim(half), halves.events(half, pod)).status(now, pendingLimit);
            case STARTING, RUNNING -> running(half, pod);
            case ENDED -> ended(half, pod, pods);
        };
    }

    private TransferStatus running(Half half, Pod pod) {
        long size = half == Half.BACKUP
                ? 0
                : halves.stored().map(Stored::totalBytes).orElse(0L);
        return ResticProgress.latest(halves.logTail(half, pod))
                .<TransferStatus>map(progress -> progress.status(half, size, Attempts.helper(pod)))
                .orElseGet(() -> new TransferStatus.Pending(
                        half.word() + " pod " + PodState.name(pod) + " opens " + halves.repository()));
    }

    private TransferStatus ended(Half half, Pod pod, List<Pod> pods) {
        HalfEnd end = HalfEnd.of(move, half, pod, halves);
        Verdict verdict = end.verdict();
        if (verdict instanceof Verdict.Done done) {
            return half == Half.BACKUP ? stored(end, done) : arrived(end, done);
        } else if (verdict instanceof Verdict.Stop stop) {
            return stop.failure();
        }
        int attempt = PodState.attempt(pod);
        Instant due = PodState.finished(pod).orElse(now).plus(Attempts.delayAfter(attempt));
        return again(half, attempt, due, new Last(((Verdict.Retry) verdict).failure(), pods));
    }

    private TransferStatus stored(HalfEnd end, Verdict.Done done) {
        halves.store(Stored.of(end.report(), done.warnings()));
        halves.create(Half.RESTORE, 1);
        return new TransferStatus.Pending(move.source() + " is in " + halves.repository() + "; a restore pod is made");
    }

    private TransferStatus arrived(HalfEnd end, Verdict.Done done) {
        Optional<Stored> stored = halves.stored();
        List<String> warnings = new ArrayList<>(stored.map(Stored::warnings).orElse(List.of()));
        warnings.addAll(done.warnings());
        return new TransferStatus.Succeeded(
                stored.map(Stored::addedBytes).orElse(0L) + end.report().number("fetched"),
                stored.map(Stored::totalBytes).orElse(0L),
                end.proof().orElse(null),
                warnings);
    }

    private TransferStatus withoutPod(Half half, List<Pod> leaving) {
        int lost = Math.max(
                halves.lastAttempt(half),
                leaving.stream().mapToInt(PodState::attempt).max().orElse(0));
        return again(
                half,
                lost,
                now,
                new Last(
                        new Failed(
                                Kind.TRANSIENT,
                                "PodLost",
                                "Copying " + move + " failed: the " + half.word() + " pod was deleted " + lost
                                        + " times",
                                "find out who deletes pods in namespace "
                                        + half.claim(move).namespace()),
                        leaving));
    }

    /**
     * What became of the last pod.
     *
     * @param failure what is reported if there is no other attempt
     * @param pods those of its half that are still there
     */
    private record Last(Failed failure, List<Pod> pods) {}

    /** Sees to another pod as soon as it is due and no other works on the same repository. */
    private TransferStatus again(Half half, int attempt, Instant due, Last last) {
        Failed failure = last.failure();
        if (attempt >= Attempts.LIMIT) {
            return new Failed(
                    failure.kind(),
                    failure.reason(),
                    failure.message() + "\nafter " + attempt + " attempts",
                    failure.fix());
        } else if (now.isBefore(due)) {
            return new TransferStatus.Pending("attempt " + (attempt + 1) + " of " + Attempts.LIMIT + " of the "
                    + half.word() + " starts in " + (Duration.between(now, due).toSeconds() + 1) + " s; "
                    + failure.message());
        }
        Optional<Pod> leaving =
                last.pods().stream().filter(pod -> !PodState.isLiving(pod)).findFirst();
        if (leaving.isPresent()) {
            return leaving(half, leaving.get());
        } else if (!halves.isStarted()) {
            return new TransferStatus.Lost();
        }
        halves.create(half, attempt + 1);
        return new TransferStatus.Pending(half.word() + " pod " + (attempt + 1) + " of " + Attempts.LIMIT + " is made");
    }

    private TransferStatus leaving(Half half, Pod pod) {
        boolean stuck = PodState.instant(pod.getMetadata().getDeletionTimestamp())
                .filter(end -> now.isAfter(end.plus(pendingLimit)))
                .isPresent();
        String text = half.word() + " pod " + PodState.name(pod) + " was deleted and is not gone";
        return stuck
                ? new Failed(
                        Kind.USER_FIXABLE,
                        "PodStuck",
                        "Copying " + move + " failed: the " + text,
                        "see whether its node works; once nothing of the pod runs there, delete it by force")
                : new TransferStatus.Pending(text + " yet; another one follows");
    }
}
