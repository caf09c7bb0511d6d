package dev.mtc.transfer.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.transfer.testing.FakeRegistry;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The fake registry is close enough to real ones for skopeo. Slow, as skopeo tries TLS first and waits ten seconds for an
 * answer.
 */
class SkopeoRealIT {

    @ParameterizedTest
    @ValueSource(strings = {"open", "tokens"})
    void copy_betweenFakeRegistries_isByteIdentical(String login) {
        try (FakeRegistry source = open(login);
                FakeRegistry target = open(login)) {
            String digest = source.putIndex("shop/web:1", 1000, 2_000_000);
            String credentials = login.equals("open") ? "" : "mover:secret";

            Skopeo.run(command(credentials, source.host() + "/shop/web:1", target.host() + "/eu/web:1"));

            assertThat(target.digest("eu/web:1")).contains(digest);
            assertThat(target.manifest("eu/web:1").orElseThrow())
                    .isEqualTo(source.manifest("shop/web:1").orElseThrow());
        }
    }

    private static FakeRegistry open(String login) {
        return login.equals("tokens") ? FakeRegistry.withTokens("mover", "secret") : FakeRegistry.open();
    }

    private static List<String> command(String credentials, String from, String to) {
        List<String> start = List.of(
                "skopeo", "--insecure-policy", "copy", "--all", "--src-tls-verify=false", "--dest-tls-verify=false");
        List<String> login = credentials.isEmpty()
                ? List.of()
                : List.of("--src-creds=" + credentials, "--dest-creds=" + credentials);
        return Stream.of(start, login, List.of("docker://" + from, "docker://" + to))
                .flatMap(List::stream)
                .toList();
    }
}
