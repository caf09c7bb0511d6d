package dev.mtc.transfer.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginTest {

    private static Origin of(String uri) {
        return Origin.of(URI.create(uri));
    }

    @ParameterizedTest
    @CsvSource({
        "https://reg.example/, https://reg.example:443/v2/",
        "http://reg.example/, http://reg.example:80/v2/",
        "https://reg.example/, HTTPS://Reg.Example/v2/",
        "https://[::1]:5000/, https://[::1]:5000/x?y=z"
    })
    void sameOrigin_isEqualHoweverItIsWritten(String one, String other) {
        assertThat(of(one)).isEqualTo(of(other));
    }

    @ParameterizedTest
    @CsvSource({
        "https://reg.example/, http://reg.example/",
        "https://reg.example/, http://reg.example:443/",
        "https://reg.example/, https://reg.example:5000/",
        "https://reg.example/, https://reg.example.evil/",
        "https://reg.example/, https://reg.example@evil/"
    })
    void otherOrigin_differs(String one, String other) {
        assertThat(of(one)).isNotEqualTo(of(other));
    }
}
