package dev.mtc.examples.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What another tool says of an image. */
final class Skopeo {

    private Skopeo() {}

    /** {@return the manifest of an image of one of the test bed's registries, as it is there} */
    static String raw(String image) {
        String login = RealClusters.env("MTC_REGISTRY_B_USER") + ":" + RealClusters.env("MTC_REGISTRY_B_PASSWORD");
        try {
            Process skopeo = new ProcessBuilder(
                            "skopeo", "inspect", "--raw", "--tls-verify=false", "--creds=" + login, "docker://" + image)
                    .redirectErrorStream(true)
                    .start();
            String output = new String(skopeo.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(skopeo.waitFor()).as(output).isZero();
            return output;
        } catch (IOException e) {
            throw new AssertionError("skopeo is not on the PATH; install it for these tests", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while skopeo runs", e);
        }
    }
}
