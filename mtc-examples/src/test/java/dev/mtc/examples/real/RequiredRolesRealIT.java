package dev.mtc.examples.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.CheckReport;
import dev.mtc.api.Cluster;
import dev.mtc.api.Clusters;
import dev.mtc.api.Migration;
import dev.mtc.api.Plan;
import dev.mtc.api.Problem;
import dev.mtc.api.RequiredRoles;
import dev.mtc.api.Secret;
import dev.mtc.api.Side;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A migration by accounts that may do just what the plan asks for. */
class RequiredRolesRealIT {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String NAME = "pv-app-it";
    private static final String HOME = "pv-account-it";
    private static final String ACCOUNT = "migrator";

    @TempDir
    Path directory;

    private RealNamespace source;
    private RealNamespace target;
    private RealNamespace homeOnSource;
    private RealNamespace homeOnTarget;
    private RequiredRoles roles;

    @BeforeEach
    void open() {
        source = RealNamespace.onSource(NAME);
        target = RealNamespace.onTarget(NAME);
        homeOnSource = RealNamespace.onSource(HOME);
        homeOnTarget = RealNamespace.onTarget(HOME);
        target.delete();
        SmallApplication.open(source);
        for (Side side : Side.values()) {
            home(side).delete();
            home(side).create();
            home(side)
                    .client()
                    .resource(new ServiceAccountBuilder()
                            .withNewMetadata()
                            .withName(ACCOUNT)
                            .withNamespace(HOME)
                            .endMetadata()
                            .build())
                    .create();
        }
        roles = planned(RealClusters.source(), RealClusters.target()).requiredRoles();
    }

    @AfterEach
    void close() {
        Subject subject = RequiredRoles.serviceAccount(HOME, ACCOUNT);
        for (Side side : Side.values()) {
            if (roles != null) {
                roles.bindings(side, subject)
                        .forEach(
                                binding -> home(side).client().resource(binding).delete());
                roles.on(side)
                        .forEach(role -> home(side).client().resource(role).delete());
            }
        }
        for (RealNamespace namespace : new RealNamespace[] {source, target, homeOnSource, homeOnTarget}) {
            namespace.delete();
            namespace.close();
        }
    }

    private RealNamespace home(Side side) {
        return side == Side.SOURCE ? homeOnSource : homeOnTarget;
    }

    private static Plan planned(Cluster from, Cluster to) {
        return Plan.named(NAME).from(from).to(to).namespace(NAME).build();
    }

    private void grant() {
        Subject subject = RequiredRoles.serviceAccount(HOME, ACCOUNT);
        for (Side side : Side.values()) {
            home(side).apply(roles.toYaml(side, subject));
        }
    }

    private Cluster asAccount(Side side) throws IOException {
        KubernetesClient client = home(side).client();
        TokenRequest request = new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(3600L)
                .endSpec()
                .build();
        String token = client.serviceAccounts()
                .inNamespace(HOME)
                .withName(ACCOUNT)
                .tokenRequest(request)
                .getStatus()
                .getToken();
        String authority = client.getConfiguration().getCaCertData();
        Path bundle = directory.resolve(side + ".pem");
        Files.write(
                bundle,
                authority == null
                        ? Files.readAllBytes(Path.of(client.getConfiguration().getCaCertFile()))
                        : Base64.getDecoder().decode(authority));
        Cluster described = side == Side.SOURCE ? RealClusters.source() : RealClusters.target();
        return Clusters.fromToken(client.getMasterUrl().toString(), Secret.of(token))
                .named(described.name())
                .caBundle(bundle)
                .registry(described.registry().orElseThrow())
                .moverImage(described.moverImage().orElseThrow());
    }

    @Test
    void migration_withJustTheRequiredRoles_goesThereAndBack() throws IOException {
        Plan plan = planned(asAccount(Side.SOURCE), asAccount(Side.TARGET));
        CheckReport without = plan.check();
        assertThat(without.isOk()).isFalse();
        assertThat(without.problems()).extracting(Problem::code).contains("PermissionMissing");

        grant();
        plan.check().requireOk();
        String before = SmallApplication.in(source).content();
        Migration.of(plan).stage().await(LIMIT).requireSuccess();
        Migration.of(plan)
                .quiesce()
                .verify()
                .expecting(plan.preview())
                .cutover()
                .await(LIMIT)
                .requireClean();

        SmallApplication arrived = SmallApplication.in(target);
        arrived.awaitReady();
        assertThat(arrived.content()).isEqualTo(before);

        Migration.of(plan).rollback().await(LIMIT).requireClean();
        SmallApplication.in(source).awaitAsBefore(Duration.ofSeconds(120));
        assertThat(target.exists()).isFalse();
    }

    @Test
    void check_withoutOneRule_namesIt() throws IOException {
        grant();
        Plan plan = planned(asAccount(Side.SOURCE), asAccount(Side.TARGET));
        HasMetadata ofCluster = roles.on(Side.TARGET).stream()
                .filter(ClusterRole.class::isInstance)
                .findFirst()
                .orElseThrow();
        home(Side.TARGET)
                .client()
                .rbac()
                .clusterRoles()
                .withName(ofCluster.getMetadata().getName())
                .edit(role -> role.edit()
                        .removeMatchingFromRules(rule -> rule.getResources().contains("storageclasses"))
                        .build());

        assertThat(plan.check().problems())
                .filteredOn(problem -> problem.code().equals("PermissionMissing"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .contains("list", "storageclasses.storage.k8s.io", "target cluster"));
    }
}
