package dev.mtc.transfer.internal.rsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mtc.api.EndpointChoice;
import dev.mtc.api.Side;
import dev.mtc.api.TransferException;
import dev.mtc.api.contract.Polling;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.TransferRef;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.api.spi.TransferStatus.Failed;
import dev.mtc.api.spi.TransferStatus.Succeeded;
import dev.mtc.api.spi.VolumeMove;
import dev.mtc.api.spi.VolumeMove.Pass;
import dev.mtc.transfer.internal.pods.RealBed;
import dev.mtc.transfer.internal.pods.TransferId;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.LoadBalancerIngressBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Endpoints that need somebody else to give them an address, which here are the tests; within a real cluster; run with the
 * profile {@code real}.
 */
class EndpointsRealIT {

    private static final String TARGET = "volume-endpoints-f";
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static RealBed bed;

    private final RsyncVolumeMover mover = new RsyncVolumeMover();

    @BeforeAll
    static void open() {
        bed = RealBed.inOneCluster(Map.of(Side.SOURCE, "volume-endpoints-e", Side.TARGET, TARGET));
    }

    @AfterAll
    static void close() {
        if (bed != null) {
            bed.close();
        }
    }

    private TransferStatus until(TransferRef ref, VolumeMove move, MoverContext context, String text) {
        return Polling.until(
                () -> mover.poll(ref, move, context),
                status -> status.toString().contains(text) || status instanceof Succeeded || status instanceof Failed,
                LIMIT);
    }

    @Test
    void loadBalancer_isWaitedForAndUsed() {
        RealBed.Pair pair = bed.pair();
        pair.onSource("echo something >file");
        MoverContext context = bed.choosing(EndpointChoice.LOAD_BALANCER).context();
        VolumeMove move = pair.move("k", Pass.COLD);
        TransferRef ref = mover.start(move, context);
        assertThat(until(ref, move, context, "address of receiver pod").toString())
                .contains("is not known yet");

        var service = bed.client(Side.TARGET).services().inNamespace(TARGET).withName(name(ref));
        assertThat(service.get().getSpec().getType()).isEqualTo("LoadBalancer");
        service.editStatus(found -> new ServiceBuilder(found)
                .withNewStatus()
                .withNewLoadBalancer()
                .withIngress(new LoadBalancerIngressBuilder()
                        .withIp(found.getSpec().getClusterIP())
                        .build())
                .endLoadBalancer()
                .endStatus()
                .build());

        assertThat(until(ref, move, context, "Succeeded")).isInstanceOf(Succeeded.class);
        assertThat(pair.onTarget("cat file")).isEqualTo("something");
        Polling.until(() -> mover.cleanUp(ref, move, context), gone -> gone, LIMIT);
        assertThat(service.get()).isNull();
    }

    @Test
    void loadBalancer_thatNobodyGivesAnAddress_failsAfterTheLimit() {
        RealBed.Pair pair = bed.pair();
        MoverContext context = bed.choosing(EndpointChoice.LOAD_BALANCER).context(bed.image(), Duration.ofSeconds(15));
        VolumeMove move = pair.move("k", Pass.COLD);
        TransferRef ref = mover.start(move, context);

        TransferStatus end = until(ref, move, context, "Succeeded");

        assertThat(end).isInstanceOf(Failed.class);
        assertThat(((Failed) end).reason()).isEqualTo("EndpointPending");
        assertThat(((Failed) end).fix()).contains("type LoadBalancer");
        Polling.until(() -> mover.cleanUp(ref, move, context), gone -> gone, LIMIT);
    }

    /** No router runs here; what it would do is written down by hand, up to the name that the sender is given. */
    @Test
    void route_isMadePassthroughAndItsHostUsedOnceAdmitted() {
        RealBed.Pair pair = bed.pair();
        MoverContext context = bed.choosing(EndpointChoice.ROUTE).context();
        VolumeMove move = pair.move("k", Pass.COLD);
        boolean isOpenShift = bed.client(Side.TARGET).hasApiGroup("route.openshift.io", true);
        if (!isOpenShift) {
            assertThatThrownBy(() -> mover.start(move, context))
                    .isInstanceOf(TransferException.class)
                    .hasMessageContainingAll("volumeEndpoint is ROUTE", "no Routes", "choose AUTO");
            makeRouteKind();
        }
        try {
            admit(move, context);
        } finally {
            if (!isOpenShift) {
                routeKind().delete();
            }
        }
    }

    private void admit(VolumeMove move, MoverContext context) {
        TransferRef ref = mover.start(move, context);
        Resource<GenericKubernetesResource> route = route(bed.client(Side.TARGET), name(ref));
        assertThat(route.get().<Object>get("spec", "tls", "termination")).isEqualTo("passthrough");
        assertThat(route.get().<Object>get("spec", "to", "name")).isEqualTo(name(ref));
        assertThat(until(ref, move, context, "address of receiver pod").toString())
                .contains("is not known yet");

        route.editStatus(found -> {
            found.setAdditionalProperty(
                    "status",
                    Map.of(
                            "ingress",
                            List.of(Map.of(
                                    "host",
                                    "shop.apps.example",
                                    "conditions",
                                    List.of(Map.of("type", "Admitted", "status", "True"))))));
            return found;
        });

        assertThat(until(ref, move, context, "to try").toString()).contains("to try route shop.apps.example:443");
        mover.cancel(ref, move, context);
        Polling.until(() -> mover.cleanUp(ref, move, context), gone -> gone, LIMIT);
        assertThat(route.get()).isNull();
    }

    private static Resource<CustomResourceDefinition> routeKind() {
        return bed.client(Side.TARGET)
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("routes.route.openshift.io");
    }

    private static void makeRouteKind() {
        bed.client(Side.TARGET)
                .resource(new CustomResourceDefinitionBuilder()
                        .withNewMetadata()
                        .withName("routes.route.openshift.io")
                        .endMetadata()
                        .withNewSpec()
                        .withGroup("route.openshift.io")
                        .withScope("Namespaced")
                        .withNewNames()
                        .withKind("Route")
                        .withListKind("RouteList")
                        .withPlural("routes")
                        .withSingular("route")
                        .endNames()
                        .addNewVersion()
                        .withName("v1")
                        .withServed(true)
                        .withStorage(true)
                        .withNewSubresources()
                        .withNewStatus()
                        .endStatus()
                        .endSubresources()
                        .withNewSchema()
                        .withNewOpenAPIV3Schema()
                        .withType("object")
                        .withXKubernetesPreserveUnknownFields(true)
                        .endOpenAPIV3Schema()
                        .endSchema()
                        .endVersion()
                        .endSpec()
                        .build())
                .create();
        Polling.until(
                () -> {
                    try {
                        return bed.client(Side.TARGET)
                                .genericKubernetesResources("route.openshift.io/v1", "Route")
                                .inNamespace(TARGET)
                                .list()
                                .getItems()
                                .isEmpty();
                    } catch (KubernetesClientException e) {
                        return false;
                    }
                },
                served -> served,
                LIMIT);
    }

    private static String name(TransferRef ref) {
        return new TransferId(ref.token()).name(Role.RECEIVER);
    }

    private static Resource<GenericKubernetesResource> route(KubernetesClient client, String name) {
        return client.genericKubernetesResources("route.openshift.io/v1", "Route")
                .inNamespace(TARGET)
                .withName(name);
    }
}
