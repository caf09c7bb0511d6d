package dev.mtc.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {

    private static final Cluster OLD = Clusters.inCluster().named("old");
    private static final Cluster NEW = Clusters.inCluster().named("new");

    @Test
    void build_good_printsOneLine() {
        assertThat(good()).hasToString("PlanBuilder[shop, 1 namespace so far]");
        assertThat(good().build()).hasToString("Plan[shop: old -> new, shop]");
        assertThat(good().namespace("a", "b").build()).hasToString("Plan[shop: old -> new, 2 namespaces]");
    }

    @Test
    void build_thenChangedBuilder_leavesThePlanAlone() {
        PlanBuilder builder = good();
        Plan plan = builder.build();
        builder.namespace("more").volume("shop/files", VolumeChoice.skip()).excludeResources("events");

        assertThat(plan.namespaces()).containsExactly(new NamespaceMapping("shop", "shop"));
        assertThat(plan.volumeExceptions()).isEmpty();
        assertThat(plan.excludedResources()).isEmpty();
    }

    @Test
    void namespace_withColon_isRenamedAsMtcWritesIt() {
        assertThat(good().namespace("a:b").build().namespaces().get(1)).isEqualTo(new NamespaceMapping("a", "b"));
    }

    @Test
    void volumeChoice_ofAClaim_isItsOwnOrTheRule() {
        VolumeChoice own = VolumeChoice.copy().verify();
        Plan plan =
                good().volumes(VolumeChoice.skip()).volume("shop/files", own).build();

        assertThat(plan.volumeChoice("shop", "files")).isSameAs(own);
        assertThat(plan.volumeChoice("shop", "other")).isEqualTo(VolumeChoice.skip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Shop", "shop.eu", "shop_eu"})
    void build_badName_namesIt(String name) {
        assertProblem(
                Plan.named(name).from(OLD).to(NEW).namespace("shop"),
                "name: InvalidName: '" + name + "' is not an RFC 1123 label; use at most 63 lower-case letters,"
                        + " digits and inner '-', because it becomes a label value");
    }

    @Test
    void build_withoutClusters_saysWhatToCall() {
        assertProblem(
                Plan.named("shop").to(NEW).namespace("shop"),
                "from: InvalidSourceClusterRef: no source cluster is set; call from(cluster)");
        assertProblem(
                Plan.named("shop").from(OLD).namespace("shop"),
                "to: InvalidDestinationClusterRef: no target cluster is set; call to(cluster)");
    }

    @Test
    void build_twoClustersOfOneName_saysSo() {
        assertBad(
                plan -> plan.to(Clusters.inCluster().named("old")),
                "to: InvalidDestinationClusterRef: source and target are both named 'old'; give one of them another"
                        + " name with named(…), or give the same cluster twice to convert storage classes in it");
    }

    @Test
    void build_oneClusterTwice_isGood() {
        Plan plan = good().to(OLD).build();

        assertThat(plan.to()).isSameAs(plan.from());
        assertThat(plan).hasToString("Plan[shop: old -> old, shop]");
    }

    @Test
    void build_oneClusterTwiceThroughTheRepository_saysThatItNeedsNone() {
        assertBad(
                plan -> plan.to(OLD)
                        .via(Storage.directory(Path.of("repository")))
                        .indirectVolumes(),
                "volumes: IntraClusterMigration: source and target are one cluster, where volumes cannot go through the"
                        + " repository; call directVolumes()");
    }

    @Test
    void build_withoutNamespace_saysWhatToCall() {
        assertProblem(
                Plan.named("shop").from(OLD).to(NEW),
                "namespaces: NamespaceListEmpty: no namespace is set; call namespace(name)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:B", "a:b:c", "a:", "a:b/c"})
    void build_badNamespace_namesTheBadHalf(String namespace) {
        assertBad(
                plan -> plan.namespace(namespace),
                "namespaces[" + namespace + "]: NamespaceNotDNSCompliant: '" + namespace.substring(2)
                        + "' is not an RFC 1123 label; use at most 63 lower-case letters, digits and inner '-'");
    }

    @Test
    void build_namespaceTwice_isOneProblem() {
        assertBad(
                plan -> plan.namespace("shop"),
                "namespaces[shop]: DuplicateNamespaceOnSourceCluster: 'shop' is listed twice; list each namespace once");
    }

    @Test
    void build_twoNamespacesIntoOne_namesTheTarget() {
        assertBad(
                plan -> plan.namespace("other", "shop"),
                "namespaces[other:shop]: DuplicateNamespaceOnDestinationCluster: two namespaces would become 'shop';"
                        + " map them to different names");
    }

    @Test
    void build_badLabelSelector_showsAGoodOne() {
        Problem problem = problem(good().labelSelector("app in web"));

        assertThat(problem.where()).isEqualTo("labelSelector");
        assertThat(problem.code()).isEqualTo("InvalidLabelSelector");
        assertThat(problem.message()).startsWith("'app in web' is not a label selector: ");
        assertThat(problem.fix()).contains("app in (web,api)");
    }

    @Test
    void build_badResourceNames_showGoodOnes() {
        assertBad(
                plan -> plan.includeResources("Deployment"),
                "includedResources[Deployment]: InvalidResourceName: 'Deployment' is not a plural resource name;"
                        + " write it as kubectl api-resources does, with the group: deployments.apps, services");
        assertThat(problem(good().excludeResources("apps/v1")).where()).isEqualTo("excludedResources[apps/v1]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"files", "shop/", "shop/a/b"})
    void build_badClaim_saysHowToWriteIt(String claim) {
        assertBad(
                plan -> plan.volume(claim, VolumeChoice.skip()),
                "volumes[" + claim + "]: InvalidPVCs: '" + claim + "' does not name a claim; write namespace/claim");
    }

    @Test
    void build_claimOfAnotherNamespace_listsThePlans() {
        assertBad(
                plan -> plan.volume("other/files", VolumeChoice.skip()),
                "volumes[other/files]: InvalidPVCs: namespace 'other' is not in the plan; use one of the plan's source"
                        + " namespaces [shop]");
    }

    @Test
    void build_noCapturesKept_saysWhyOneIsNeeded() {
        assertBad(
                plan -> plan.keepCaptures(0),
                "captures: InvalidCaptures: 0 captures would be kept; keep at least 1, which a run needs while it goes on");
    }

    @Test
    void build_twoClaimsIntoOne_namesBoth() {
        assertBad(
                plan -> plan.volume("shop/a", VolumeChoice.copy().rename("z"))
                        .volume("shop/b", VolumeChoice.copy().rename("z")),
                "volumes[shop/b]: ConflictingPVCMappings: 'shop/a' is renamed to 'z' too; rename them to different"
                        + " names");
    }

    @Test
    void build_ruleThatRenames_saysHowToRenameOne() {
        assertBad(
                plan -> plan.volumes(VolumeChoice.copy().rename("z")),
                "volumes: ConflictingPVCMappings: the rule for all volumes renames them to 'z'; rename single volumes"
                        + " with volume(\"namespace/claim\", copy().rename(…))");
    }

    @Test
    void build_endpointForIndirectVolumes_namesFieldValueAndFix() {
        assertBad(
                plan -> plan.volumeEndpoint(EndpointChoice.TUNNEL)
                        .indirectVolumes()
                        .via(Storage.directory(Path.of("repo"))),
                "volumeEndpoint: InvalidVolumeEndpoint: TUNNEL is asked for, but volumes go through the repository, not to an"
                        + " endpoint; call directVolumes(), or leave volumeEndpoint(…) out");
        assertThat(good().volumeEndpoint(EndpointChoice.TUNNEL).build().volumeEndpoint())
                .isEqualTo(EndpointChoice.TUNNEL);
        assertThat(good().build().volumeEndpoint()).isEqualTo(EndpointChoice.AUTO);
    }

    @Test
    void build_bandwidthForIndirectVolumes_namesFieldValueAndFix() {
        assertBad(
                plan -> plan.volumeBandwidth("50Mi").indirectVolumes().via(Storage.directory(Path.of("repo"))),
                "volumeBandwidth: InvalidVolumeBandwidth: 50Mi is asked for, but volumes go through the repository, where no"
                        + " limit is kept; call directVolumes(), or leave volumeBandwidth(…) out");
    }

    @Test
    void volumeBandwidth_isKeptForTheWayBackToo() {
        Plan plan = good().volumeBandwidth("1.5Ki").build();

        assertThat(plan.volumeBandwidth()).contains("1.5Ki");
        assertThat(plan.volumeBytesPerSecond()).hasValue(1536);
        assertThat(plan.reversed().volumeBandwidth()).contains("1.5Ki");
        assertThat(good().build().volumeBytesPerSecond()).isEmpty();
        assertThatThrownBy(() -> good().volumeBandwidth("fast"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Bandwidth 'fast' is not a positive quantity; write it like 20Gi or 500M");
    }

    @Test
    void build_indirectWithoutRepository_saysBothWaysOut() {
        String expected = "via: InvalidStorageRef: the plan is indirect but has no repository; call via(storage), or"
                + " directVolumes() and directImages()";

        assertBad(PlanBuilder::indirectVolumes, expected);
        assertBad(PlanBuilder::indirectImages, expected);
        assertThat(good().indirectImages()
                        .via(Storage.directory(Path.of("repo")))
                        .build()
                        .imageRoute())
                .isEqualTo(Route.INDIRECT);
    }

    @Test
    void build_twoHooksOfOnePhase_countsThem() {
        Hook hook = Hook.image("busybox");

        assertBad(
                plan -> plan.hook(HookPoint.PRE_BACKUP, hook)
                        .hook(HookPoint.PRE_BACKUP, hook)
                        .hook(HookPoint.POST_RESTORE, hook),
                "hooks[PreBackup]: HookPhaseDuplicate: 2 hooks are set for PreBackup; set one for each phase, as MTC"
                        + " allows, and let it do both things");
    }

    @Test
    void build_everythingWrong_tellsAllAtOnce() {
        PlanInvalidException thrown = invalid(Plan.named("Shop")
                .namespace("A")
                .namespace("b", "c")
                .namespace("d", "c")
                .labelSelector("(")
                .includeResources("Pod")
                .volumes(VolumeChoice.copy().rename("z"))
                .volume("files", VolumeChoice.skip())
                .indirectImages()
                .hook(HookPoint.PRE_BACKUP, Hook.image("a"))
                .hook(HookPoint.PRE_BACKUP, Hook.image("b")));

        assertThat(thrown.problems())
                .extracting(Problem::where)
                .containsExactly(
                        "name",
                        "from",
                        "to",
                        "namespaces[A]",
                        "namespaces[d:c]",
                        "labelSelector",
                        "includedResources[Pod]",
                        "volumes[files]",
                        "volumes",
                        "via",
                        "hooks[PreBackup]");
        assertThat(thrown.problems())
                .allSatisfy(problem -> assertThat(problem.fix()).isNotBlank())
                .allMatch(Problem::blocks);
        assertThat(thrown.remedy()).isEqualTo(Remedy.FIX_INPUT);
        assertThat(thrown.getMessage().lines())
                .hasSize(12)
                .first(InstanceOfAssertFactories.STRING)
                .isEqualTo("Plan Shop is invalid:");
    }

    private static PlanBuilder good() {
        return Plan.named("shop").from(OLD).to(NEW).namespace("shop");
    }

    private static void assertBad(UnaryOperator<PlanBuilder> change, String problem) {
        assertProblem(change.apply(good()), problem);
    }

    private static void assertProblem(PlanBuilder builder, String problem) {
        assertThat(problem(builder)).hasToString(problem);
    }

    private static Problem problem(PlanBuilder builder) {
        PlanInvalidException thrown = invalid(builder);
        assertThat(thrown.problems()).hasSize(1);
        return thrown.problems().get(0);
    }

    private static PlanInvalidException invalid(PlanBuilder builder) {
        return catchThrowableOfType(PlanInvalidException.class, builder::build);
    }
}
