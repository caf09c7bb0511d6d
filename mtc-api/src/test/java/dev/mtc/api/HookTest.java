package dev.mtc.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HookTest {

    @Test
    void image_withoutMore_runsOnTheSourceForHalfAnHour() {
        Hook.Job job = Hook.image("busybox");

        assertThat(job.side()).isEqualTo(Side.SOURCE);
        assertThat(job.namespace()).isEmpty();
        assertThat(job.serviceAccount()).isEmpty();
        assertThat(job.deadline()).isEqualTo(Duration.ofMinutes(30));
        assertThat(job).hasToString("Hook[busybox on source]");
    }

    @Test
    void withers_together_keepEachOthersFields() {
        Hook.Job job = Hook.image("busybox")
                .deadline(Duration.ofSeconds(1))
                .serviceAccount("runner")
                .inNamespace("tools")
                .on(Side.TARGET);

        assertThat(job.image()).isEqualTo("busybox");
        assertThat(job.side()).isEqualTo(Side.TARGET);
        assertThat(job.namespace()).contains("tools");
        assertThat(job.serviceAccount()).contains("runner");
        assertThat(job.deadline()).isEqualTo(Duration.ofSeconds(1));
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
                .isThrownBy(() -> job.inNamespace("My Tools"))
                .withMessageStartingWith("The hook namespace 'My Tools' is not an RFC 1123 label; use ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> job.serviceAccount("me!"))
                .withMessageStartingWith("The hook service account 'me!' is not an RFC 1123 subdomain; use ");
    }

    @Test
    void call_printsNothingOfItsAction() {
        assertThat(Hook.call(context -> {})).hasToString("Hook[call]");
    }
}
