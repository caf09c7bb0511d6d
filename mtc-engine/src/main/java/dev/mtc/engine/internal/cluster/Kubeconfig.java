package dev.mtc.engine.internal.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mtc.api.ClusterAccessException;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads kubeconfig files as {@link Config#fromKubeconfig(String, File)} does, but without searching for all kinds of resources
 * that fabric8 has classes for: that takes much of the time until the first call of a cluster.
 */
final class Kubeconfig {

    private Kubeconfig() {}

    /**
     * {@return what a context says, the current one if none is given}
     *
     * @throws ClusterAccessException if the file cannot be read or has no such context
     */
    static Config read(Path file, @Nullable String context) {
        io.fabric8.kubernetes.api.model.Config parsed;
        try {
            parsed = new KubernetesSerialization(new ObjectMapper(), false)
                    .unmarshal(Files.readString(file), io.fabric8.kubernetes.api.model.Config.class);
        } catch (IOException | RuntimeException e) {
            throw Connections.invalid("Kubeconfig " + file + " cannot be read: " + Connections.firstLine(e)
                    + "; give a valid kubeconfig file");
        }
        String wanted = context == null ? parsed.getCurrentContext() : context;
        List<String> known =
                parsed.getContexts().stream().map(NamedContext::getName).toList();
        if (wanted == null || wanted.isEmpty()) {
            throw Connections.invalid("Kubeconfig " + file + " has no current context; name one of " + known);
        }
        if (!known.contains(wanted)) {
            throw Connections.invalid("Kubeconfig " + file + " has no context '" + wanted + "'; it has " + known);
        }
        remember(file.toFile(), parsed);
        Config config = Config.empty();
        KubeConfigUtils.merge(config, wanted, parsed);
        return config;
    }

    /** Notes where it is, as fabric8 does: paths in it are relative to that, and renewed tokens are written to it. */
    private static void remember(File file, io.fabric8.kubernetes.api.model.Config parsed) {
        parsed.getContexts()
                .forEach(context -> context.setAdditionalProperty("KUBERNETES_CONFIG_CONTEXT_FILE_KEY", file));
        parsed.getClusters()
                .forEach(cluster -> cluster.setAdditionalProperty("KUBERNETES_CONFIG_CLUSTER_FILE_KEY", file));
        parsed.getUsers().forEach(user -> user.setAdditionalProperty("KUBERNETES_CONFIG_AUTH_INFO_FILE_KEY", file));
    }
}
