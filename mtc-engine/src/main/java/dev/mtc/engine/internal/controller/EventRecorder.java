package dev.mtc.engine.internal.controller;

import dev.mtc.api.model.v1alpha1.Category;
import dev.mtc.api.model.v1alpha1.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes an Event for each condition of a resource, counting those that are there already (MTC specification 10.5). Events
 * are for people: they are written beside the work, and one that cannot be written is dropped.
 */
final class EventRecorder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
    private static final int WAITING = 1_000;
    private static final int NOT_FOUND = 404;

    private final KubernetesClient client;
    private final Clock clock;
    private final ExecutorService writer;

    EventRecorder(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
        this.writer = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), task -> {
            Thread thread = new Thread(task, "mtc-controller-events");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Writes that these conditions hold. */
    void record(HasMetadata about, List<Condition> conditions) {
        List<Event> events = conditions.stream()
                .filter(Condition::holds)
                .map(condition -> event(about, condition))
                .toList();
        try {
            writer.execute(() -> events.forEach(this::write));
        } catch (RejectedExecutionException e) {
            LOG.debug(
                    "Events of {} {} are dropped",
                    about.getKind(),
                    about.getMetadata().getName(),
                    e);
        }
    }

    private Event event(HasMetadata about, Condition condition) {
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        String uid = about.getMetadata().getUid();
        String identity = uid + "\n" + condition.getType() + "\n" + condition.getMessage();
        String unique = UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
        boolean bad = condition.is(Category.CRITICAL) || condition.is(Category.ERROR) || condition.is(Category.WARN);
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(about.getMetadata().getNamespace())
                .withName(about.getMetadata().getName() + "." + unique)
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion(about.getApiVersion())
                .withKind(about.getKind())
                .withNamespace(about.getMetadata().getNamespace())
                .withName(about.getMetadata().getName())
                .withUid(uid)
                .withResourceVersion(about.getMetadata().getResourceVersion())
                .endInvolvedObject()
                .withType(bad ? "Warning" : "Normal")
                .withReason(condition.getType())
                .withMessage(condition.getMessage())
                .withNewSource()
                .withComponent(about.getKind().toLowerCase(Locale.ROOT) + "_controller")
                .endSource()
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withCount(1)
                .build();
    }

    private void write(Event event) {
        try {
            Resource<Event> place = client.v1().events().resource(event);
            Event present = place.get();
            if (present == null) {
                place.create();
            } else {
                place.edit(known -> new EventBuilder(known)
                        .withCount((known.getCount() == null ? 0 : known.getCount()) + 1)
                        .withLastTimestamp(event.getLastTimestamp())
                        .build());
            }
        } catch (KubernetesClientException e) {
            if (e.getCode() != NOT_FOUND) {
                LOG.debug("Event {} cannot be written", event.getMetadata().getName(), e);
            }
        }
    }

    @Override
    public void close() {
        writer.shutdownNow();
    }
}
