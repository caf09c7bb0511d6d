package dev.mtc.engine.internal.plan;

import dev.mtc.api.CopyMethod;
import dev.mtc.api.DirectoryStorage;
import dev.mtc.api.Plan;
import dev.mtc.api.PlanInvalidException;
import dev.mtc.api.Problem;
import dev.mtc.api.Route;
import dev.mtc.api.VolumeChoice;
import java.util.ArrayList;
import java.util.List;

/** What a plan may ask for that this engine does not do yet; refused by name before anything is touched. */
public final class Supported {

    private Supported() {}

    /**
     * Refuses a plan that asks for more.
     *
     * @throws PlanInvalidException with everything that is not supported
     */
    public static void require(Plan plan) {
        List<Problem> problems = problems(plan);
        if (!problems.isEmpty()) {
            throw new PlanInvalidException("Plan " + plan.name(), problems);
        }
    }

    static List<Problem> problems(Plan plan) {
        List<Problem> problems = new ArrayList<>();
        if (plan.volumeRoute() == Route.INDIRECT && plan.via().orElse(null) instanceof DirectoryStorage directory) {
            problems.add(Problem.error(
                    "via",
                    "NotSupported",
                    "volumes cannot go through " + directory + ", which pods do not see",
                    "use Storage.s3(…) or call directVolumes()"));
        }
        choice("volumes", plan.volumeRule(), problems);
        plan.volumeExceptions().forEach((claim, choice) -> choice("volumes[" + claim + "]", choice, problems));
        return problems;
    }

    private static void choice(String where, VolumeChoice choice, List<Problem> problems) {
        if (choice instanceof VolumeChoice.Copy copy && copy.method() == CopyMethod.SNAPSHOT) {
            problems.add(notYet(
                    where, "copying volumes by " + copy.method(), "use VolumeChoice.copy(), which copies files"));
        }
    }

    private static Problem notYet(String where, String what, String fix) {
        return Problem.error(where, "NotSupported", what + " is not available in this version", fix);
    }
}
