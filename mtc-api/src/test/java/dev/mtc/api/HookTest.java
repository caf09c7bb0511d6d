package dev.mtc.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HookTest {

    @Test
    void image_withoutMore_runsOnTheSourceForHalfAnHour() {
        Hook.Job job = Hook.image("busybox");

        assertThat(job.side()).isEqualTo(Side.SOURCE);
        assertThat(job.namespace()).isEmpty();
        assertThat(job.serviceAccount()).isEmpty();
        assertThat(job.deadline()).isEqualTo(Duration.ofMinutes(30));
        assertThat(job.retries()).isEqualTo(6);
        assertThat(job.playbook()).isEmpty();
        assertThat(job).hasToString("Hook[busybox on source]");
    }

    @Test
    void ansible_withPlaybook_keepsItWordForWord() {
        String playbook = "- hosts: localhost\n  tasks: []\n";

        Hook.Job job = Hook.ansible("quay.io/konveyor/hook-runner:latest", playbook)
                .on(Side.TARGET)
                .retries(0);

        assertThat(job.playbook()).contains(playbook);
        assertThat(job.retries()).isZero();
        assertThat(job).hasToString("Hook[playbook in quay.io/konveyor/hook-runner:latest on target]");
    }

    @Test
    void withers_together_keepEachOthersFields() {
        Hook.Job job = Hook.image("busybox")
                .deadline(Duration.ofSeconds(1))
                .retries(2)
                .serviceAccount("runner")
                .inNamespace("tools")
                .on(Side.TARGET);

        assertThat(job.image()).isEqualTo("busybox");
        assertThat(job.side()).isEqualTo(Side.TARGET);
        assertThat(job.namespace()).contains("tools");
        assertThat(job.serviceAccount()).contains("runner");
        assertThat(job.deadline()).isEqualTo(Duration.ofSeconds(1));
        assertThat(job.retries()).isEqualTo(2);
        assertThat(Hook.ansible("busybox", "- {}").on(Side.TARGET).playbook()).contains("- {}");
    }

    @Test
    void badValues_areNamedWithAFix() {
        Hook.Job job = Hook.image("busybox");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Hook.image(" "))
                .withMessage("The hook image is blank; give a reference such as quay.io/acme/hook:1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> job.deadline(Duration.ofMillis(999)))
                .withMessage("Hook deadline PT0.999S is too short; give a second or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> job.deadline(Duration.ofHours(25)))
                .withMessage("Hook deadline PT25H is too long; give a day at most");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> job.retries(-1))
                .withMessage("Hook retries are -1; give a number from 0 to 100");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Hook.ansible("busybox", "\n "))
                .withMessage("The hook's playbook is blank; give its YAML, or use Hook.image(…)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Hook.ansible("busybox", "é".repeat(600_000)))
                .withMessageContaining("1200000 bytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> job.inNamespace("My Tools"))
                .withMessageStartingWith("The hook namespace 'My Tools' is not an RFC 1123 label; use ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> job.serviceAccount("me!"))
                .withMessageStartingWith("The hook service account 'me!' is not an RFC 1123 subdomain; use ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "busybox",
                "busybox:1.36",
                "quay.io/acme/flush_it:v1.0",
                "localhost:5000/a/b-c__d",
                "[2001:db8::1]:5000/a",
                "r.example/a@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "R.Example.com/a:T"
            })
    void image_reference_isTaken(String image) {
        assertThat(Hook.image(image).image()).isEqualTo(image);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Busybox",
                "a b",
                "a/",
                "/a",
                "a:",
                "a//b",
                "https://quay.io/a",
                "a@sha256:0",
                "-a",
                "a:tag:tag",
                "quay.io/acme/flush:1\nrm"
            })
    void image_noReference_isRefused(String image) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Hook.image(image))
                .withMessageStartingWith("The hook image '" + image + "' is not an image reference; give one such as ");
    }

    @Test
    void call_printsNothingOfItsAction() {
        assertThat(Hook.call(context -> {})).hasToString("Hook[call]");
    }
}
