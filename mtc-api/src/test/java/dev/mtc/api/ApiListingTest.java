package dev.mtc.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.model.v1alpha1.MigPlan;
import dev.mtc.api.spi.Mover;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Makes every change of the public surface visible in a diff. */
class ApiListingTest {

    @Test
    void listing_ofApiSpiAndModel_equalsTheCommittedOne() throws IOException {
        ApiListing.assertCommitted("mtc-api", Plan.class, Mover.class, MigPlan.class);
    }

    @Test
    void listing_ofApiAndSpi_showsWhatCallersUse() {
        assertThat(ApiListing.of(Plan.class, Mover.class))
                .contains("dev.mtc.api: final class Plan\n", "  Plan build()\n", "dev.mtc.api.spi: ")
                .contains("  static Builder named(String)".replace("Builder", "PlanBuilder"))
                .doesNotContain("PlanRules", "$");
    }
}
