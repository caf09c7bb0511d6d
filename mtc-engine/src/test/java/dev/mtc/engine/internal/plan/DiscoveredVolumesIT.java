package dev.mtc.engine.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.Clusters;
import dev.mtc.api.Side;
import dev.mtc.api.model.v1alpha1.PersistentVolume;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Connections;
import dev.mtc.engine.testing.EmbeddedCluster;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Volumes of the source as items of a plan. */
class DiscoveredVolumesIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final EmbeddedCluster cluster =
            EmbeddedCluster.builder("one").withoutWorkloads().start();
    private StorageClasses classes;

    @BeforeEach
    void readClasses() {
        try (ApiServer server = Connections.open(Side.SOURCE, Clusters.of("one", cluster.client()))) {
            classes = StorageClasses.of(server, server);
        }
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private static ObjectNode json(String text, Object... values) {
        try {
            return (ObjectNode) JSON.readTree(text.formatted(values).replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static ObjectNode claim(String namespace, String name, String volume, String mode) {
        return json(
                "{'metadata':{'namespace':'%s','name':'%s'},'spec':{'volumeName':'%s','volumeMode':'%s',"
                        + "'accessModes':['ReadWriteOnce']}}",
                namespace, name, volume, mode);
    }

    private static ObjectNode volume(String name, String namespace, String claim) {
        return json(
                "{'metadata':{'name':'%s'},'spec':{'capacity':{'storage':'2Gi'},'storageClassName':'standard',"
                        + "'claimRef':{'namespace':'%s','name':'%s'}},'status':{'phase':'Bound'}}",
                name, namespace, claim);
    }

    private static ObjectNode pod(String namespace, String claim, String ownerKind, String owner) {
        return json(
                "{'metadata':{'namespace':'%s','name':'p','ownerReferences':[{'apiVersion':'apps/v1','kind':'%s',"
                        + "'name':'%s'}]},'spec':{'volumes':[{'persistentVolumeClaim':{'claimName':'%s'}}]}}",
                namespace, ownerKind, owner, claim);
    }

    private List<PersistentVolume> discovered(ObjectNode... pods) {
        ObjectNode replicaSet = json("{'metadata':{'namespace':'shop','name':'web-1','ownerReferences':"
                + "[{'apiVersion':'apps/v1','kind':'Deployment','name':'web'}]}}");
        return DiscoveredVolumes.of(
                List.of(
                        claim("shop", "data", "pv-2", "Filesystem"),
                        claim("blog", "data", "pv-1", "Block"),
                        claim("shop", "pending", "", "Filesystem"),
                        claim("shop", "stolen", "pv-2", "Filesystem")),
                List.of(volume("pv-1", "blog", "data"), volume("pv-2", "shop", "data")),
                List.of(pods),
                List.of(replicaSet),
                classes);
    }

    @Test
    void of_boundClaims_areItemsByVolumeWithDefaults() {
        List<PersistentVolume> items = discovered();

        assertThat(items).extracting(PersistentVolume::getName).containsExactly("pv-1", "pv-2");
        PersistentVolume item = items.get(1);
        assertThat(item.getCapacity()).isEqualTo(new Quantity("2Gi"));
        assertThat(item.getPvc().getNamespace() + "/" + item.getPvc().getName()).isEqualTo("shop/data");
        assertThat(item.getSupported().getActions()).containsExactly("skip", "copy");
        assertThat(item.getSelection().getAction()).isEqualTo("copy");
        assertThat(item.getSelection().getCopyMethod()).isEqualTo("filesystem");
        assertThat(item.getSelection().getStorageClass()).isEqualTo("standard");
        assertThat(items.get(0).getSelection().getCopyMethod()).isEqualTo("block");
        assertThat(items.get(0).getSupported().getCopyMethods()).containsExactly("block");
    }

    @Test
    void of_claimsOfTheSameName_areToldApart() {
        List<PersistentVolume> items = discovered(pod("shop", "data", "StatefulSet", "db"));

        assertThat(items).extracting(item -> item.getPvc().isReferenced()).containsExactly(false, true);
        assertThat(items.get(1).getPvc().getOwnerType()).isEqualTo("StatefulSet");
    }

    @Test
    void of_podsOfAReplicaSet_nameItsDeployment() {
        assertThat(owner(pod("shop", "data", "ReplicaSet", "web-1"))).isEqualTo("Deployment");
        assertThat(owner(pod("shop", "data", "ReplicaSet", "other"))).isEqualTo("ReplicaSet");
        assertThat(owner(pod("shop", "data", "Machine", "m"))).isEqualTo("Unknown");
        assertThat(owner(pod("shop", "data", "StatefulSet", "db"), pod("shop", "data", "Job", "j")))
                .isEqualTo("Unknown");
    }

    private String owner(ObjectNode... pods) {
        return discovered(pods).get(1).getPvc().getOwnerType();
    }

    @Test
    void merge_keepsWhatUsersChooseAndDropsWhatIsGone() {
        List<PersistentVolume> edited = discovered();
        PersistentVolume gone = new PersistentVolume();
        gone.setName("pv-0");
        PersistentVolume own = edited.get(1);
        own.getSelection().setAction("skip");
        own.getSelection().setStorageClass("fast");
        own.getPvc().setName("data:data-new");
        own.getPvc().setAccessModes(List.of("ReadWriteMany"));
        own.setCapacity(new Quantity("99Gi"));
        own.setProposedCapacity(new Quantity("3Gi"));
        own.setCapacityConfirmed(true);

        List<PersistentVolume> merged = DiscoveredVolumes.merge(discovered(), List.of(gone, own));

        assertThat(merged).extracting(PersistentVolume::getName).containsExactly("pv-1", "pv-2");
        PersistentVolume item = merged.get(1);
        assertThat(item.getSelection().getAction()).isEqualTo("skip");
        assertThat(item.getSelection().getStorageClass()).isEqualTo("fast");
        assertThat(item.getPvc().getName()).isEqualTo("data:data-new");
        assertThat(item.getPvc().getAccessModes()).containsExactly("ReadWriteMany");
        assertThat(item.getProposedCapacity()).isEqualTo(new Quantity("3Gi"));
        assertThat(item.isCapacityConfirmed()).isTrue();
        assertThat(item.getCapacity()).isEqualTo(new Quantity("2Gi"));
    }

    @Test
    void merge_ofAnItemWithOneAction_forcesIt() {
        List<PersistentVolume> discovered = discovered();
        discovered.get(0).getSupported().setActions(List.of("skip"));

        assertThat(DiscoveredVolumes.merge(discovered, discovered())
                        .get(0)
                        .getSelection()
                        .getAction())
                .isEqualTo("skip");
    }
}
