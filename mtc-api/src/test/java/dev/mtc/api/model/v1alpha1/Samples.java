package dev.mtc.api.model.v1alpha1;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Samples of each kind with every field set, and the mapper that the client uses. */
final class Samples {

    static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    static final List<Class<? extends MigrationResource<?, ?>>> KINDS = List.of(
            MigCluster.class,
            MigStorage.class,
            MigPlan.class,
            MigMigration.class,
            MigHook.class,
            DirectImageMigration.class,
            DirectImageStreamMigration.class,
            DirectVolumeMigration.class,
            DirectVolumeMigrationProgress.class);

    private Samples() {}

    static String text(String file) {
        try (InputStream stream = Samples.class.getResourceAsStream(file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static <T> T of(Class<T> kind) {
        return SERIALIZATION.unmarshal(text(kind.getSimpleName() + ".json"), kind);
    }

    static <T> T read(String json, Class<T> type) {
        return SERIALIZATION.unmarshal(json, type);
    }

    static String json(Object object) {
        return SERIALIZATION.asJson(object);
    }
}
