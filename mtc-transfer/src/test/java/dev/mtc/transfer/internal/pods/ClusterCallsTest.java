package dev.mtc.transfer.internal.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mtc.api.Remedy;
import dev.mtc.api.TransferException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterCallsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    403 | pods "p" is forbidden: violates PodSecurity "restricted:latest": runAsNonRoot != true | FIX_INPUT | pod-security.kubernetes.io/enforce=baseline
                    403 | pods "p" is forbidden: unable to validate against any security context constraint: [] | FIX_INPUT | add-scc-to-user privileged
                    403 | pods "p" is forbidden: User "u" cannot create resource "pods"                         | FIX_INPUT | grant the permission
                    403 | pods "p" is forbidden: exceeded quota: few, requested: pods=1                         | FIX_INPUT | lift the quota
                    429 | too many requests                                                                     | RETRY     | try again
                    503 | the server is currently unable to handle the request                                  | RETRY     | try again
                    """)
    void guarded_refusal_saysWhatToDo(int code, String answer, Remedy remedy, String fix) {
        assertThatExceptionOfType(TransferException.class)
                .isThrownBy(() -> ClusterCalls.guarded("start copying shop/data", () -> {
                    throw new KubernetesClientException(answer, code, null);
                }))
                .withMessageContainingAll("start copying shop/data", answer, fix)
                .satisfies(e -> assertThat(e.remedy()).isEqualTo(remedy));
    }
}
