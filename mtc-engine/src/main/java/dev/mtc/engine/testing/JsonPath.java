package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of JSONPath that printer columns and scale paths use: fields, indices, and a filter by equality. */
final class JsonPath {

    private static final Pattern STEP = Pattern.compile(
            "\\.([^.\\[\\]\\\\]+(?:\\\\.[^.\\[\\]\\\\]*)*)|\\[(\\d+)]|\\[['\"]([^'\"]+)['\"]]|\\[\\?\\(@\\.(\\w+)\\s*==\\s*['\"]([^'\"]*)['\"]\\)]");

    private JsonPath() {}

    /** {@return the first match, or a missing node} */
    static JsonNode find(JsonNode tree, String path) {
        JsonNode current = tree;
        Matcher matcher = STEP.matcher(path);
        int end = 0;
        while (matcher.find()) {
            if (matcher.start() != end) {
                return MissingNode.getInstance();
            }
            end = matcher.end();
            current = step(current, matcher);
        }
        return end == path.length() && end > 0 ? current : MissingNode.getInstance();
    }

    private static JsonNode step(JsonNode current, Matcher matcher) {
        if (matcher.group(1) != null) {
            return current.path(matcher.group(1).replace("\\", ""));
        } else if (matcher.group(2) != null) {
            return current.path(Integer.parseInt(matcher.group(2)));
        } else if (matcher.group(3) != null) {
            return current.path(matcher.group(3));
        }
        for (JsonNode item : current) {
            if (Trees.text(item, matcher.group(4)).equals(matcher.group(5))) {
                return item;
            }
        }
        return MissingNode.getInstance();
    }
}
