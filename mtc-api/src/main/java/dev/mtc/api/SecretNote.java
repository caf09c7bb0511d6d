package dev.mtc.api;

import java.util.List;
import java.util.stream.Collectors;

/** Notes that a Secret is needed but not written down. */
final class SecretNote {

    private SecretNote() {}

    static Problem of(String namespace, String name, List<String> keys) {
        return Problem.warning(
                "secrets[" + namespace + "/" + name + "]",
                "SecretNotWritten",
                "secrets are never written; the Secret must be made with " + (keys.size() == 1 ? "key " : "keys ")
                        + String.join(", ", keys),
                "kubectl -n " + namespace + " create secret generic " + name
                        + keys.stream()
                                .map(key -> " --from-literal=" + key + "=…")
                                .collect(Collectors.joining()));
    }
}
