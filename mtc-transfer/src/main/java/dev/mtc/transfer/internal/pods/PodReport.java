package dev.mtc.transfer.internal.pods;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A sender's termination message.
 *
 * @param values single values by key
 * @param lists lines of keys that may come more than once: note, error, tunnel, difference
 */
public record PodReport(Map<String, String> values, Map<String, List<String>> lists) {

    public static PodReport parse(String message) {
        Map<String, String> values = new HashMap<>();
        Map<String, List<String>> lists = new HashMap<>();
        message.lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                String key = line.substring(0, equals);
                String value = line.substring(equals + 1);
                values.put(key, value);
                lists.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
            }
        });
        return new PodReport(values, lists);
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    public boolean isYes(String key) {
        return "yes".equals(values.get(key));
    }

    /** {@return the value, empty if it is missing} */
    public String text(String key) {
        return values.getOrDefault(key, "");
    }

    /** {@return the number, 0 if it is missing or none} */
    public long number(String key) {
        try {
            return Long.parseLong(values.getOrDefault(key, "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    public List<String> lines(String key) {
        return lists.getOrDefault(key, List.of());
    }

    /** {@return the last lines of rsync and of the tunnel, for messages} */
    public String lastLines() {
        List<String> all = new ArrayList<>(lines("error"));
        lines("tunnel").forEach(line -> all.add("stunnel: " + line));
        return String.join("\n", all);
    }
}
