package dev.mtc.engine.internal.quiesce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What is to be changed on a workload.
 *
 * @param found the workload
 * @param patch a JSON merge patch
 * @param doubts what of an earlier change cannot be taken back for certain
 */
record Change(Found found, ObjectNode patch, List<Doubt> doubts) {

    Change {
        doubts = List.copyOf(doubts);
    }

    /**
     * An annotation that does not say how the workload was.
     *
     * @param annotation its key
     * @param value its value
     * @param why what is wrong with it, and what follows
     * @param fix what to do
     */
    record Doubt(String annotation, String value, String why, String fix) {}
}
