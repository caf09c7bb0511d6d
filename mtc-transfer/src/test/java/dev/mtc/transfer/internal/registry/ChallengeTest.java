package dev.mtc.transfer.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChallengeTest {

    @Test
    void best_ofBearer_readsItsParameters() {
        Challenge challenge = Challenge.best(
                List.of(
                        "Bearer realm=\"https://auth.example/token?x=1\",service=\"a \\\"b\\\"\", scope=\"repository:a/b:pull,push\""));

        assertThat(challenge).isNotNull();
        assertThat(challenge.isBearer()).isTrue();
        assertThat(challenge.parameter("realm")).isEqualTo("https://auth.example/token?x=1");
        assertThat(challenge.parameter("service")).isEqualTo("a \"b\"");
        assertThat(challenge.parameter("scope")).isEqualTo("repository:a/b:pull,push");
    }

    @Test
    void best_ofBasicAndBearer_isBearer() {
        Challenge challenge = Challenge.best(List.of("Basic realm=x", "BEARER realm=\"https://y/\"", "Basic realm=z"));

        assertThat(challenge).isNotNull();
        assertThat(challenge.isBearer()).isTrue();
    }

    @Test
    void best_ofBareBasic_isBasic() {
        Challenge challenge = Challenge.best(List.of("Basic"));

        assertThat(challenge).isNotNull();
        assertThat(challenge.isBearer()).isFalse();
    }

    @Test
    void best_ofOtherSchemes_isNone() {
        assertThat(Challenge.best(List.of("Negotiate", "Digest realm=x"))).isNull();
        assertThat(Challenge.best(List.of())).isNull();
    }
}
