package dev.mtc.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.spi.Mover;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Makes every change of the public surface visible in a diff. */
class ApiListingTest {

    private static final Path COMMITTED =
            Path.of(System.getProperty("basedir", "."), "src", "test", "resources", "mtc-api.api.txt");

    private static final String UPDATE = "mtc.api.update";

    @Test
    void listing_ofApiAndSpi_equalsTheCommittedOne() throws IOException {
        String listing = ApiListing.of(Plan.class, Mover.class);
        if (Boolean.getBoolean(UPDATE)) {
            Files.writeString(COMMITTED, listing);
        }

        assertThat(listing)
                .as("the public API has changed; if that is intended, run" + " mvn -pl mtc-api -Dtest=ApiListingTest -D"
                        + UPDATE + "=true test and commit " + COMMITTED)
                .isEqualTo(Files.readString(COMMITTED));
    }

    @Test
    void listing_ofApiAndSpi_showsWhatCallersUse() {
        assertThat(ApiListing.of(Plan.class, Mover.class))
                .contains("dev.mtc.api: final class Plan\n", "  Plan build()\n", "dev.mtc.api.spi: ")
                .contains("  static Builder named(String)".replace("Builder", "PlanBuilder"))
                .doesNotContain("PlanRules", "$");
    }
}
