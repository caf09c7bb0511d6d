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

    static final String NOT_SET = "NotSet";
    static final String NOT_FOUND = "NotFound";

    private final Map<String, ManifestObject> objects;
    private final List<Problem> problems = new ArrayList<>();

    ManifestLookup(Map<String, ManifestObject> objects) {
        this.objects = objects;
    }

    List<Problem> problems() {
        return problems;
    }

    void wrong(ManifestObject owner, String path, String code, String message, String fix) {
        wrong(owner, path, new Fault(code, ""), message, fix);
    }

    /**
     * A condition type with a reason.
     *
     * @param code the type
     * @param reason counts if the type does not have just one reason
     */
    record Fault(String code, String reason) {
        Problem problem(String where, String message, String fix) {
            // of MTC's conditions those of volumes only keep a plan from being ready
            Problem problem = code.startsWith("Pv")
                    ? Problem.error(where, code, message, fix)
                    : Problem.critical(where, code, message, fix);
            return problem.reason().isEmpty() ? problem.because(reason) : problem;
        }
    }

    void wrong(ManifestObject owner, String path, Fault fault, String message, String fix) {
        problems.add(fault.problem(owner.lines().where(path), path + " " + message, fix));
    }

    /** {@return what the action returns, or nothing if it refuses its argument, which becomes a problem of the field} */
    <T> Optional<T> attempt(ManifestObject owner, String path, String code, Supplier<T> action) {
        return attempt(owner, path, new Fault(code, ""), action);
    }

    /** {@return what the action returns, or nothing if it refuses its argument, which becomes a problem of the field} */
    <T> Optional<T> attempt(ManifestObject owner, String path, Fault fault, Supplier<T> action) {
        try {
            return Optional.of(action.get());
        } catch (IllegalArgumentException e) {
            String[] whatAndFix = String.valueOf(e.getMessage()).split("; ", 2);
            wrong(
                    owner,
                    path,
                    fault,
                    "is refused: " + whatAndFix[0],
                    whatAndFix.length == 2 ? whatAndFix[1] : "correct the value");
            return Optional.empty();
        }
    }

    /** {@return whether a reference is set, both parts as MTC wants it; if not, that is noted} */
    boolean isSet(ManifestObject owner, String path, @Nullable ObjectReference reference, String code) {
        if (reference == null || isEmpty(reference.getName())) {
            wrong(owner, path, new Fault(code, NOT_SET), "is not set", "give it a name and a namespace");
            return false;
        } else if (isEmpty(reference.getNamespace())) {
            wrong(
                    owner,
                    path,
                    new Fault(code, NOT_SET),
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
            wrong(owner, path, new Fault(code, NOT_FOUND), "names " + id + ", which is not among the manifests", fix);
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
            problems.add(new Fault(code, hasKey(secret, key) ? NOT_SET : NOT_FOUND)
                    .problem(
                            secret.lines().where(secret.json().has("stringData") ? "stringData" : "data"),
                            secret.id() + " has no value below key " + key,
                            "add it: kubectl create secret generic " + secret.name() + " --from-literal=" + key
                                    + "=…"));
            return Optional.empty();
        }
        return Optional.of(text.strip());
    }

    /** {@return whether a Secret has a key, with or without a value} */
    static boolean hasKey(ManifestObject secret, String key) {
        return secret.json().path("stringData").has(key)
                || secret.json().path("data").has(key);
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
