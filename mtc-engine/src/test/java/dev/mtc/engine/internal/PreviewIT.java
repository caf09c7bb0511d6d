package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.mtc.api.ExistingPolicy;
import dev.mtc.api.Hook;
import dev.mtc.api.HookPoint;
import dev.mtc.api.ItemOutcome;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationResult.Status;
import dev.mtc.api.Plan;
import dev.mtc.api.PlanBuilder;
import dev.mtc.api.Preview;
import dev.mtc.api.Preview.Action;
import dev.mtc.api.Preview.Change;
import dev.mtc.api.Preview.Verb;
import dev.mtc.api.Problem;
import dev.mtc.api.Registry;
import dev.mtc.api.Secret;
import dev.mtc.api.StateStore;
import dev.mtc.api.Transform;
import dev.mtc.api.Transforms;
import dev.mtc.api.VolumeChoice;
import dev.mtc.api.spi.TransferStatus;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a preview says, and that a run does just that. */
class PreviewIT {

    private static final PatchContext THEIRS = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withForce(true)
            .build();

    private TestBed bed;

    @BeforeEach
    void open() {
        bed = TestBed.withApp();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private static Action find(Preview preview, String subject) {
        return preview.actions().stream()
                .filter(action -> action.subject().equals(subject))
                .findFirst()
                .orElseThrow();
    }

    private void onTarget(HasMetadata object) {
        bed.target.client().resource(object).inNamespace(TestBed.APP).create();
    }

    /** Objects on the target that differ, are equal or are in no way, and a kind that the target does not serve. */
    private void furnish() {
        TestBed.namespace(bed.target, TestBed.APP);
        onTarget(new ConfigMapBuilder()
                .withNewMetadata()
                .withName("settings")
                .endMetadata()
                .withData(Map.of("greeting", "moin", "extra", "1"))
                .build());
        onTarget(new SecretBuilder()
                .withNewMetadata()
                .withName("password")
                .endMetadata()
                .withType("Opaque")
                .withStringData(Map.of("password", "other"))
                .build());
        bed.source
                .client()
                .resource(Serialization.unmarshal(
                        """
                        apiVersion: apiextensions.k8s.io/v1
                        kind: CustomResourceDefinition
                        metadata:
                          name: widgets.acme.org
                        spec:
                          group: acme.org
                          scope: Namespaced
                          names: {plural: widgets, singular: widget, kind: Widget, listKind: WidgetList}
                          versions:
                          - name: v1
                            served: true
                            storage: true
                            schema:
                              openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
                        """,
                        CustomResourceDefinition.class))
                .create();
        assertThat(bed.source.settle(TestBed.LIMIT)).isTrue();
        bed.source
                .client()
                .resource("apiVersion: acme.org/v1\nkind: Widget\nmetadata: {name: first, namespace: app}\n")
                .create();
    }

    private PlanBuilder updating() {
        return bed.planned()
                .existing(ExistingPolicy.UPDATE)
                .volume("app/data-db-1", VolumeChoice.skip())
                .hook(HookPoint.POST_RESTORE, Hook.call(context -> {}))
                .transform(Transforms.rewriteImages("docker.example", "mirror.example"));
    }

    private static void assertSameObjects(Preview preview, MigrationResult result) {
        assertThat(preview.deviations(result.items()))
                .as(result.report().toText())
                .isEmpty();
        assertThat(result.items())
                .extracting(item -> item.kind() + " " + item.name())
                .containsExactlyInAnyOrderElementsOf(preview.actions().stream()
                        .map(action -> action.kind() + " " + action.subject())
                        .toList());
    }

    @Test
    void cutover_intoAnEmptyCluster_doesWhatWasPreviewed() {
        Preview preview = bed.plan().preview();

        MigrationResult result = bed.migration()
                .expecting(preview)
                .cutover()
                .await(TestBed.LIMIT)
                .requireClean();

        assertSameObjects(preview, result);
        assertThat(find(preview, "deployments.apps app/web").verb()).isEqualTo(Verb.CREATE);
    }

    @Test
    void cutover_withAPullSecretForTheDefaultAccount_doesWhatWasPreviewed() {
        Plan plan = bed.planned()
                .to(bed.targetCluster()
                        .registry(Registry.at("new.example:5001").pullCredentials("puller", Secret.of("pull"))))
                .build();
        Preview preview = plan.preview();

        MigrationResult result = bed.migration(plan)
                .expecting(preview)
                .cutover()
                .await(TestBed.LIMIT)
                .requireClean();

        assertSameObjects(preview, result);
        assertThat(find(preview, "secrets app/pull-new-example-5001").verb()).isEqualTo(Verb.CREATE);
        assertThat(find(preview, "serviceaccounts app/default").verb()).isEqualTo(Verb.UPDATE);
        assertThat(preview.toJson()).doesNotContain("puller");
    }

    @Test
    void cutover_withUpdatesSkipsAndUnsupportedKinds_doesWhatWasPreviewed() {
        furnish();
        Plan plan = updating().build();
        Preview preview = plan.preview();

        MigrationResult result = bed.migration(plan)
                .expecting(preview)
                .cutover()
                .await(TestBed.LIMIT)
                .requireSuccess();

        assertSameObjects(preview, result);
        assertThat(preview.actions())
                .extracting(Action::verb)
                .contains(Verb.CREATE, Verb.UPDATE, Verb.UNCHANGED, Verb.SKIP, Verb.UNSUPPORTED, Verb.COPY, Verb.RUN);
        assertThat(find(preview, "widgets.acme.org app/first").reason()).contains("acme.org/v1 Widget");
    }

    @Test
    void cutover_skippingWhatIsThere_doesWhatWasPreviewed() {
        furnish();
        Plan plan = bed.planned().existing(ExistingPolicy.SKIP).build();
        Preview preview = plan.preview();

        MigrationResult result = bed.migration(plan)
                .expecting(preview)
                .cutover()
                .await(TestBed.LIMIT)
                .requireSuccess();

        assertSameObjects(preview, result);
        assertThat(find(preview, "configmaps app/settings").verb()).isEqualTo(Verb.SKIP);
    }

    @Test
    void cutover_again_doesWhatWasPreviewed() {
        bed.cutover().requireClean();
        bed.images.answer(request -> new TransferStatus.Succeeded(0, Script.BYTES, "equal", List.of()));
        Preview preview = bed.plan().preview();

        MigrationResult again = bed.migration()
                .state(StateStore.memory())
                .expecting(preview)
                .cutover()
                .await(TestBed.LIMIT)
                .requireClean();

        assertSameObjects(preview, again);
        assertThat(preview.actions())
                .filteredOn(action -> action.kind().equals("object"))
                .extracting(Action::verb)
                .containsOnly(Verb.UNCHANGED, Verb.SKIP);
    }

    @Test
    void preview_ofAnUpdate_showsEachFieldAndMasksSecrets() {
        furnish();

        Preview preview = updating().build().preview();

        Action settings = find(preview, "configmaps app/settings");
        assertThat(settings.verb()).isEqualTo(Verb.UPDATE);
        assertThat(settings.changes())
                .containsExactly(
                        new Change("data.greeting", "\"moin\"", "\"hello\""), new Change("data.extra", "\"1\"", null));
        Action password = find(preview, "secrets app/password");
        assertThat(password.changes()).containsExactly(new Change("data.password", Change.MASKED, Change.MASKED));
        assertThat(preview.describe() + preview.toJson())
                .doesNotContain("not-so-secret", "bm90LXNvLXNlY3JldA==", "b3RoZXI=");
    }

    @Test
    void preview_namesTransformsThatTouchedAnObject() {
        Preview preview = updating()
                .transform(Transform.of("touch", object -> {
                            object.getMetadata().getAnnotations().put("touched", "yes");
                            return object;
                        })
                        .onlyFor("services"))
                .build()
                .preview();

        assertThat(find(preview, "services app/web").transforms())
                .contains("server-set fields", "touch", "plan labels");
        assertThat(find(preview, "configmaps app/settings").transforms()).doesNotContain("touch", "images");
        assertThat(find(preview, "deployments.apps app/web").transforms()).contains("images");
    }

    @Test
    void preview_ofVolumes_tellsSizeAndClass() {
        Preview preview = updating().build().preview();

        assertThat(find(preview, "app/data-db-0"))
                .isEqualTo(Action.of(Verb.COPY, "volume", "app/data-db-0", "claim of 1Gi")
                        .bytes(1L << 30, 0)
                        .storageClass("standard"));
        assertThat(find(preview, "app/data-db-1").verb()).isEqualTo(Verb.SKIP);
    }

    @Test
    void cutover_whereSomethingChangedSince_warnsAboutEachDeviation() {
        Preview preview = bed.plan().preview();
        bed.source
                .client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("new")
                        .withNamespace(TestBed.APP)
                        .endMetadata()
                        .build())
                .create();
        bed.source
                .client()
                .configMaps()
                .inNamespace(TestBed.APP)
                .withName("settings")
                .delete();
        TestBed.namespace(bed.target, TestBed.APP);

        MigrationResult result = bed.migration()
                .expecting(preview)
                .cutover()
                .await(TestBed.LIMIT)
                .requireSuccess();

        assertThat(result.status()).isEqualTo(Status.SUCCEEDED_WITH_WARNINGS);
        assertThat(result.warnings())
                .filteredOn(warning -> Set.of(Preview.DONE_OTHERWISE, Preview.NOT_PREVIEWED, Preview.PREVIEWED_NOT_DONE)
                        .contains(warning.code()))
                .extracting(Problem::code, Problem::where)
                .containsExactlyInAnyOrder(
                        tuple(Preview.NOT_PREVIEWED, "object configmaps app/new"),
                        tuple(Preview.PREVIEWED_NOT_DONE, "object configmaps app/settings"),
                        tuple(Preview.DONE_OTHERWISE, "object namespaces app"));
    }

