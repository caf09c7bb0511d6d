package dev.mtc.examples;

import dev.mtc.api.Clusters;
import dev.mtc.api.Listeners;
import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.Plan;
import dev.mtc.api.VolumeChoice;
import dev.mtc.engine.testing.EmbeddedCluster;
import dev.mtc.transfer.testing.FakeRegistry;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A whole migration between two clusters that live in this JVM: preview, stage, cut-over, again, rollback. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Migrates a sample shop between two clusters and two registries that live in this process, volume data"
                        + " included, with a directory as the object store.")
final class Demo implements Callable<Integer> {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private ReportOption report = new ReportOption();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        try (DemoFiles files = DemoFiles.inTemporaryDirectory();
                FakeRegistry oldImages = FakeRegistry.open();
                FakeRegistry newImages = FakeRegistry.withPassword("mtc", "demo");
                EmbeddedCluster old =
                        EmbeddedCluster.builder("old").version("1.27").start();
                EmbeddedCluster fresh =
                        EmbeddedCluster.builder("new").version("1.31").start()) {
            oldImages.putIndex("shop/web:1", 4_000_000, 12_000_000);
            oldImages.putImage("shop/cache:1", 4_000_000, 2_000_000);
            oldImages.putImage("shop/busybox:1", 1_500_000);
            fresh.images().only(newImages.host() + "/");
            deploy(old.client(), oldImages.host());
            old.settle(LIMIT);
            files.fill(old.client(), "shop", "pictures", 300);
            files.fill(old.client(), "shop", "data-cache-0", 12);
            Plan plan = Plan.named("shop")
                    .from(Clusters.of("old", old.client()).registry(oldImages.connection()))
                    .to(Clusters.of("new", fresh.client()).registry(newImages.connection()))
                    .via(files.store())
                    .namespace("shop", "shop-eu")
                    .volumes(VolumeChoice.copy().verify())
                    .build();

            return migrate(plan, files, old, fresh, out);
        }
    }

    private int migrate(Plan plan, DemoFiles files, EmbeddedCluster old, EmbeddedCluster fresh, PrintWriter out)
            throws IOException {
        title(out, "plan.check()");
        out.println(plan.check());
        title(out, "plan.preview()");
        out.println(plan.preview().describe());

        title(out, "Migration.of(plan).stage()");
        out.println(watched(plan, files, out).stage().await(LIMIT));
        files.addOrder(old.client(), "shop", "data-cache-0");

        title(out, "Migration.of(plan).quiesce().verify().cutover()");
        MigrationResult moved =
                watched(plan, files, out).quiesce().verify().cutover().await(LIMIT);
        out.print(moved.report().toText());
        report.write(moved, out);
        show(out, fresh.client());
        out.println("last order on the target: " + files.lastOrder(fresh.client(), "shop-eu", "data-cache-0"));

        title(out, "the object store: captured objects, in the layout of Velero's backups");
        files.stored(moved.runId()).forEach(out::println);

        title(out, "the same again");
        MigrationResult again = Migration.of(plan)
                .provider(files.mover())
                .quiesce()
                .verify()
                .cutover()
                .await(LIMIT);
        out.println(again);

        title(out, "Migration.of(plan).rollback()");
        MigrationResult back = watched(plan, files, out).rollback().await(LIMIT);
        out.println(back);
        boolean isBack = fresh.client().namespaces().withName("shop-eu").get() == null;
        out.println("namespace shop-eu on the target: " + (isBack ? "gone" : "still there"));
        boolean runsAgain = old.settle(LIMIT) && isReady(old.client());
        out.println("shop on the source: " + (runsAgain ? "runs again" : "does not run"));
        out.flush();
        moved.requireSuccess();
        back.requireClean();
        return isBack && runsAgain && again.isNoOp() ? 0 : 1;
    }

    private static boolean isReady(KubernetesClient client) {
        List<Pod> pods = client.pods().inNamespace("shop").list().getItems();
        return client.apps().deployments().inNamespace("shop").list().getItems().stream()
                        .allMatch(Readiness::isDeploymentReady)
                && !pods.isEmpty()
                && pods.stream().allMatch(Readiness::isPodReady);
    }

    private static Migration watched(Plan plan, DemoFiles files, PrintWriter out) {
        return Migration.of(plan).provider(files.mover()).listener(Listeners.console(out));
    }

    private static void title(PrintWriter out, String text) {
        out.println();
        out.println("== " + text);
        out.flush();
    }

    private static void deploy(KubernetesClient client, String registry) throws IOException {
        try (InputStream shop = Demo.class.getResourceAsStream("shop.yaml")) {
            String manifests = new String(Objects.requireNonNull(shop).readAllBytes(), StandardCharsets.UTF_8);
            byte[] filled = manifests.replace("REGISTRY/", registry + "/").getBytes(StandardCharsets.UTF_8);
            client.load(new ByteArrayInputStream(filled)).serverSideApply();
        }
    }

    private static void show(PrintWriter out, KubernetesClient client) {
        client.pods()
                .inNamespace("shop-eu")
                .list()
                .getItems()
                .forEach(pod -> out.println("pod " + pod.getMetadata().getName() + " "
                        + pod.getStatus().getPhase() + " on the target, image "
                        + pod.getSpec().getContainers().get(0).getImage()));
    }
}
