package dev.mtc.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.function.Consumer;

/** A change to objects in the type of their model. Thread-safe if the edit is. */
record TypedEdit<T extends HasMetadata>(Class<T> type, Consumer<? super T> edit) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** {@return the plural name with the group} */
    String resource() {
        return HasMetadata.getFullResourceName(type);
    }

    GenericKubernetesResource apply(GenericKubernetesResource object) {
        String version = HasMetadata.getApiVersion(type);
        if (!version.equals(object.getApiVersion())) {
            throw new IllegalStateException("it edits " + version + " " + HasMetadata.getKind(type)
                    + ", but the target takes " + object.getApiVersion() + " " + object.getKind()
                    + "; use the model's class of that version");
        }
        T typed = MAPPER.convertValue(object, type);
        GenericKubernetesResource before = MAPPER.convertValue(typed, GenericKubernetesResource.class);
        edit.accept(typed);
        GenericKubernetesResource after = MAPPER.convertValue(typed, GenericKubernetesResource.class);
        return after.equals(before) ? object : after;
    }
}
