package dev.mtc.transfer.internal.registry;

import dev.mtc.api.Remedy;
import dev.mtc.api.TransferException;
import dev.mtc.api.spi.ImageEstimate;
import dev.mtc.api.spi.ImageMove;
import dev.mtc.api.spi.ImageMover;
import dev.mtc.api.spi.ImageSurvey;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.RepositoryImage;
import dev.mtc.api.spi.TransferRef;
import dev.mtc.api.spi.TransferStatus;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Copies images by streaming them through this process. Transfers live as long as the process; one that is lost starts again
 * and finds what it had moved.
 */
abstract class StreamingMover implements ImageMover {

    /** Runs without open transfers whose blobs are remembered. */
    private static final int MOST_IDLE_RUNS = 16;

    private final String id;
    private final Limits limits;
    private final Map<String, Run> runs = new HashMap<>();
    private final Map<String, SharedBlobs> idle = new LinkedHashMap<>();

    /**
     * A run with open transfers.
     *
     * @param work what they share
     * @param transfers by key
     */
    private record Run(RunWork work, Map<String, ImageTransfer> transfers) {}

    StreamingMover(String id, Limits limits) {
        this.id = id;
        this.limits = limits;
    }

    @Override
    public final String id() {
        return id;
    }

    @Override
    public final Optional<ImageEstimate> estimate(ImageMove request, MoverContext context) {
        return survey(context).estimate(request);
    }

    @Override
    public final ImageSurvey survey(MoverContext context) {
        RunWork shared = new RunWork(context, limits.hasty(), new SharedBlobs());
        return request -> Optional.of(size(request, shared));
    }

    private static ImageEstimate size(ImageMove request, RunWork shared) {
        try {
            return new ImageCopy(parse(request.source()), parse(request.target()), shared, new Halt(), new Tally())
                    .size();
        } catch (IOException e) {
            throw new TransferException(
                    Remedy.RETRY, "The size of image " + request.source() + " is not known: " + e.getMessage(), e);
        }
    }

    @Override
    public final TransferRef start(ImageMove request, MoverContext context) {
        ImageTransfer transfer = new ImageTransfer(parse(request.source()), parse(request.target()));
        RunWork work;
        synchronized (runs) {
            Run run = runs.computeIfAbsent(context.runId(), id -> open(id, context));
            ImageTransfer known = run.transfers().get(request.key());
            if (known != null && known.isUsable()) {
                return ref(request, context);
            }
            run.transfers().put(request.key(), transfer);
            work = run.work();
        }
        work.submit(transfer);
        return ref(request, context);
    }

    private Run open(String runId, MoverContext context) {
        SharedBlobs remembered = idle.remove(runId);
        SharedBlobs blobs = remembered == null ? new SharedBlobs() : remembered;
        return new Run(new RunWork(context, limits, blobs), new HashMap<>());
    }

    private TransferRef ref(ImageMove request, MoverContext context) {
        return new TransferRef(id(), context.runId() + "/" + request.key());
    }

    private static ImageReference parse(String text) {
        try {
            return RepositoryImage.parse(text).map(ImageReference::of).orElseGet(() -> ImageReference.parse(text));
        } catch (IllegalArgumentException e) {
            throw new TransferException(Remedy.FIX_INPUT, "Cannot copy an image: " + e.getMessage(), e);
        }
    }

    @Override
    public final TransferStatus poll(TransferRef ref, ImageMove request, MoverContext context) {
        ImageTransfer transfer = find(ref, request, context);
        return transfer == null ? new TransferStatus.Lost() : transfer.status();
    }

    private @Nullable ImageTransfer find(TransferRef ref, ImageMove request, MoverContext context) {
        if (!ref.equals(ref(request, context))) {
            return null;
        }
        synchronized (runs) {
            Run run = runs.get(context.runId());
            return run == null ? null : run.transfers().get(request.key());
        }
    }

    @Override
    public final void cancel(TransferRef ref, ImageMove request, MoverContext context) {
        ImageTransfer transfer = find(ref, request, context);
        if (transfer != null) {
            transfer.stop();
        }
    }

    @Override
    public final boolean cleanUp(TransferRef ref, ImageMove request, MoverContext context) {
        ImageTransfer transfer = find(ref, request, context);
        if (transfer == null) {
            return true;
        }
        transfer.stop();
        if (!transfer.hasEnded()) {
            return false;
        }
        forget(request.key(), transfer, context.runId());
        return true;
    }

    private void forget(String key, ImageTransfer transfer, String runId) {
        synchronized (runs) {
            Run run = runs.get(runId);
            if (run == null) {
                return;
            }
            run.transfers().remove(key, transfer);
            if (run.transfers().isEmpty()) {
                runs.remove(runId);
                idle.put(runId, run.work().blobs());
                idle.keySet().stream()
                        .limit(Math.max(0, idle.size() - MOST_IDLE_RUNS))
                        .toList()
                        .forEach(idle::remove);
            }
        }
    }
}
