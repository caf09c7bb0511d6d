package dev.mtc.api;

import io.fabric8.kubernetes.api.model.ObjectReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Follows references between manifests and collects what is wrong on the way. */
final class ManifestLookup {

    private final Map<String, ManifestObject> objects;
    private final List<Problem> problems = new ArrayList<>();

    ManifestLookup(Map<String, ManifestObject> objects) {
        this.objects = objects;
    }

    List<Problem> problems() {
        return problems;
    }

    void wrong(ManifestObject owner, String path, String code, String message, String fix) {
        problems.add(Problem.error(owner.lines().where(path), code, path + " " + message, fix));
    }

    /** {@return what the action returns, or nothing if it refuses its argument, which becomes a problem of the field} */
    <T> Optional<T> attempt(ManifestObject owner, String path, String code, Supplier<T> action) {
        try {
            return Optional.of(action.get());
        } catch (IllegalArgumentException e) {
            String[] whatAndFix = String.valueOf(e.getMessage()).split("; ", 2);
            wrong(
                    owner,
                    path,
                    code,
                    "is refused: " + whatAndFix[0],
                    whatAndFix.length == 2 ? whatAndFix[1] : "correct the value");
            return Optional.empty();
        }
    }

    /** {@return whether a reference is set, both parts as MTC wants it; if not, that is noted} */
    boolean isSet(ManifestObject owner, String path, @Nullable ObjectReference reference, String code) {
        if (reference == null || isEmpty(reference.getName())) {
            wrong(owner, path, code, "is not set", "give it a name and a namespace");
            return false;
        } else if (isEmpty(reference.getNamespace())) {
            wrong(
                    owner,
                    path,
                    code,
                    "names '" + reference.getName() + "' without a namespace, which MTC takes for not set",
                    "add namespace: " + ManifestObject.NAMESPACE);
            return false;
        }
        return true;
    }

    Optional<ManifestObject> find(
            ManifestObject owner, String path, @Nullable ObjectReference reference, ManifestKind kind, String code) {
        if (!isSet(owner, path, reference, code) || reference == null) {
            return Optional.empty();
        }
        String id = ManifestObject.id(kind, reference.getNamespace(), reference.getName());
        ManifestObject found = objects.get(id);
        if (found == null) {
            List<String> known = objects.values().stream()
                    .filter(object -> object.kind() == kind)
                    .map(object -> object.namespace() + "/" + object.name())
                    .toList();
            String fix = known.isEmpty()
                    ? "add the manifest of " + id
                    : Nearest.fix(reference.getNamespace() + "/" + reference.getName(), known);
            wrong(owner, path, code, "names " + id + ", which is not among the manifests", fix);
        }
        return Optional.ofNullable(found);
    }

    /** {@return the text below a key of a Secret} Never part of a message. */
    Optional<String> secretText(ManifestObject secret, String key, String code) {
        String text = secret.json().path("stringData").path(key).asText();
        if (text.isEmpty()) {
            String encoded = secret.json().path("data").path(key).asText().replaceAll("\\s", "");
            text = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        }
        if (text.isBlank()) {
            problems.add(Problem.error(
                    secret.lines().where(secret.json().has("stringData") ? "stringData" : "data"),
                    code,
                    secret.id() + " has no value below key " + key,
                    "add it: kubectl create secret generic " + secret.name() + " --from-literal=" + key + "=…"));
            return Optional.empty();
        }
        return Optional.of(text.strip());
    }

    /** {@return a note that a Secret is not written, with its keys} */
    static Problem secretNote(ManifestObject secret) {
        Set<String> keys = new TreeSet<>();
        secret.json().path("data").fieldNames().forEachRemaining(keys::add);
        secret.json().path("stringData").fieldNames().forEachRemaining(keys::add);
        return SecretNote.of(secret.namespace(), secret.name(), List.copyOf(keys));
    }

    static boolean isEmpty(@Nullable String text) {
        return text == null || text.isEmpty();
    }
}
