package dev.mtc.examples;

import dev.mtc.api.Cluster;
import dev.mtc.api.Clusters;
import dev.mtc.api.Controller;
import dev.mtc.api.PlanLimits;
import dev.mtc.api.RunningController;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks after MTC's resources on a cluster until the process is told to end. */
@Command(
        name = "controller",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Carries out MigPlans and MigMigrations of a host cluster, until it is stopped (SIGTERM, Ctrl-C). "
                        + "What it was doing then goes on when it is started again.")
final class RunController implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "Host cluster; the cluster that this process runs in if left out.")
    private @Nullable Path kubeconfig;

    @Option(names = "--context", paramLabel = "NAME", description = "Its context, if not the current one.")
    private @Nullable String context;

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            description = "Where MTC's resources are; ${DEFAULT-VALUE} if left out.",
            defaultValue = "openshift-migration")
    private String namespace = "";

    @Option(names = "--identity", paramLabel = "NAME", description = "Its name in the Lease; the host's if left out.")
    private @Nullable String identity;

    @Option(
            names = "--lease",
            paramLabel = "SECONDS",
            description = "After how many seconds another controller takes over from one that died; ${DEFAULT-VALUE}.",
            defaultValue = "15")
    private int lease;

    @Option(
            names = "--namespace-limit",
            paramLabel = "N",
            description = "Plans with more namespaces are not Ready; ${DEFAULT-VALUE}.",
            defaultValue = "10")
    private int namespaceLimit;

    @Option(
            names = "--pod-limit",
            paramLabel = "N",
            description = "Plans with more running pods get a warning; ${DEFAULT-VALUE}.",
            defaultValue = "100")
    private int podLimit;

    @Option(
            names = "--pv-limit",
            paramLabel = "N",
            description = "Plans with more volumes get a warning; ${DEFAULT-VALUE}.",
            defaultValue = "100")
    private int volumeLimit;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Thread onSignal = new Thread(
                () -> {
                    end.countDown();
                    awaitQuietly(ended);
                },
                "mtc-controller-shutdown");
        Runtime.getRuntime().addShutdownHook(onSignal);
        Controller controller = Controller.on(host())
                .namespace(namespace)
                .identity(identity == null ? machine() : identity)
                .lease(Duration.ofSeconds(lease))
                .limits(new PlanLimits(namespaceLimit, podLimit, volumeLimit));
        try (RunningController running = controller.start()) {
            out.println(running.identity() + " looks after " + namespace + " on " + host().name());
            out.flush();
            end.await();
        } finally {
            ended.countDown();
        }
        return 0;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Cluster host() {
        if (kubeconfig == null) {
            return Clusters.inCluster();
        }
        return context == null ? Clusters.fromKubeconfig(kubeconfig) : Clusters.fromKubeconfig(kubeconfig, context);
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName() + "-"
                    + ProcessHandle.current().pid();
        } catch (UnknownHostException e) {
            return "mtc-" + ProcessHandle.current().pid();
        }
    }
}
