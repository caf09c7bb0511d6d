package dev.mtc.api;

import dev.mtc.api.Cluster.Connection;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/**
 * Makes {@link Cluster}s. Nothing is read but what the caller names: no environment, no default context.
 *
 * @since 0.1
 */
public final class Clusters {

    private Clusters() {}

    /**
     * {@return the cluster of the current context of a kubeconfig file, named after the file}
     *
     * @param file a readable kubeconfig
     * @throws IllegalArgumentException if the file cannot be read
     */
    public static Cluster fromKubeconfig(Path file) {
        String fileName = String.valueOf(readable(file).getFileName());
        return Cluster.of(
                nameFrom(fileName.replaceFirst("\\.(kubeconfig|yaml|yml|conf)$", "")),
                new Connection.Kubeconfig(file, null));
    }

    /**
     * {@return the cluster of a context of a kubeconfig file, named after the context}
     *
     * @param file a readable kubeconfig
     * @param context the context's name
     * @throws IllegalArgumentException if the file cannot be read
     */
    public static Cluster fromKubeconfig(Path file, String context) {
        return Cluster.of(
                nameFrom(Objects.requireNonNull(context, "context")),
                new Connection.Kubeconfig(readable(file), context));
    }

    /**
     * {@return the cluster of a context of {@code ~/.kube/config}, or of the first file that {@code KUBECONFIG} names}
     *
     * @param context the context's name
     * @throws IllegalArgumentException if there is no such file
     */
    public static Cluster fromContext(String context) {
        String variable = System.getenv("KUBECONFIG");
        Path file = variable == null || variable.isBlank()
                ? Path.of(System.getProperty("user.home"), ".kube", "config")
                : Path.of(variable.split(java.io.File.pathSeparator, 2)[0]);
        return fromKubeconfig(file, context);
    }

    /**
     * {@return a cluster reached with a bearer token, named after the host}
     *
     * @param url the API server, {@code https://host:port}
     * @param token a service account's token
     * @throws IllegalArgumentException if the URL is not an https URL with a host
     */
    public static Cluster fromToken(String url, Secret token) {
        URI uri = ServerUrl.parse("API server URL", url, "https");
        return Cluster.of(nameFrom(uri.getHost()), new Connection.Token(uri, Objects.requireNonNull(token, "token")));
    }

    /** {@return the cluster that this JVM runs in, named {@code host} as MTC names it} */
    public static Cluster inCluster() {
        return Cluster.of("host", new Connection.InCluster());
    }

    /**
     * {@return a cluster reached through a client of the caller, which mtc never closes}
     *
     * @param name an RFC 1123 label
     * @param client the client; volume data needs one that can stream exec sessions, such as fabric8's on OkHttp
     */
    public static Cluster of(String name, KubernetesClient client) {
        return Cluster.of(name, new Connection.Given(Objects.requireNonNull(client, "client")));
    }

    private static Path readable(Path file) {
        if (!Files.isReadable(Objects.requireNonNull(file, "file")) || Files.isDirectory(file)) {
            throw new IllegalArgumentException(
                    "Kubeconfig " + file + " is not a readable file; give the path of an existing kubeconfig");
        }
        return file;
    }

    private static String nameFrom(String text) {
        String name =
                text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+", "");
        name = name.substring(0, Math.min(63, name.length())).replaceAll("-+$", "");
        return name.isEmpty() ? "cluster" : name;
    }
}
