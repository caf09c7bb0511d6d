package dev.mtc.engine.internal.transfer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.Plan;
import dev.mtc.api.Problem;
import dev.mtc.api.Registry;
import dev.mtc.api.Secret;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.plan.RegistryToken;
import dev.mtc.engine.internal.run.RunContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How to reach and log in to the registries of a plan: as the plan says; where it gives no login, to a cluster's own registry
 * with the token of its account, and for reading with the image pull Secrets of the source, if the plan wants that.
 * Thread-safe.
 */
final class RegistryLogins {

    /** OpenShift's registry takes any name with a token. */
    private static final String TOKEN_USER = "serviceaccount";

    private static final List<Side> SOURCE_FIRST = List.of(Side.SOURCE, Side.TARGET);
    private static final List<Side> TARGET_FIRST = List.of(Side.TARGET, Side.SOURCE);

    private final RunContext context;
    private final Plan plan;
    private @Nullable List<PullSecret> pullSecrets;

    RegistryLogins(RunContext context) {
        this.context = context;
        this.plan = context.plan();
    }

    /** {@return how to reach a host, with the account of a side if both have one there} */
    Registry registry(Side side, String host) {
        for (Side owner : side == Side.SOURCE ? SOURCE_FIRST : TARGET_FIRST) {
            Optional<Registry> own = plan.cluster(owner).registry().filter(registry -> registry.host()
                    .equals(host));
            if (own.isPresent()) {
                return own.get().user().isPresent() ? own.get() : withToken(own.get(), owner, side);
            }
        }
        Registry known = plan.registries().stream()
                .filter(registry -> registry.host().equals(host))
                .findFirst()
                .orElseGet(() -> Registry.at(host));
        return known.user().isPresent() ? known : withPullSecret(known, side);
    }

    private Registry withToken(Registry registry, Side owner, Side side) {
        String token = RegistryToken.of(context.server(owner), registry);
        return token.isEmpty() ? withPullSecret(registry, side) : registry.credentials(TOKEN_USER, Secret.of(token));
    }

    /** Pull Secrets of the source are no business of where images go. */
    private Registry withPullSecret(Registry registry, Side side) {
        if (!plan.images().usesPullSecrets() || side == Side.TARGET) {
            return registry;
        }
        return pullSecrets().stream()
                .map(secret -> login(registry, secret))
                .filter(open -> open.user().isPresent())
                .findFirst()
                .orElse(registry);
    }

    private Registry login(Registry registry, PullSecret secret) {
        try {
            return registry.dockerConfig(secret.config().getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            context.journal()
                    .warn(Problem.warning(
                            secret.where(),
                            "PullSecretUnusable",
                            "it cannot be used to log in to " + registry.host() + ": " + e.getMessage(),
                            "give a login with registries(Registry.at(…).credentials(…))"));
            return registry;
        }
    }

    private synchronized List<PullSecret> pullSecrets() {
        List<PullSecret> known = pullSecrets;
        if (known == null) {
            known = new ArrayList<>();
            for (NamespaceMapping namespace : plan.namespaces()) {
                String collection = "/api/v1/namespaces/" + namespace.source() + "/secrets";
                context.server(Side.SOURCE).list(collection, "").stream()
                        .map(secret -> PullSecret.of(namespace.source(), secret))
                        .flatMap(Optional::stream)
                        .sorted(Comparator.comparing(PullSecret::where))
                        .forEach(known::add);
            }
            pullSecrets = known;
        }
        return known;
    }

    /**
     * An image pull Secret.
     *
     * @param where it is, for messages
     * @param config its docker config
     */
    private record PullSecret(String where, String config) {

        static Optional<PullSecret> of(String namespace, ObjectNode secret) {
            String where = "secret " + namespace + "/"
                    + secret.path("metadata").path("name").asText();
            return switch (secret.path("type").asText()) {
                case "kubernetes.io/dockerconfigjson" ->
                    decoded(secret, ".dockerconfigjson").map(json -> new PullSecret(where, json));
                // The older form is the inner part of the newer one.
                case "kubernetes.io/dockercfg" ->
                    decoded(secret, ".dockercfg").map(json -> new PullSecret(where, "{\"auths\":" + json + "}"));
                default -> Optional.empty();
            };
        }

        private static Optional<String> decoded(ObjectNode secret, String key) {
            String text = secret.path("data").path(key).asText();
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
        }
    }
}
