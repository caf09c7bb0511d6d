package dev.mtc.api;

import dev.mtc.api.model.v1alpha1.MigMigration;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a plan becomes when it is written down: objects, and what no object can say. */
final class ManifestSheet {

    /** Where MTC's own tools put the Secrets of clusters and storages. */
    private static final String SECRETS = "openshift-config";

    private record Entry(ManifestKind kind, HasMetadata object) {}

    private final List<Entry> entries = new ArrayList<>();
    private final List<Problem> lost = new ArrayList<>();

    void add(ManifestKind kind, HasMetadata object, String name) {
        object.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(ManifestObject.NAMESPACE)
                .build());
        entries.add(new Entry(kind, object));
    }

    /** Adds a migration, which has its name and annotations already. */
    void add(MigMigration migration) {
        entries.add(new Entry(ManifestKind.MIG_MIGRATION, migration));
    }

    void annotate(HasMetadata object, String key, String value) {
        ObjectMeta metadata = object.getMetadata();
        Map<String, String> annotations = new LinkedHashMap<>();
        if (metadata.getAnnotations() != null) {
            annotations.putAll(metadata.getAnnotations());
        }
        annotations.put(key, value);
        metadata.setAnnotations(annotations);
    }

    void lost(String where, String message, String fix) {
        lost.add(Problem.error(where, "NotExpressible", message, fix));
    }

    /** Notes what is not written down and changes nothing of what is done. */
    void silent(String where, String message, String fix) {
        lost.add(Problem.warning(where, "NotExpressible", message, fix));
    }

    /** {@return a reference to a Secret that somebody has to make, which is noted} */
    ObjectReference secret(String name, String... keys) {
        lost.add(SecretNote.of(SECRETS, name, List.of(keys)));
        return reference(SECRETS, name);
    }

    static ObjectReference reference(String namespace, String name) {
        ObjectReference reference = new ObjectReference();
        reference.setNamespace(namespace);
        reference.setName(name);
        return reference;
    }

    List<ManifestObject> objects() {
        return entries.stream()
                .map(entry -> ManifestObject.of(entry.kind(), entry.object()))
                .toList();
    }

    List<Problem> lost() {
        return lost;
    }
}
