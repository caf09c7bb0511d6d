package dev.mtc.api;

import dev.mtc.api.Preview.Verb;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares what was done with what was previewed, thing by thing. */
final class PreviewDeviations {

    private static final String LOOK = "look whether that is as wanted; a new preview shows why";

    private PreviewDeviations() {}

    static List<Problem> of(Preview preview, Collection<ItemOutcome> outcomes) {
        Map<String, Preview.Action> open = new LinkedHashMap<>();
        preview.actions().forEach(action -> open.put(action.kind() + " " + action.subject(), action));
        List<Problem> deviations = new ArrayList<>();
        for (ItemOutcome outcome : outcomes) {
            String name = outcome.kind() + " " + outcome.name();
            Preview.Action action = open.remove(name);
            if (outcome.action() == ItemOutcome.Action.FAILED) {
                continue;
            }
            if (action == null) {
                deviations.add(Problem.warning(
                        name, Preview.NOT_PREVIEWED, "it was not in the preview but is now " + outcome.action(), LOOK));
            } else if (!ends(action).contains(outcome.action())) {
                deviations.add(Problem.warning(
                        name,
                        Preview.DONE_OTHERWISE,
                        "the preview said " + action.verb() + because(action.reason()) + ", but it is "
                                + outcome.action() + because(outcome.detail()),
                        LOOK));
            } else if (hasOtherContent(action, outcome)) {
                deviations.add(Problem.warning(
                        name,
                        Preview.OTHER_CONTENT,
                        "it is " + outcome.action()
                                + " with other content than previewed: it was changed or made anew on the"
                                + " source meanwhile, or a transform gives another result",
                        LOOK));
            }
        }
        open.forEach((name, action) -> deviations.add(Problem.warning(
                name,
                Preview.PREVIEWED_NOT_DONE,
                "the preview said " + action.verb() + because(action.reason())
                        + ", but the run had nothing to do with it",
                LOOK)));
        return deviations;
    }

    private static boolean hasOtherContent(Preview.Action action, ItemOutcome outcome) {
        boolean areKnown =
                !action.contentDigest().isEmpty() && !outcome.contentDigest().isEmpty();
        return areKnown && !action.contentDigest().equals(outcome.contentDigest());
    }

    private static String because(String reason) {
        return reason.isEmpty() ? "" : " (" + reason + ")";
    }

    /** What data a volume holds is known only when it is copied; an image whose size is known is not expected to be there. */
    private static Set<ItemOutcome.Action> ends(Preview.Action action) {
        boolean isVolume = action.kind().equals("volume");
        if (action.verb() == Verb.COPY) {
            return isVolume || action.bytes() <= 0
                    ? EnumSet.of(ItemOutcome.Action.COPIED, ItemOutcome.Action.UNCHANGED)
                    : EnumSet.of(ItemOutcome.Action.COPIED);
        }
        if (action.verb() == Verb.MOVE) {
            return EnumSet.of(ItemOutcome.Action.MOVED);
        }
        if (isVolume) {
            return EnumSet.of(ItemOutcome.Action.SKIPPED);
        }
        return switch (action.verb()) {
            case CREATE -> EnumSet.of(ItemOutcome.Action.CREATED);
            case UPDATE -> EnumSet.of(ItemOutcome.Action.UPDATED);
            case UNCHANGED -> EnumSet.of(ItemOutcome.Action.UNCHANGED);
            case RUN -> EnumSet.of(ItemOutcome.Action.RAN);
            default -> EnumSet.of(ItemOutcome.Action.SKIPPED);
        };
    }
}
