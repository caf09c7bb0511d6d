package dev.mtc.transfer.testing;

import dev.mtc.api.ApiListing;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Makes every change of what users' tests see visible in a diff. */
class ApiListingTest {

    @Test
    void listing_equalsTheCommittedOne() throws IOException {
        ApiListing.assertCommitted("mtc-transfer", FakeRegistry.class);
    }
}
