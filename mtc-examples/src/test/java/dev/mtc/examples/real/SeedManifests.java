package dev.mtc.examples.real;

import dev.mtc.api.RunRequest.Kind;
import java.util.Map;

/** Plans and migrations as MTC documents them. */
final class SeedManifests {

    private SeedManifests() {}

    static String plan(String name, String from, String to, String namespace) {
        return SeedText.of("seed-plan.yaml", Map.of("PLAN", name, "FROM", from, "TO", to, "NAMESPACE", namespace));
    }

    static String migration(String name, String plan, Kind kind) {
        return SeedText.of(
                "seed-migration.yaml",
                Map.of(
                        "NAME",
                        name,
                        "PLAN",
                        plan,
                        "STAGE",
                        String.valueOf(kind == Kind.STAGE),
                        "ROLLBACK",
                        String.valueOf(kind == Kind.ROLLBACK),
                        "QUIESCE",
                        String.valueOf(kind == Kind.CUTOVER)));
    }
}
