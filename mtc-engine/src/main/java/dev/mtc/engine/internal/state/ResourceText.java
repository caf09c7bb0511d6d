package dev.mtc.engine.internal.state;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.function.Function;

/** Resources as text and back, which also makes the deep copies that callers get. */
final class ResourceText {

    private final KubernetesSerialization serialization;
    private final Function<HasMetadata, String> encoder;

    private ResourceText(
            KubernetesSerialization serialization,
            Function<KubernetesSerialization, Function<HasMetadata, String>> to) {
        this.serialization = serialization;
        this.encoder = to.apply(serialization);
    }

    static ResourceText json() {
        return new ResourceText(new KubernetesSerialization(new ObjectMapper(), false), s -> s::asJson);
    }

    static ResourceText yaml() {
        return new ResourceText(new KubernetesSerialization(new ObjectMapper(), false), s -> s::asYaml);
    }

    String encode(HasMetadata resource) {
        return encoder.apply(resource);
    }

    <T extends HasMetadata> T decode(Class<T> kind, String text) {
        return serialization.unmarshal(text, kind);
    }

    <T extends HasMetadata> T copy(T resource) {
        return serialization.clone(resource);
    }
}
