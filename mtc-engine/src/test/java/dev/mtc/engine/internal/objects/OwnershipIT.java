package dev.mtc.engine.internal.objects;

import dev.mtc.api.Side;
import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.testing.EmbeddedCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OwnershipIT {

    private static EmbeddedCluster cluster;
    private static Discovery served;

    @BeforeAll
    static void start() {
        cluster = EmbeddedCluster.start("ownership");
        try (CountedCluster counted = CountedCluster.at(Side.TARGET, cluster.url())) {
            served = counted.discovery();
        }
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private static TransformCase of(String resource, String yaml) {
        Surroundings surroundings = Surroundings.none();
        surroundings.note(new ObjectKey("services", "shop", "web"), Yaml.object("spec:\n  selector: {app: web}"));
        RestoreSettings settings = TransformCase.settings(plan -> plan.excludeResources("cronjobs"));
        return TransformCase.of(new Ownership(served, Selection.of(settings.plan()), surroundings), resource, yaml);
    }

    private static String ownedBy(String apiVersion, String kind, String controller) {
        return "metadata: {name: x, ownerReferences: [{apiVersion: %s, kind: %s, name: o, uid: u, controller: %s}]}"
                .formatted(apiVersion, kind, controller);
    }

    @Test
    void apply_replicaSetOfDeployment_isSkipped() {
        of("replicasets.apps", ownedBy("apps/v1", "Deployment", "true")).isSkipped("Deployment o makes it again");
    }

    @Test
    void apply_podOfAnything_isSkipped() {
        of("pods", ownedBy("example.com/v1", "Database", "false")).isSkipped("Database o makes it again");
    }

    @Test
    void apply_sliceOfService_isSkipped() {
        of("endpointslices.discovery.k8s.io", ownedBy("v1", "Service", "true")).isSkipped("Service o");
    }

    @Test
    void apply_endpointsOfServiceWithSelector_areSkipped() {
        of("endpoints", "metadata: {name: web}").isSkipped("from its service");
    }

    @Test
    void apply_endpointsByHand_areKept() {
        of("endpoints", "metadata: {name: database}").isKept();
    }

    @Test
    void apply_objectOfUnservedCustomResource_isKeptWithWarning() {
        of("deployments.apps", ownedBy("example.com/v1", "Database", "true"))
                .warns("OwnerReferenceDropped")
                .becomes("metadata: {name: x}");
    }

    @Test
    void apply_ownerThatIsNoController_isDroppedWithWarning() {
        of("configmaps", ownedBy("apps/v1", "Deployment", "false"))
                .warns("OwnerReferenceDropped")
                .becomes("metadata: {name: x}");
    }
}
