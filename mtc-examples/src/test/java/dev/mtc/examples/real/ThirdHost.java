package dev.mtc.examples.real;

import dev.mtc.engine.testing.EmbeddedCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A host cluster that is neither source nor target: an API server in this process, reached by kubectl and a controller. */
final class ThirdHost implements AutoCloseable {

    private final EmbeddedCluster cluster;
    private final Path kubeconfig;
    private final Kubectl kubectl;
    private final ControllerProcess controller;

    private ThirdHost(EmbeddedCluster cluster, Path kubeconfig) {
        this.cluster = cluster;
        this.kubeconfig = kubeconfig;
        this.kubectl = Kubectl.with(kubeconfig);
        for (String namespace : List.of("openshift-migration", "openshift-config")) {
            kubectl.run("create", "namespace", namespace);
        }
        this.controller = ControllerProcess.start(kubeconfig);
    }

    static ThirdHost start() {
        EmbeddedCluster cluster =
                EmbeddedCluster.builder("third").withoutWorkloads().start();
        try {
            Path kubeconfig = Files.createTempFile("mtc-third", ".kubeconfig");
            return new ThirdHost(cluster, cluster.kubeconfig(kubeconfig));
        } catch (IOException e) {
            cluster.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    Kubectl kubectl() {
        return kubectl;
    }

    /** Waits until resources have a condition. */
    void await(String condition, String... resources) {
        List<String> arguments = new ArrayList<>(
                List.of("wait", "-n", "openshift-migration", "--for=condition=" + condition, "--timeout=110s"));
        arguments.addAll(List.of(resources));
        kubectl.run(arguments.toArray(String[]::new));
    }

    @Override
    public void close() {
        try {
            controller.terminate();
        } finally {
            cluster.close();
            try {
                Files.delete(kubeconfig);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
