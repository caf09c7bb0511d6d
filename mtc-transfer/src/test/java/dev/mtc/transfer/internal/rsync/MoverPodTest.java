package dev.mtc.transfer.internal.rsync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.transfer.internal.pods.MoverPod;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MoverPodTest {

    @Test
    void manifest_bothRoles_ownNothingThatTheyDoNotNeed() {
        for (Role role : Role.values()) {
            PodSpec spec = pod(role, null).getSpec();
            Container container = spec.getContainers().get(0);

            assertThat(spec.getAutomountServiceAccountToken()).isFalse();
            assertThat(spec.getEnableServiceLinks()).isFalse();
            assertThat(spec.getRestartPolicy()).isEqualTo("Never");
            assertThat(spec.getVolumes()).hasSize(3);
            assertThat(container.getImagePullPolicy()).isEqualTo("IfNotPresent");
            assertThat(container.getSecurityContext().getCapabilities().getDrop())
                    .containsExactly("ALL");
            assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                    .isFalse();
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                    .isTrue();
            assertThat(container.getSecurityContext().getSeccompProfile().getType())
                    .isEqualTo("RuntimeDefault");
            assertThat(container.getCommand().get(2)).contains("stunnel", "ECDHE-PSK-", "PSKsecrets");
        }
    }

    @Test
    void manifest_sender_mountsTheClaimReadOnlyAndHasOneCapability() {
        Container container = pod(Role.SENDER, null).getSpec().getContainers().get(0);

        assertThat(mount(container).getReadOnly()).isTrue();
        assertThat(container.getSecurityContext().getCapabilities().getAdd()).containsExactly("DAC_OVERRIDE");
        assertThat(container.getStartupProbe()).isNull();
    }

    @Test
    void manifest_receiver_mountsTheClaimWritableAndTellsWhenItListens() {
        Container container = pod(Role.RECEIVER, null).getSpec().getContainers().get(0);

        assertThat(mount(container).getReadOnly()).isFalse();
        assertThat(container.getStartupProbe().getExec().getCommand()).contains("/mtc/run/ready");
        assertThat(container.getReadinessProbe())
                .as("a probe that goes on for as long as data is copied")
                .isNull();
    }

    @Test
    void manifest_nodeGiven_isRequiredAndTaintsAreTolerated() {
        PodSpec spec = pod(Role.SENDER, "node-7").getSpec();

        assertThat(spec.getTolerations()).singleElement().satisfies(toleration -> {
            assertThat(toleration.getOperator()).isEqualTo("Exists");
            assertThat(toleration.getKey()).isNull();
        });
        assertThat(spec.getAffinity()
                        .getNodeAffinity()
                        .getRequiredDuringSchedulingIgnoredDuringExecution()
                        .getNodeSelectorTerms()
                        .get(0)
                        .getMatchFields()
                        .get(0)
                        .getValues())
                .containsExactly("node-7");
        assertThat(pod(Role.SENDER, null).getSpec().getAffinity()).isNull();
    }

    @Test
    void manifest_keyNeverInIt_onlyInTheSecret() {
        assertThat(pod(Role.SENDER, null).getSpec().getVolumes())
                .anySatisfy(volume -> assertThat(volume.getSecret()).isNotNull().satisfies(secret -> {
                    assertThat(secret.getSecretName()).isEqualTo("the-secret");
                    assertThat(secret.getDefaultMode()).isEqualTo(0400);
                }));
    }

    @Test
    void manifest_device_isNotMountedAndTheScriptKnowsWhereItIs() {
        for (Role role : Role.values()) {
            Container container =
                    pod(role, null, true).getSpec().getContainers().get(0);

            assertThat(container.getVolumeDevices()).singleElement().satisfies(device -> {
                assertThat(device.getName()).isEqualTo("volume");
                assertThat(device.getDevicePath()).isEqualTo("/dev/mtc-volume");
            });
            assertThat(container.getVolumeMounts())
                    .extracting(VolumeMount::getMountPath)
                    .containsExactly("/mtc/secret", "/mtc/run");
            assertThat(container.getEnv())
                    .anySatisfy(variable -> assertThat(variable.getName() + "=" + variable.getValue())
                            .isEqualTo("DEVICE=/dev/mtc-volume"));
        }
    }

    private static VolumeMount mount(Container container) {
        return container.getVolumeMounts().stream()
                .filter(mount -> "/volume".equals(mount.getMountPath()))
                .findFirst()
                .orElseThrow();
    }

    private static Pod pod(Role role, @Nullable String node) {
        return pod(role, node, false);
    }

    private static Pod pod(Role role, @Nullable String node, boolean isBlock) {
        return new MoverPod(
                        role,
                        "name",
                        "namespace",
                        Map.of("a", "b"),
                        "image",
                        "claim",
                        isBlock,
                        "the-secret",
                        node,
                        Map.of("VERIFY", "no"))
                .manifest();
    }
}
