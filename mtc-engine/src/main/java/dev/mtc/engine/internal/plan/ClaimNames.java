package dev.mtc.engine.internal.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.engine.internal.quiesce.PodTemplates;
import java.util.Collection;
import java.util.Optional;

/**
 * The names of claims into which a storage conversion copies (MTC specification 4.6). A claim that a StatefulSet makes from a
 * template keeps the end by which the set knows it, so the template is what gets another name. Unlike MTC, such a claim is told
 * by the set's templates, not by pods, which a stopped set has none of.
 */
public final class ClaimNames {

    private static final String MARK = "-mig-";
    private static final int LONGEST_BASE = 247;
    private static final int LONGEST = 253;

    private final String suffix;
    private final Collection<ObjectNode> sets;

    /**
     * Names claims of a plan in a namespace.
     *
     * @param suffix the plan's
     * @param sets the StatefulSets of the namespace
     */
    public ClaimNames(String suffix, Collection<ObjectNode> sets) {
        this.suffix = suffix;
        this.sets = sets;
    }

    /** {@return the name to convert a claim to} */
    public String converted(String claim) {
        return converted(claim, claim);
    }

    /**
     * {@return the name to convert a claim to that was to get another name before}
     *
     * @param claim its name
     * @param wanted the name that it was to get
     */
    public String converted(String claim, String wanted) {
        String end = end(claim).filter(wanted::endsWith).orElse("");
        String base = wanted.substring(0, wanted.length() - end.length());
        String bare = base.matches(".+-mig-[a-z0-9]{4}")
                ? base.substring(0, base.lastIndexOf(MARK))
                : base.replaceFirst("-new$", "");
        if (!end.isEmpty()) {
            return bare + MARK + suffix + end;
        }
        String name = bare.substring(0, Math.min(LONGEST_BASE, bare.length())) + MARK + suffix;
        return name.substring(0, Math.min(LONGEST, name.length()));
    }

    /** {@return what follows the name of the template in the name of a StatefulSet's claim} */
    private Optional<String> end(String claim) {
        return sets.stream()
                .flatMap(set -> PodTemplates.claimTemplate(set, claim).stream())
                .map(template -> claim.substring(template.length()))
                .findFirst();
    }
}