    private void change(String object) {
        bed.source.client().resource(object).patch(THEIRS);
    }

    @Test
    void cutover_whereContentChangedSince_namesEachObject() {
        Preview preview = bed.plan().preview();
        change("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: app}\ndata: {greeting: servus}");
        change("apiVersion: v1\nkind: Secret\nmetadata: {name: password, namespace: app}\ndata: {password: bmV3}");
        change("apiVersion: v1\nkind: Namespace\nmetadata: {name: app, labels: {tier: front}}");
        change("apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: app,"
                + " annotations: {deployment.kubernetes.io/revision: '7'}}");

        MigrationResult result = bed.migration()
                .expecting(Preview.fromJson(preview.toJson()))
                .cutover()
                .await(TestBed.LIMIT)
                .requireSuccess();

        assertThat(result.warnings())
                .filteredOn(warning -> warning.code().equals(Preview.OTHER_CONTENT))
                .extracting(Problem::where)
                .containsExactlyInAnyOrder(
                        "object namespaces app", "object configmaps app/settings", "object secrets app/password");
        assertThat(preview.deviations(result.items())).hasSize(3);
    }

    @Test
    void preview_ofAConflict_isAnErrorOfTheRunOnly() {
        furnish();

        Preview preview = bed.plan().preview();

        assertThat(find(preview, "configmaps app/settings").verb()).isEqualTo(Verb.CONFLICT);
        MigrationResult result = bed.migration().expecting(preview).cutover().await(TestBed.LIMIT);
        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.warnings())
                .extracting(Problem::code)
                .doesNotContain(Preview.PREVIEWED_NOT_DONE, Preview.NOT_PREVIEWED);
        assertThat(result.items()).noneMatch(item -> item.action() == ItemOutcome.Action.CREATED);
    }
}
