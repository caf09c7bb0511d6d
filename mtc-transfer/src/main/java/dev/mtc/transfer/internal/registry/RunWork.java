package dev.mtc.transfer.internal.registry;

import dev.mtc.api.ImageChoice;
import dev.mtc.api.Remedy;
import dev.mtc.api.Side;
import dev.mtc.api.TransferException;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.api.spi.RepositoryImage;
import dev.mtc.transfer.internal.registry.IndexFile.Use;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/** What the images of one run share: connections, logins, blobs, and how many may be copied at once. Thread-safe. */
final class RunWork {

    private final MoverContext context;
    private final Limits limits;
    private final SharedBlobs blobs;
    private final Semaphore permits;
    private final Throttle throttle;
    private final Map<String, RegistryClient> clients = new ConcurrentHashMap<>();
    private final Map<String, LayoutIndex> layouts = new ConcurrentHashMap<>();
    private final Map<String, AttachmentIndex> attachments = new ConcurrentHashMap<>();
    private final Queue<ImageTransfer> waiting = new ArrayDeque<>();
    private int atWork;

    RunWork(MoverContext context, Limits limits, SharedBlobs blobs) {
        this.context = context;
        this.limits = limits;
        this.blobs = blobs;
        this.permits = new Semaphore(limits.blobsAtOnce());
        this.throttle = new Throttle(context.images().bytesPerSecond());
    }

    Limits limits() {
        return limits;
    }

    SharedBlobs blobs() {
        return blobs;
    }

    Semaphore permits() {
        return permits;
    }

    ImageChoice images() {
        return context.images();
    }

    Throttle throttle() {
        return throttle;
    }

    Executor executor() {
        return context.executor();
    }

    /**
     * {@return where an image is or goes to, in a registry or in the plan's repository}
     *
     * @param side whether it comes from there or goes there
     */
    ImageRepository repository(Side side, ImageReference image, Retries retries) {
        Optional<RepositoryImage> stored = image.stored();
        if (stored.isEmpty()) {
            return new RemoteRepository(client(side, image.host()), image.repository(), retries, new UploadNotes(context));
        }
        ObjectStore store = context.repository()
                .orElseThrow(() -> new TransferException(
                        Remedy.FIX_INPUT,
                        "Cannot copy " + image + ": the plan has no repository; give it one with via(…)",
                        null));
        LayoutIndex index = layouts.computeIfAbsent(
                stored.get().plan(),
                plan -> new LayoutIndex(
                        plan, new Use(context.runId(), context.clock().instant())));
        return new LayoutRepository(image, index, new LayoutStore(store, retries));
    }

    private RegistryClient client(Side side, String host) {
        return clients.computeIfAbsent(
                side + " " + host, key -> new RegistryClient(context.registry(side, host), context.clock()));
    }

    /** {@return what is known of the attachments in a repository} */
    AttachmentIndex attachments(String host, String repository) {
        return attachments.computeIfAbsent(host + "/" + repository, place -> new AttachmentIndex());
    }

    /** Has a transfer run as soon as fewer than the allowed number are at work. */
    void submit(ImageTransfer transfer) {
        synchronized (waiting) {
            waiting.add(transfer);
        }
        startNext();
    }

    private void startNext() {
        ImageTransfer next;
        synchronized (waiting) {
            next = atWork < images().atOnce().orElse(limits.imagesAtOnce()) ? waiting.poll() : null;
            if (next == null) {
                return;
            }
            atWork++;
        }
        try {
            executor().execute(() -> {
                try {
                    next.run(this);
                } finally {
                    finished();
                }
            });
        } catch (RejectedExecutionException e) {
            next.reject(e);
            finished();
        }
    }

    private void finished() {
        synchronized (waiting) {
            atWork--;
        }
        startNext();
    }
}
