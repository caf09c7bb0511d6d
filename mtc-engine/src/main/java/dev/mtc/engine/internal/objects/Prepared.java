package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.Problem;
import dev.mtc.engine.internal.cluster.ResourceType;
import java.util.List;

/** What becomes of a captured object. */
public sealed interface Prepared {

    /** {@return what there is to say about it} */
    List<Problem> problems();

    /**
     * It is applied.
     *
     * @param type kind and version on the target
     * @param key which object on the target
     * @param object what is applied
     * @param problems what there is to say about it
     * @param transforms the names of the transforms that changed it, in their order
     * @param owners its owner references as the source has them
     * @param sourceUid its uid on the source, empty if not known
     */
    record Applicable(
            ResourceType type,
            ObjectKey key,
            ObjectNode object,
            List<Problem> problems,
            List<String> transforms,
            List<ObjectNode> owners,
            String sourceUid)
            implements Prepared {

        /** Copies its lists. */
        public Applicable {
            problems = List.copyOf(problems);
            transforms = List.copyOf(transforms);
            owners = List.copyOf(owners);
        }

        /** {@return a copy with other things to say about it} */
        Applicable problems(List<Problem> others) {
            return new Applicable(type, key, object, others, transforms, owners, sourceUid);
        }
    }

    /**
     * It is not carried over, as the target does not serve its kind.
     *
     * @param key which object on the source
     * @param reason names the kind
     */
    record Unsupported(ObjectKey key, String reason) implements Prepared {
        @Override
        public List<Problem> problems() {
            return List.of();
        }
    }

    /**
     * It is not carried over, as it should be.
     *
     * @param key which object on the source
     * @param reason why
     * @param problems what there is to say about it
     */
    record Skipped(ObjectKey key, String reason, List<Problem> problems) implements Prepared {

        /** Copies its list. */
        public Skipped {
            problems = List.copyOf(problems);
        }
    }

    /**
     * It cannot be carried over.
     *
     * @param key which object on the source
     * @param problems why
     */
    record Failed(ObjectKey key, List<Problem> problems) implements Prepared {

        /** Copies its list. */
        public Failed {
            problems = List.copyOf(problems);
        }
    }
}
