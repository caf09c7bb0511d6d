package dev.mtc.api;

import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The Secret that says how a MigCluster's registry is reached, for which MTC has no field.
 *
 * @param secret the Secret
 * @param lookup collects what is wrong with it
 */
record RegistrySecret(ManifestObject secret, ManifestLookup lookup) {

    private static final String CODE = "InvalidRegistryRoute";

    /** {@return the Secret that an annotation of the MigCluster names, if it has one} */
    static Optional<RegistrySecret> of(ManifestObject cluster, ManifestLookup lookup) {
        return cluster.annotation(Annotations.REGISTRY_SECRET)
                .flatMap(name -> {
                    int slash = name.indexOf('/');
                    return lookup.find(
                            cluster,
                            "metadata.annotations." + Annotations.REGISTRY_SECRET,
                            new ObjectReferenceBuilder()
                                    .withNamespace(slash < 0 ? ManifestObject.NAMESPACE : name.substring(0, slash))
                                    .withName(name.substring(slash + 1))
                                    .build(),
                            ManifestKind.SECRET,
                            CODE);
                })
                .map(secret -> new RegistrySecret(secret, lookup));
    }

    /** {@return the registry with everything that the Secret holds} */
    Registry applyTo(Registry registry) {
        Registry result = registry;
        if (has("username") || has("password")) {
            String user = text("username");
            Secret password = Secret.of(text("password"));
            result = result.credentials(user, password);
        }
        if (has("pull-username") || has("pull-password")) {
            String user = text("pull-username");
            Secret password = Secret.of(text("pull-password"));
            result = result.pullCredentials(user, password);
        }
        return has("ca.crt") ? result.caBundle(text("ca.crt").getBytes(StandardCharsets.UTF_8)) : result;
    }

    private boolean has(String key) {
        return secret.json().path("data").has(key)
                || secret.json().path("stringData").has(key);
    }

    /** {@return the text of a key; where it is missing a stand-in, because that is noted as a problem} */
    private String text(String key) {
        return lookup.secretText(secret, key, CODE).orElse("missing");
    }
}
