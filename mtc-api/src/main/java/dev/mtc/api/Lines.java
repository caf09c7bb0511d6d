package dev.mtc.api;

import java.util.LinkedHashMap;
import java.util.Map;

/** Where the fields of one object stand in a file. Field paths look like {@code spec.namespaces[1]}. */
final class Lines {

    private final String file;
    private final boolean isText;
    private final Map<String, Integer> lines = new LinkedHashMap<>();

    private Lines(String file, boolean isText) {
        this.file = file;
        this.isText = isText;
    }

    Lines(String file) {
        this(file, true);
    }

    /** {@return the places of an object that stands in no file} */
    static Lines of(String object) {
        return new Lines(object, false);
    }

    void put(String path, int line) {
        lines.putIfAbsent(path, line);
    }

    /** {@return {@code file:line} of a field, or of what should hold it if it is not there} */
    String where(String path) {
        String nearest = path;
        while (!nearest.isEmpty() && !lines.containsKey(nearest)) {
            nearest = nearest.substring(0, Math.max(0, Math.max(nearest.lastIndexOf('.'), nearest.lastIndexOf('['))));
        }
        Integer line = lines.get(nearest);
        return line == null ? file : at(line);
    }

    String at(int line) {
        return isText ? file + ":" + line : file;
    }
}
