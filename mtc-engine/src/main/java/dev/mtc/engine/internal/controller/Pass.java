package dev.mtc.engine.internal.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mtc.api.StateStore;
import dev.mtc.api.model.v1alpha1.ConditionedStatus;
import dev.mtc.api.model.v1alpha1.Conditions;
import dev.mtc.api.model.v1alpha1.MigrationResource;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One look at a resource, as MTC's specification 0.3 says: its conditions are staged, set anew, and the whole resource is
 * written if something changed. Thread-safe.
 */
final class Pass {

    private static final Logger LOG = LoggerFactory.getLogger(Pass.class);
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /** MTC's mark of the latest look that changed something. */
    private static final String TOUCH = "openshift.io/touch";

    private final StateStore store;
    private final Clock clock;
    private final EventRecorder events;

    Pass(StateStore store, Clock clock, EventRecorder events) {
        this.store = store;
        this.clock = clock;
        this.events = events;
    }

    /**
     * What is looked at.
     *
     * @param <R> the kind of resource
     */
    @FunctionalInterface
    interface Look<R> {
        /** Sets conditions, and whatever else of the resource is to change. */
        void at(R resource, Conditions conditions);
    }

    /**
     * Looks at a resource.
     *
     * @return it as it is after that
     * @throws StateStore.Conflict if someone else changed it meanwhile
     */
    <R extends MigrationResource<?, ? extends ConditionedStatus>> R over(R resource, Look<R> look) {
        JsonNode before = JSON.valueToTree(resource);
        Conditions conditions = Conditions.of(resource.getStatus(), clock);
        conditions.begin();
        try {
            look.at(resource, conditions);
        } catch (StateStore.Conflict e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.debug(
                    "{} {} cannot be looked at",
                    resource.getKind(),
                    resource.getMetadata().getName(),
                    e);
            conditions.reconcileFailed(String.valueOf(e.getMessage()));
        }
        conditions.end();
        R result = resource;
        if (!JSON.valueToTree(resource).equals(before)) {
            Map<String, String> annotations =
                    new TreeMap<>(resource.getMetadata().getAnnotations());
            annotations.put(TOUCH, UUID.randomUUID().toString());
            resource.getMetadata().setAnnotations(annotations);
            result = store.update(resource);
        }
        events.record(result, conditions.list());
        return result;
    }
}
