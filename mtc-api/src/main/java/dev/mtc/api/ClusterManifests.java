package dev.mtc.api;

import dev.mtc.api.Cluster.Connection;
import dev.mtc.api.ManifestLookup.Fault;
import dev.mtc.api.model.v1alpha1.MigCluster;
import dev.mtc.api.model.v1alpha1.MigClusterSpec;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** MigClusters as {@link Cluster}s, and back. */
final class ClusterManifests {

    private static final String TOKEN_KEY = "saToken";
    private static final String INVALID_URL = "InvalidURL";

    private ClusterManifests() {}

    static Optional<Cluster> read(ManifestObject object, ManifestLookup lookup, @Nullable Cluster host) {
        MigClusterSpec spec = object.as(MigCluster.class).getSpec();
        Annotations.check(object, lookup.problems());
        Optional<Cluster> cluster = spec.isHostCluster()
                ? Optional.of(host == null ? Clusters.inCluster() : host)
                : remote(object, spec, lookup);
        return cluster.flatMap(
                        it -> lookup.attempt(object, "metadata.name", "InvalidName", () -> it.named(object.name())))
                .flatMap(it -> registry(it, object, spec, lookup))
                .flatMap(it -> internalRegistry(it, object, lookup))
                .map(it -> object.annotation(Annotations.MOVER_IMAGE)
                        .map(it::moverImage)
                        .orElse(it));
    }

    private static Optional<Cluster> remote(ManifestObject object, MigClusterSpec spec, ManifestLookup lookup) {
        String url = spec.getUrl();
        if (ManifestLookup.isEmpty(url) || url == null) {
            Fault notSet = new Fault(INVALID_URL, ManifestLookup.NOT_SET);
            lookup.wrong(object, "spec.url", notSet, "is not set", "give https://host:port");
        }
        Optional<String> token = lookup.find(
                        object,
                        "spec.serviceAccountSecretRef",
                        spec.getServiceAccountSecretRef(),
                        ManifestKind.SECRET,
                        "InvalidSaSecretRef")
                .flatMap(secret -> lookup.secretText(secret, TOKEN_KEY, "InvalidSaToken"));
        // a stand-in lets the other fields be checked, too; a problem is noted already
        Secret secret = Secret.of(token.orElse("missing"));
        return (ManifestLookup.isEmpty(url) || url == null
                        ? Optional.<Cluster>empty()
                        : lookup.attempt(object, "spec.url", invalidUrl(url), () -> Clusters.fromToken(url, secret)))
                .flatMap(it -> authorities(it, object, spec, lookup))
                .map(it -> spec.isInsecure() ? it.insecure() : it);
    }

    private static Fault invalidUrl(String url) {
        boolean otherScheme = url.matches("(?i)[a-z][a-z0-9+.-]*://.*") && !url.startsWith("https://");
        return new Fault(INVALID_URL, otherScheme ? "InvalidScheme" : "Malformed");
    }

    private static Optional<Cluster> authorities(
            Cluster cluster, ManifestObject object, MigClusterSpec spec, ManifestLookup lookup) {
        byte[] pem = spec.getCaBundle();
        return pem == null || pem.length == 0
                ? Optional.of(cluster)
                : lookup.attempt(object, "spec.caBundle", "InvalidCaBundle", () -> cluster.caBundle(pem));
    }

    private static Optional<Cluster> registry(
            Cluster cluster, ManifestObject object, MigClusterSpec spec, ManifestLookup lookup) {
        String path = spec.getExposedRegistryPath();
        if (path == null || path.isEmpty() || cluster.registry().isPresent()) {
            return Optional.of(cluster);
        }
        return lookup.attempt(object, "spec.exposedRegistryPath", "InvalidRegistryRoute", () -> RegistrySecret.of(
                                object, lookup)
                        .map(secret -> secret.applyTo(Registry.at(path)))
                        .orElseGet(() -> Registry.at(path)))
                .map(cluster::registry);
    }

    private static Optional<Cluster> internalRegistry(Cluster cluster, ManifestObject object, ManifestLookup lookup) {
        Optional<String> host = object.annotation(Annotations.INTERNAL_REGISTRY);
        return host.isEmpty()
                ? Optional.of(cluster)
                : lookup.attempt(
                        object,
                        "metadata.annotations." + Annotations.INTERNAL_REGISTRY,
                        "InvalidRegistryRoute",
                        () -> cluster.internalRegistry(host.get()));
    }

    static void write(String field, Cluster cluster, ManifestSheet sheet) {
        MigCluster object = new MigCluster();
        MigClusterSpec spec = object.getSpec();
        if (cluster.connection() instanceof Connection.Token token) {
            spec.setUrl(token.url().toString());
            spec.setServiceAccountSecretRef(sheet.secret(cluster.name() + "-token", TOKEN_KEY));
            spec.setInsecure(cluster.isInsecure());
            authorities(field, cluster, spec, sheet);
        } else if (cluster.connection() instanceof Connection.InCluster) {
            spec.setHostCluster(true);
            if (cluster.isInsecure() || cluster.caCertificates().isPresent()) {
                sheet.lost(
                        field, "a MigCluster of the host has no TLS settings", "leave out insecure() and caBundle(…)");
            }
        } else {
            sheet.lost(
                    field,
                    "cluster " + cluster.name() + " is reached by "
                            + (cluster.connection() instanceof Connection.Given ? "a given client" : "a kubeconfig")
                            + ", for which a MigCluster has no form",
                    "use Clusters.fromToken, or give it back with withCluster(…) after reading");
            return;
        }
        cluster.registry().ifPresent(registry -> registry(field, registry, spec, sheet));
        sheet.add(ManifestKind.MIG_CLUSTER, object, cluster.name());
        cluster.moverImage().ifPresent(image -> sheet.annotate(object, Annotations.MOVER_IMAGE, image));
        cluster.internalRegistry().ifPresent(host -> sheet.annotate(object, Annotations.INTERNAL_REGISTRY, host));
    }

    private static void authorities(String field, Cluster cluster, MigClusterSpec spec, ManifestSheet sheet) {
        try {
            cluster.caCertificates().ifPresent(pem -> spec.setCaBundle(pem.getBytes(StandardCharsets.UTF_8)));
        } catch (UncheckedIOException e) {
            sheet.lost(field + ".caBundle", String.valueOf(e.getMessage()), "make the file readable");
        }
    }

    private static void registry(String field, Registry registry, MigClusterSpec spec, ManifestSheet sheet) {
        boolean plain = registry.transport() == Registry.Transport.PLAIN_HTTP;
        spec.setExposedRegistryPath((plain ? "http://" : "") + registry.host());
        if (registry.transport() == Registry.Transport.TLS_UNVERIFIED
                || registry.caBundle().isPresent()
                || registry.user().isPresent()
                || registry.pullUser().isPresent()) {
            sheet.lost(
                    field + ".registry",
                    "a MigCluster has only the host of registry " + registry.host()
                            + ", neither credentials nor TLS settings",
                    "add registry(…) again after reading, with withCluster(…)");
        }
    }
}
