package dev.mtc.transfer.internal.restic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.transfer.internal.pods.MoverPod;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HalfTest {

    private static Container container(Half half) {
        return new MoverPod(
                        half, "n", "ns", Map.of(), "image", "claim", false, "secret", null, Map.of("REGION", "here"))
                .manifest()
                .getSpec()
                .getContainers()
                .get(0);
    }

    private static boolean isReadOnly(Container container) {
        return container.getVolumeMounts().stream()
                .filter(mount -> "/volume".equals(mount.getMountPath()))
                .map(VolumeMount::getReadOnly)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void manifest_backup_readsOnlyAndHasOneCapability() {
        Container backup = container(Half.BACKUP);

        assertThat(isReadOnly(backup)).isTrue();
        assertThat(backup.getSecurityContext().getCapabilities().getAdd()).containsExactly("DAC_OVERRIDE");
        assertThat(backup.getReadinessProbe()).isNull();
        assertThat(backup.getCommand().get(2)).contains("list_tree", "restic", "back_up");
    }

    @Test
    void manifest_restore_writesAndMaySetWhatFilesHave() {
        Container restore = container(Half.RESTORE);

        assertThat(isReadOnly(restore)).isFalse();
        assertThat(restore.getSecurityContext().getCapabilities().getAdd())
                .contains("CHOWN", "MKNOD", "SETFCAP")
                .doesNotContain("SYS_ADMIN", "SYS_CHROOT");
        assertThat(restore.getCommand().get(2)).contains("clear_away", "compare()");
    }
}
