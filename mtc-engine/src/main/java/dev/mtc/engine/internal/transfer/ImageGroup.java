package dev.mtc.engine.internal.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The images of an ImageStream.
 *
 * @param name the stream on the source, {@code namespace/name}
 * @param rows its images
 */
record ImageGroup(String name, List<TransferRow> rows) {

    /** {@return the streams that rows are parts of, by their names} */
    static List<ImageGroup> streams(List<TransferRow> rows) {
        Map<String, List<TransferRow>> byName = new TreeMap<>();
        for (TransferRow row : rows) {
            String group = row.group();
            if (group != null) {
                byName.computeIfAbsent(group, name -> new ArrayList<>()).add(row);
            }
        }
        return byName.entrySet().stream()
                .map(entry -> new ImageGroup(entry.getKey(), List.copyOf(entry.getValue())))
                .toList();
    }
}
