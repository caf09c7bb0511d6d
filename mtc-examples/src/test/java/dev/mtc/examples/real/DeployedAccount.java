package dev.mtc.examples.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** The account of the controller's Deployment, on a host that is neither source nor target of a migration. */
final class DeployedAccount implements AutoCloseable {

    private static final Path DEPLOY = Path.of(System.getProperty("basedir", "."), "deploy");
    private static final String NAME = "migration-controller";
    private static final String NAMESPACE = "openshift-migration";

    private final Kubectl kubectl;
    private final Path kubeconfig;

    private DeployedAccount(Kubectl kubectl, Path kubeconfig) {
        this.kubectl = kubectl;
        this.kubeconfig = kubeconfig;
    }

    /** Applies the manifests as they are, but for what only migrations of the host itself need. */
    static DeployedAccount create(Kubectl kubectl) {
        for (String file : List.of("rbac.yaml", "rbac-openshift-config.yaml", "crds.yaml")) {
            kubectl.run("apply", "-f", DEPLOY.resolve(file).toString());
        }
        kubectl.run(
                "apply",
                "--dry-run=server",
                "-f",
                DEPLOY.resolve("deployment.yaml").toString());
        kubectl.run("delete", "clusterrolebinding", NAME + "-admin");
        try {
            Path kubeconfig = Files.createTempFile("mtc-deployed", ".kubeconfig");
            Files.copy(
                    Path.of(RealClusters.env("MTC_SOURCE_KUBECONFIG")),
                    kubeconfig,
                    StandardCopyOption.REPLACE_EXISTING);
            DeployedAccount account = new DeployedAccount(kubectl, kubeconfig);
            Kubectl own = Kubectl.with(kubeconfig);
            own.run("config", "set-credentials", NAME, "--token=" + account.token());
            own.run("config", "set-context", "--current", "--user=" + NAME);
            return account;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String token() {
        String secret = Arrays.stream(kubectl.run("get", "secrets", "-n", NAMESPACE, "-o", "name")
                        .split("\\s+"))
                .filter(name -> name.startsWith("secret/" + NAME + "-token-"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the account has no token"));
        String encoded = kubectl.run("get", secret, "-n", NAMESPACE, "-o", "jsonpath={.data.token}");
        assertThat(encoded).isNotEmpty();
        return new String(Base64.getDecoder().decode(encoded.strip()), StandardCharsets.UTF_8);
    }

    Path kubeconfig() {
        return kubeconfig;
    }

    @Override
    public void close() {
        kubectl.run("delete", "clusterrolebinding,clusterrole", NAME);
        kubectl.run("delete", "role,rolebinding,serviceaccount", NAME, "-n", NAMESPACE);
        kubectl.run("delete", "role,rolebinding", NAME, "-n", "openshift-config");
        try {
            Files.delete(kubeconfig);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
