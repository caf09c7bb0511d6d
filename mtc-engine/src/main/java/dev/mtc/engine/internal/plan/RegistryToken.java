package dev.mtc.engine.internal.plan;

import dev.mtc.api.Registry;
import dev.mtc.api.Registry.Transport;
import dev.mtc.engine.internal.cluster.ApiServer;
import io.fabric8.kubernetes.client.Config;
import java.net.URI;

/** The token of a cluster's account, which OpenShift's own registry takes for a password. */
public final class RegistryToken {

    private RegistryToken() {}

    /**
     * {@return the token, empty if there is none or the registry is not one of the cluster's own hosts, which must not see it}
     *
     * @param server the cluster
     * @param registry a registry that may be its own
     */
    public static String of(ApiServer server, Registry registry) {
        Config access = server.client().getConfiguration();
        String token = access.getOauthToken() == null ? access.getAutoOAuthToken() : access.getOauthToken();
        URI api = URI.create(access.getMasterUrl());
        boolean lessSafe = registry.transport() != Transport.TLS
                && "https".equals(api.getScheme())
                && !server.cluster().isInsecure();
        return token == null || lessSafe || !isOfCluster(registry.host().replaceFirst(":[0-9]+$", ""), api.getHost())
                ? ""
                : token;
    }

    /** Hosts of a cluster share the domain of its API server: {@code api.a.example} and {@code registry.apps.a.example}. */
    private static boolean isOfCluster(String host, String api) {
        String domain = api.substring(api.indexOf('.') + 1);
        return host.equals(api) || (domain.contains(".") && !api.matches("[0-9.]+") && host.endsWith("." + domain));
    }
}
