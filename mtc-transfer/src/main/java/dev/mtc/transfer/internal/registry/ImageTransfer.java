package dev.mtc.transfer.internal.registry;

import dev.mtc.api.spi.TransferStatus;
import dev.mtc.api.spi.TransferStatus.Failed.Kind;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One transfer: its work and how it is. Thread-safe. */
final class ImageTransfer {

    private static final Logger LOG = LoggerFactory.getLogger(ImageTransfer.class);

    /** Where it stands; a stopped one may still have a thread at work. */
    private enum Stage {
        WAITING,
        AT_WORK,
        ENDED
    }

    private final ImageReference from;
    private final ImageReference to;
    private final Halt halt = new Halt();
    private final Tally tally = new Tally();
    private volatile Stage stage = Stage.WAITING;
    private volatile boolean canceled;
    private volatile TransferStatus end = new TransferStatus.Lost();

    ImageTransfer(ImageReference from, ImageReference to) {
        this.from = from;
        this.to = to;
    }

    void run(RunWork run) {
        if (!leaveWaiting(Stage.AT_WORK)) {
            return;
        }
        try {
            end = new WholeCopy(from, to, run, halt, tally).copy();
        } catch (RegistryException e) {
            end = e.toStatus();
        } catch (StoppedException e) {
            LOG.debug("Stopped copying {}", from);
        } catch (IOException | RuntimeException | Error e) {
            // What is interrupted in the middle of a call may fail in any way.
            if (canceled) {
                LOG.debug("Stopped copying {}", from, e);
            } else {
                end = unexpected(e);
            }
        } finally {
            stage = Stage.ENDED;
        }
    }

    private synchronized boolean leaveWaiting(Stage next) {
        boolean waited = stage == Stage.WAITING;
        stage = waited ? next : stage;
        return waited;
    }

    /** Ends it because there is no thread for it. */
    void reject(RuntimeException cause) {
        end = new TransferStatus.Failed(
                Kind.TRANSIENT,
                "NoThread",
                "tried to copy " + from + " to " + to + " but the executor took no work: " + cause.getMessage(),
                "start it again on an executor that is open");
        stage = Stage.ENDED;
    }

    private TransferStatus.Failed unexpected(Throwable cause) {
        return new TransferStatus.Failed(
                Kind.PERMANENT,
                "Unexpected",
                "tried to copy " + from + " to " + to + " but " + cause,
                "report this as a defect of mtc");
    }

    TransferStatus status() {
        return switch (stage) {
            case WAITING -> new TransferStatus.Pending("other images of the run go first");
            case AT_WORK -> new TransferStatus.Running(tally.doneBytes(), tally.totalBytes(), "");
            case ENDED -> end;
        };
    }

    void stop() {
        canceled = true;
        halt.stop();
        leaveWaiting(Stage.ENDED);
    }

    boolean hasEnded() {
        return stage == Stage.ENDED;
    }

    /** {@return whether it can be taken for the transfer that is asked for} A failed or stopped one cannot. */
    boolean isUsable() {
        return !hasEnded() ? !halt.isStopped() : end instanceof TransferStatus.Succeeded;
    }
}
