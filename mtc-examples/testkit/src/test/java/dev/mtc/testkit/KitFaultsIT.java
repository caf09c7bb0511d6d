package dev.mtc.testkit;

import static dev.mtc.testkit.MtcAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mtc.api.Phase;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Faults that break nothing do not pass in silence. */
class KitFaultsIT {

    private static final Pattern ROW = Pattern.compile("^\\| \\d+ \\| (\\w+) \\|", Pattern.MULTILINE);

    private final MtcTestKit kit = MtcTestKit.create();

    /** A test that has ended. */
    private static ExtensionContext ended(@Nullable Throwable failure) {
        return (ExtensionContext) Proxy.newProxyInstance(
                KitFaultsIT.class.getClassLoader(), new Class<?>[] {ExtensionContext.class}, (proxy, method, given) -> {
                    if (method.getName().equals("getExecutionException")) {
                        return Optional.ofNullable(failure);
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    @Test
    void afterEach_faultsThatBrokeNothing_areNamed() throws IOException {
        kit.beforeEach(ended(null));
        kit.failOn(Phase.VERIFICATION).failOn(Phase.STARTED).cutConnectionAfter(1_000);
        kit.deploy("apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}");

        assertThat(kit.migration(kit.plan("shop").namespace("shop").build()).cutover())
                .failedIn(Phase.STARTED);

        assertThatThrownBy(() -> kit.afterEach(ended(null)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("failOn(Verification), cutConnectionAfter(1000)")
                .hasMessageNotContaining("Started");
        assertThatThrownBy(kit::source).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void afterEach_ofATestThatFailed_addsNothing() throws IOException {
        kit.beforeEach(ended(null));
        kit.failOn(Phase.VERIFICATION);

        assertThatCode(() -> kit.afterEach(ended(new AssertionError("the test's own"))))
                .doesNotThrowAnyException();
    }

    @Test
    void afterEach_nextTest_hasNoFaultsOfTheOneBefore() throws IOException {
        kit.beforeEach(ended(null));
        kit.cutConnectionAfter(5);
        kit.afterEach(ended(new AssertionError("the test's own")));
        kit.beforeEach(ended(null));

        assertThatCode(() -> kit.afterEach(ended(null))).doesNotThrowAnyException();
    }

    @Test
    void afterEach_leavesNoThreadAndNoFile() throws IOException {
        kit.beforeEach(ended(null));
        Path volume = kit.sourceVolume("shop", "data");
        Files.writeString(volume.resolve("file"), "x");

        kit.afterEach(ended(null));

        assertThat(volume.getParent().getParent().getParent().getParent()).doesNotExist();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("mtc-directory-volume"));
    }

    @Test
    void failOn_phasesWhereRunsAreNeverStopped_isRefused() throws IOException {
        Path root = Path.of("").toAbsolutePath().resolve("../..").normalize();
        String page = Files.readString(root.resolve("mtc-engine/docs/itineraries.md"));
        String asked = Stream.of(page.split("\n## "))
                .filter(part -> Stream.of("Stage\n", "Final\n", "Rollback\n").anyMatch(part::startsWith))
                .collect(Collectors.joining("\n"));
        PhaseFaults faults = new PhaseFaults();

        for (Phase phase : Phase.values()) {
            boolean isAsked = phase != Phase.COMPLETED
                    && ROW.matcher(asked).results().anyMatch(row -> row.group(1).equals(phase.toString()));
            if (isAsked) {
                faults.failOn(phase);
            } else {
                assertThatThrownBy(() -> faults.failOn(phase))
                        .as("%s", phase)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("failOn(" + phase + ") would never fail anything");
            }
        }
        assertThat(faults.unspent()).hasSizeGreaterThan(20);
    }
}
