package dev.mtc.examples;

import dev.mtc.api.CheckReport;
import dev.mtc.api.Cluster;
import dev.mtc.api.Clusters;
import dev.mtc.api.EndpointChoice;
import dev.mtc.api.ExistingPolicy;
import dev.mtc.api.Listeners;
import dev.mtc.api.Manifests;
import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationRun;
import dev.mtc.api.Plan;
import dev.mtc.api.PlanBuilder;
import dev.mtc.api.Registry;
import dev.mtc.api.Secret;
import dev.mtc.api.StateStore;
import dev.mtc.api.VolumeChoice;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Migrates namespaces between two clusters. */
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Migrates namespaces - objects, images, volume data - from one cluster to another.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:the migration succeeded, possibly with warnings",
            "1:it did not",
            "2:the arguments are wrong",
        })
final class Migrate implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--from", paramLabel = "KUBECONFIG", description = "Source cluster.")
    private @Nullable Path from;

    @Option(names = "--from-context", paramLabel = "NAME", description = "Its context, if not the current one.")
    private @Nullable String fromContext;

    @Option(names = "--to", paramLabel = "KUBECONFIG", description = "Target cluster.")
    private @Nullable Path to;

    @Option(names = "--to-context", paramLabel = "NAME", description = "Its context, if not the current one.")
    private @Nullable String toContext;

    @Option(
            names = "--namespace",
            paramLabel = "NAME[:NEW]",
            description = "A namespace, and its name on the target if that differs; may be repeated.")
    private List<String> namespaces = new ArrayList<>();

    @ArgGroup
    private Action action = new Action();

    /** What to do; one of them. */
    static final class Action {
        @Option(names = "--stage", description = "Copy images and volume data ahead; applications keep running.")
        private boolean stage;

        @Option(names = "--cutover", description = "Move the application; the default.")
        @SuppressWarnings("UnusedVariable") // it is what happens if nothing else is asked for
        private boolean cutover;

        @Option(
                names = "--failback",
                description =
                        "Bring back after a cut-over what was written since; --rollback then starts the source on it.")
        private boolean failback;

        @Option(names = "--rollback", description = "Undo a cut-over.")
        private boolean rollback;

        @Option(names = "--check", description = "Only look whether the plan can be carried out.")
        private boolean check;

        @Option(names = "--preview", description = "Only print what a cut-over would do.")
        private boolean preview;

        @Option(names = "--resume", paramLabel = "RUN", description = "Go on with a run kept in --state.")
        private @Nullable String resume;
    }

    @Option(names = "--source-registry", paramLabel = "HOST", description = "Registry of the source's images.")
    private @Nullable String sourceRegistry;

    @Option(names = "--target-registry", paramLabel = "HOST", description = "Registry to copy them to.")
    private @Nullable String targetRegistry;

    @Option(names = "--source-registry-user", paramLabel = "NAME", description = "User of the source registry.")
    private @Nullable String sourceRegistryUser;

    @Option(names = "--source-registry-password-env", paramLabel = "VAR", description = "Variable with its password.")
    private @Nullable String sourceRegistryPassword;

    @Option(names = "--source-registry-ca", paramLabel = "PEM", description = "Authorities of the source registry.")
    private @Nullable Path sourceRegistryCa;

    @Option(names = "--target-registry-user", paramLabel = "NAME", description = "User of the target registry.")
    private @Nullable String targetRegistryUser;

    @Option(names = "--target-registry-password-env", paramLabel = "VAR", description = "Variable with its password.")
    private @Nullable String targetRegistryPassword;

    @Option(names = "--target-registry-ca", paramLabel = "PEM", description = "Authorities of the target registry.")
    private @Nullable Path targetRegistryCa;

    @Option(
            names = "--target-pull-secret",
            description = "Let migrated pods pull with the target registry's user and password.")
    private boolean pullSecret;

    @Option(
            names = "--docker-config",
            paramLabel = "FILE",
            description = "Logins of registries without a user given here, as docker login writes them.")
    private @Nullable Path dockerConfig;

    @Option(
            names = "--copy-images",
            paramLabel = "FROM=TO",
            description = "Copy images of other registries too, such as quay.io/acme=HOST/acme; may be repeated.")
    private List<String> imageRules = new ArrayList<>();

    @Mixin
    private ImageOptions imageOptions = new ImageOptions();

    @Option(names = "--mover-image", paramLabel = "IMAGE", description = "Image of mover pods on both clusters.")
    private @Nullable String moverImage;

    @Option(names = "--storage-class", paramLabel = "NAME", description = "Storage class of copied volumes.")
    private @Nullable String storageClass;

    @Option(names = "--verify-volumes", description = "Compare both sides of volumes after the copy.")
    private boolean verifyVolumes;

    @Option(
            names = "--skip-volume",
            paramLabel = "NAMESPACE/CLAIM",
            description = "Leave a volume out; may be repeated.")
    private List<String> skippedVolumes = new ArrayList<>();

    @Option(
            names = "--volume-endpoint",
            paramLabel = "ENDPOINT",
            description = "How senders of volumes reach receivers: ${COMPLETION-CANDIDATES}.")
    private EndpointChoice volumeEndpoint = EndpointChoice.AUTO;

    @Option(
            names = "--volume-bandwidth",
            paramLabel = "SIZE",
            description = "Bytes in a second for all volumes together.")
    private @Nullable String volumeBandwidth;

    @Option(
            names = "--storage",
            paramLabel = Storages.FORM,
            description = {"Replication repository.", Storages.SETTINGS})
    private @Nullable String storage;

    @Option(names = "--indirect-images", description = "Copy images through the repository.")
    private boolean indirectImages;

    @Option(names = "--indirect-volumes", description = "Copy volumes through the repository, which must be a bucket.")
    private boolean indirectVolumes;

    @Option(names = "--existing", description = "Foreign objects on the target: ${COMPLETION-CANDIDATES}.")
    private ExistingPolicy existing = ExistingPolicy.FAIL;

    @Option(names = "--no-quiesce", description = "Leave the source's applications running during a cut-over.")
    private boolean noQuiesce;

    @Option(names = "--manifests", paramLabel = "DIR", description = "Take the plan out of MTC's manifests instead.")
    private @Nullable Path manifests;

    @Option(names = "--plan", paramLabel = "NAME", description = "Which plan of the manifests, if there are several.")
    private @Nullable String manifestPlan;

    @Option(
            names = "--host",
            paramLabel = "KUBECONFIG",
            description = "The host cluster of the manifests, on which MTC ran and whose MigCluster has no address.")
    private @Nullable Path host;

    @Option(names = "--pending-limit", paramLabel = "SECONDS", description = "How long pods and claims may be pending.")
    private int pendingLimit = 300;

    @Option(names = "--state", paramLabel = "DIR", description = "Keep the state here, so that a run can be resumed.")
    private @Nullable Path state;

    @Option(names = "--name", paramLabel = "PLAN", description = "Name of the plan; the first namespace if not given.")
    private @Nullable String name;

    @Mixin
    private ReportOption report = new ReportOption();

    @Option(names = "--timeout", paramLabel = "MINUTES", description = "When to cancel; ${DEFAULT-VALUE} if not given.")
    private int timeout = 24 * 60;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Plan plan = plan();
        if (action.check) {
            CheckReport report = plan.check();
            out.println(report.describe());
            return report.isOk() ? 0 : 1;
        } else if (action.preview) {
            try (StateStore store = store()) {
                out.println(plan.preview(store).describe());
            }
            return 0;
        }
        out.println(plan);
        try (StateStore store = store()) {
            MigrationRun run = start(Migration.of(isFailback(plan) ? plan.reversed() : plan)
                    .verify()
                    .state(store)
                    .pendingLimit(Duration.ofSeconds(pendingLimit))
                    .listener(Listeners.console(out)));
            out.println(run.id());
            MigrationResult result = finish(run);
            out.print(result.report().toText());
            report.write(result, out);
            out.flush();
            return result.status() == MigrationResult.Status.SUCCEEDED
                            || result.status() == MigrationResult.Status.SUCCEEDED_WITH_WARNINGS
                    ? 0
                    : 1;
        }
    }

    /** A failback is a run of the reversed plan, which is what goes on with it. */
    private boolean isFailback(Plan plan) {
        return action.resume != null && action.resume.startsWith(plan.name() + "-back-state-");
    }

    private StateStore store() {
        return state == null ? StateStore.memory() : StateStore.directory(state);
    }

    private MigrationRun start(Migration migration) {
        if (action.resume != null) {
            return migration.resume(action.resume);
        } else if (action.stage) {
            return migration.stage();
        } else if (action.rollback) {
            return migration.rollback();
        }
        Migration asked = noQuiesce ? migration : migration.quiesce();
        return action.failback ? asked.failback() : asked.cutover();
    }

    /** Ctrl-C cancels the run and waits for its clean end; a second one ends the process. */
    private MigrationResult finish(MigrationRun run) {
        Thread canceler = new Thread(() -> {
            run.cancel();
            run.await(Duration.ofMinutes(1));
        });
        Runtime.getRuntime().addShutdownHook(canceler);
        try {
            return run.await(Duration.ofMinutes(timeout));
        } catch (dev.mtc.api.AwaitEndedException e) {
            run.cancel();
            return run.await(Duration.ofMinutes(1));
        } finally {
            if (run.isDone()) {
                Runtime.getRuntime().removeShutdownHook(canceler);
            }
        }
    }

    private Plan plan() {
        if (manifests == null) {
            return planOfArguments();
        }
        Manifests read = Manifests.read(manifests);
        if (host != null) {
            read = read.withHost(Clusters.fromKubeconfig(host));
        }
        if (manifestPlan == null && read.plans().size() != 1) {
            throw new IllegalArgumentException(
                    manifests + " has the plans " + read.plans() + "; choose one with --plan");
        }
        return read.plan(manifestPlan == null ? read.plans().get(0) : manifestPlan);
    }

    private Plan planOfArguments() {
        if (from == null || to == null || namespaces.isEmpty()) {
            throw new IllegalArgumentException(
                    "--from, --to and --namespace are needed, or --manifests instead of them");
        }
        Cluster source = cluster(Objects.requireNonNull(from), fromContext);
        Cluster target = cluster(Objects.requireNonNull(to), toContext);
        if (source.name().equals(target.name())) {
            source = source.named("source");
            target = target.named("target");
        }
        if (sourceRegistry != null) {
            source = source.registry(
                    registry(sourceRegistry, sourceRegistryUser, sourceRegistryPassword, sourceRegistryCa));
        }
        if (targetRegistry != null) {
            target = target.registry(
                    pullable(registry(targetRegistry, targetRegistryUser, targetRegistryPassword, targetRegistryCa)));
        }
        String first = namespaces.get(0).replaceFirst(":.*", "");
        PlanBuilder plan =
                Plan.named(name == null ? first : name).from(source).to(target).existing(existing);
        namespaces.forEach(plan::namespace);
        VolumeChoice.Copy copy = VolumeChoice.copy();
        copy = storageClass == null ? copy : copy.storageClass(storageClass);
        plan.volumes(verifyVolumes ? copy.verify() : copy);
        skippedVolumes.forEach(claim -> plan.volume(claim, VolumeChoice.skip()));
        plan.volumeEndpoint(volumeEndpoint);
        if (volumeBandwidth != null) {
            plan.volumeBandwidth(volumeBandwidth);
        }
        imageRules.forEach(rule -> copyImages(plan, rule));
        plan.images(imageOptions.choice());
        return routed(plan).build();
    }

    private PlanBuilder routed(PlanBuilder plan) {
        if (storage != null) {
            plan.via(Storages.parse(storage));
        }
        PlanBuilder routed = indirectVolumes ? plan.indirectVolumes() : plan;
        return indirectImages ? routed.indirectImages() : routed;
    }

    private static void copyImages(PlanBuilder plan, String rule) {
        String[] sides = rule.split("=", -1);
        if (sides.length != 2) {
            throw new IllegalArgumentException(
                    "--copy-images '" + rule + "' is not FROM=TO, for example quay.io/acme=registry.new.example/acme");
        }
        plan.copyImages(sides[0], sides[1]);
    }

    private Cluster cluster(Path kubeconfig, @Nullable String context) {
        Cluster cluster =
                context == null ? Clusters.fromKubeconfig(kubeconfig) : Clusters.fromKubeconfig(kubeconfig, context);
        return moverImage == null ? cluster : cluster.moverImage(moverImage);
    }

    private Registry registry(
            String host, @Nullable String user, @Nullable String passwordVariable, @Nullable Path authorities) {
        Registry registry = Registry.at(host);
        if (user != null && passwordVariable != null) {
            registry = registry.credentials(user, Secret.fromEnv(passwordVariable));
        } else if (dockerConfig != null) {
            registry = registry.dockerConfig(dockerConfig);
        }
        return authorities == null ? registry : registry.caBundle(authorities);
    }

    private Registry pullable(Registry registry) {
        if (!pullSecret) {
            return registry;
        }
        if (registry.user().isEmpty() || registry.password().isEmpty()) {
            throw new IllegalArgumentException("--target-pull-secret needs --target-registry-user and "
                    + "--target-registry-password-env, whose values it gives to migrated pods");
        }
        return registry.pullCredentials(
                registry.user().get(), registry.password().get());
    }
}
