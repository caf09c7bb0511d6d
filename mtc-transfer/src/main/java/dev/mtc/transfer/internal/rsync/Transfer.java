package dev.mtc.transfer.internal.rsync;

import dev.mtc.api.spi.TransferStatus;
import dev.mtc.api.spi.TransferStatus.Failed;
import dev.mtc.api.spi.TransferStatus.Failed.Kind;
import dev.mtc.api.spi.VolumeMove;
import dev.mtc.transfer.internal.pods.Attempts;
import dev.mtc.transfer.internal.pods.MoverPod;
import dev.mtc.transfer.internal.pods.PodDiagnosis;
import dev.mtc.transfer.internal.pods.PodReport;
import dev.mtc.transfer.internal.pods.PodState;
import dev.mtc.transfer.internal.pods.Verdict;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The state machine of a transfer. Nothing is remembered here: each look reads from the clusters where the transfer is and
 * takes the one step that is due: receiver pending, receiver ready, sender pending, sender running, sender ended; then done,
 * failed, or a sender again.
 */
final class Transfer {

    private final VolumeMove move;
    private final TransferObjects objects;
    private final Instant now;
    private final Duration pendingLimit;

    Transfer(VolumeMove move, TransferObjects objects, Instant now, Duration pendingLimit) {
        this.move = move;
        this.objects = objects;
        this.now = now;
        this.pendingLimit = pendingLimit;
    }

    TransferStatus look() {
        List<Pod> senders = objects.pods(Role.SENDER);
        Optional<Pod> newest = PodState.newest(senders);
        if (newest.isEmpty()) {
            return withoutSender(senders);
        }
        Pod sender = newest.get();
        senders.stream()
                .filter(pod -> PodState.isLiving(pod) && PodState.attempt(pod) < PodState.attempt(sender))
                .forEach(pod -> objects.delete(Role.SENDER, pod));
        return switch (PodState.of(sender)) {
            case PENDING -> pending(Role.SENDER, sender);
            case STARTING, RUNNING -> running(sender);
            case ENDED -> ended(sender);
        };
    }

    private TransferStatus running(Pod sender) {
        objects.keepLimit(sender);
        String log = objects.logTail(sender);
        Optional<Via> via = Via.latest(log);
        if (via.filter(Via::isTunnel).isPresent()) {
            objects.holdTunnel(sender);
        }
        String suffix = via.map(known -> " via " + known.text()).orElse("");
        TransferStatus.Helper helper = Attempts.helper(sender);
        return VerifyProgress.latest(log)
                .<TransferStatus>map(progress -> progress.status(helper))
                .or(() -> TransferProgress.latest(log).map(progress -> progress.status(helper, suffix)))
                .orElseGet(() -> new TransferStatus.Pending("sender pod " + PodState.name(sender)
                        + " connects to the receiver" + suffix + " and lists files"));
    }

    private TransferStatus ended(Pod sender) {
        objects.dropTunnel();
        SenderEnd end = SenderEnd.of(move, sender, objects);
        Verdict verdict = end.verdict();
        if (verdict instanceof Verdict.Done done) {
            return new TransferStatus.Succeeded(
                    end.report().number("literal"),
                    end.report().number("total"),
                    end.proof().orElse(null),
                    done.warnings());
        } else if (verdict instanceof Verdict.Stop stop) {
            return stop.failure();
        }
        Failed failure = ((Verdict.Retry) verdict).failure();
        int attempt = PodState.attempt(sender);
        return again(attempt, PodState.finished(sender).orElse(now).plus(Attempts.delayAfter(attempt)), failure);
    }

    private TransferStatus withoutSender(List<Pod> leaving) {
        if (!objects.isStarted()) {
            return new TransferStatus.Lost();
        }
        int lost = Math.max(
                objects.lastAttempt(),
                leaving.stream().mapToInt(PodState::attempt).max().orElse(0));
        return again(
                lost,
                now,
                new Failed(
                        Kind.TRANSIENT,
                        "PodLost",
                        "Copying " + move + " failed: the sender pod was deleted " + lost + " times",
                        "find out who deletes pods in namespace "
                                + move.source().namespace()));
    }

