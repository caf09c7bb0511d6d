package dev.mtc.engine.internal.controller;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mtc.api.model.v1alpha1.Condition;
import dev.mtc.api.model.v1alpha1.ConditionedStatus;
import dev.mtc.api.model.v1alpha1.Conditions;
import dev.mtc.api.model.v1alpha1.MigrationResource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Tells what a person changed from what a controller writes: without a status subresource both come as the same event.
 *
 * @param <R> the kind of resource
 * @param specChanged told of a resource that is new, or whose spec or annotations are not what they were, or which is being deleted
 * @param stateChanged told of a resource that is gone, or whose readiness or phase is not what it was
 */
record Changes<R extends MigrationResource<?, ? extends ConditionedStatus>>(
        Consumer<R> specChanged, Consumer<R> stateChanged) implements ResourceEventHandler<R> {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /** What a person may say in annotations; those of others are notes of drivers and stores. */
    private static final String OURS = "mtc.dev/";

    @Override
    public void onAdd(R resource) {
        specChanged.accept(resource);
        stateChanged.accept(resource);
    }

    @Override
    public void onUpdate(R before, R now) {
        if (!asked(before).equals(asked(now))) {
            specChanged.accept(now);
        }
        if (isReady(before) != isReady(now)) {
            stateChanged.accept(now);
        }
    }

    @Override
    public void onDelete(R resource, boolean finalStateIsUnknown) {
        stateChanged.accept(resource);
    }

    private static String asked(MigrationResource<?, ?> resource) {
        Map<String, String> annotations = new TreeMap<>(resource.getMetadata().getAnnotations());
        annotations.keySet().removeIf(key -> !key.startsWith(OURS));
        return JSON.valueToTree(resource.getSpec()) + "\n" + annotations + "\n"
                + resource.getMetadata().getDeletionTimestamp();
    }

    private static boolean isReady(MigrationResource<?, ? extends ConditionedStatus> resource) {
        return resource.getStatus().getConditions().stream()
                .filter(Condition::holds)
                .anyMatch(condition -> condition.getType().equals(Conditions.READY));
    }
}
