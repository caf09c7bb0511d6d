package dev.mtc.transfer.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.transfer.testing.FakeRegistry;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fake registry is close enough to real ones for skopeo. */
class SkopeoRealIT {

    @ParameterizedTest
    @ValueSource(strings = {"open", "password", "tokens"})
    void copy_betweenFakeRegistries_isByteIdentical(String login) {
        try (FakeRegistry source = open(login);
                FakeRegistry target = open(login)) {
            String digest = source.putIndex("shop/web:1", 1000, 2_000_000);
            String credentials = login.equals("open") ? "" : "mover:secret";

            Skopeo.run(command(credentials, source.host() + "/shop/web:1", target.host() + "/eu/web:1"));
            Skopeo.run(command(credentials, source.host() + "/shop/web:1", target.host() + "/eu/again:1"));

            assertThat(target.digest("eu/web:1")).contains(digest);
            assertThat(target.digest("eu/again:1")).contains(digest);
        }
    }

    private static FakeRegistry open(String login) {
        return switch (login) {
            case "password" -> FakeRegistry.withPassword("mover", "secret");
            case "tokens" -> FakeRegistry.withTokens("mover", "secret");
            default -> FakeRegistry.open();
        };
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