    /** Sees to another sender as soon as it is due and a receiver listens. */
    private TransferStatus again(int attempt, Instant due, Failed last) {
        if (attempt >= Attempts.LIMIT) {
            return new Failed(
                    last.kind(), last.reason(), last.message() + "\nafter " + attempt + " attempts", last.fix());
        }
        List<Pod> receivers = objects.pods(Role.RECEIVER);
        Optional<Pod> newest = PodState.newest(receivers);
        if (newest.isEmpty()) {
            return replaceReceiver(receivers);
        }
        Pod receiver = newest.get();
        return switch (PodState.of(receiver)) {
            case PENDING -> pending(Role.RECEIVER, receiver);
            case STARTING ->
                new TransferStatus.Pending("receiver pod " + PodState.name(receiver) + " starts to listen");
            case ENDED -> receiverEnded(receiver, receivers);
            case RUNNING -> send(attempt + 1, due, receiver, last);
        };
    }

    private TransferStatus send(int attempt, Instant due, Pod receiver, Failed last) {
        if (now.isBefore(due)) {
            return new TransferStatus.Pending("attempt " + attempt + " of " + Attempts.LIMIT + " starts in "
                    + (Duration.between(now, due).toSeconds() + 1) + " s; " + last.message());
        }
        List<Endpoint.Address> addresses = objects.addresses(receiver);
        if (addresses.isEmpty()) {
            return withoutAddress(receiver);
        }
        objects.createSender(attempt, addresses);
        return new TransferStatus.Pending("sender pod " + attempt + " of " + Attempts.LIMIT + " is made, to try "
                + addresses.stream().map(Endpoint.Address::toString).collect(Collectors.joining(", ")));
    }

    private TransferStatus withoutAddress(Pod receiver) {
        String missing = "the address of receiver pod " + PodState.name(receiver) + " is not known";
        Duration age = Duration.between(PodState.created(receiver), now);
        return age.compareTo(pendingLimit) > 0
                ? new Failed(
                        Kind.USER_FIXABLE,
                        "EndpointPending",
                        "Copying " + move + " failed: " + missing + " after " + age.toSeconds() + " s",
                        objects.requirement())
                : new TransferStatus.Pending(missing + " yet");
    }

    private TransferStatus replaceReceiver(List<Pod> leaving) {
        if (!objects.isStarted()) {
            return new TransferStatus.Lost();
        }
        int attempt = 1 + leaving.stream().mapToInt(PodState::attempt).max().orElse(0);
        objects.createReceiver(attempt);
        return new TransferStatus.Pending("a receiver pod is made again, the last one is gone");
    }

    private TransferStatus receiverEnded(Pod receiver, List<Pod> receivers) {
        Optional<ContainerStateTerminated> end = PodState.terminated(receiver);
        boolean imageUnfit = end.map(ContainerStateTerminated::getExitCode)
                .filter(code -> code >= 126 && code <= 128)
                .isPresent();
        if (imageUnfit || PodState.attempt(receiver) >= Attempts.LIMIT) {
            return new Failed(
                    imageUnfit ? Kind.USER_FIXABLE : Kind.TRANSIENT,
                    imageUnfit ? "MoverImage" : "ReceiverEnded",
                    "The receiver pod " + PodState.name(receiver) + " of image "
                            + receiver.getSpec().getContainers().get(0).getImage() + " ended: "
                            + end.map(e -> e.getReason() + ", code " + e.getExitCode() + " " + words(receiver, e))
                                    .orElse(receiver.getStatus().getReason()),
                    MoverPod.REQUIREMENT);
        }
        objects.delete(Role.RECEIVER, receiver);
        return replaceReceiver(new ArrayList<>(receivers));
    }

    private static String words(Pod receiver, ContainerStateTerminated end) {
        String message = String.valueOf(end.getMessage());
        PodReport report = PodReport.parse(message);
        return report.has("missing") ? MoverPod.unfit(receiver, report) : message;
    }

    private TransferStatus pending(Role role, Pod pod) {
        return new PodDiagnosis(role, pod, objects.claim(role), objects.events(role, pod)).status(now, pendingLimit);
    }
}
