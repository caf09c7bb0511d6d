package dev.mtc.examples.real;

import dev.mtc.api.Cluster;
import dev.mtc.api.Clusters;
import dev.mtc.api.Registry;
import dev.mtc.api.Secret;
import java.nio.file.Path;

/** The clusters and registries that the environment names. What is missing fails the test that needs it. */
final class RealClusters {

    private RealClusters() {}

    static String env(String name) {
        String value = System.getenv(name);
        if (value == null || value.isBlank()) {
            throw new AssertionError("Environment variable " + name
                    + " is not set; the README says which ones the real tests need, and the test bed prints them");
        }
        return value;
    }

    static Registry registryA() {
        return Registry.at(env("MTC_REGISTRY_A")).plainHttp();
    }

    static Registry registryB() {
        Secret password = Secret.of(env("MTC_REGISTRY_B_PASSWORD"));
        return Registry.at(env("MTC_REGISTRY_B"))
                .caBundle(Path.of(env("MTC_REGISTRY_B_CA")))
                .credentials(env("MTC_REGISTRY_B_USER"), password)
                .pullCredentials(env("MTC_REGISTRY_B_USER"), password);
    }

    static Cluster source() {
        return sourceWithoutRegistry().registry(registryA());
    }

    static Cluster sourceWithoutRegistry() {
        return Clusters.fromKubeconfig(Path.of(env("MTC_SOURCE_KUBECONFIG")))
                .named("old")
                .moverImage(env("MTC_MOVER_IMAGE"));
    }

    static Cluster target() {
        return Clusters.fromKubeconfig(Path.of(env("MTC_TARGET_KUBECONFIG")))
                .named("new")
                .registry(registryB())
                .moverImage(env("MTC_MOVER_IMAGE"));
    }
}
