package dev.mtc.transfer.internal.pods;

import dev.mtc.transfer.internal.pods.Fact.Topic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A file that is not the same on both sides, and in what: attribute by attribute with both values. */
public final class Difference {

    /** What metadata consists of, in the order of its words. */
    private static final List<String> METADATA = List.of("type", "mode", "owner", "group", "size", "time");

    private static final Map<String, String> ACLS =
            Map.of("system.posix_acl_access", "ACL", "system.posix_acl_default", "default ACL");

    private static final int VALUE_LENGTH = 160;

    private final String path;
    private final List<Fact> facts;

    private Difference(String path, List<Fact> facts) {
        this.path = path;
        this.facts = facts;
    }

    /**
     * {@return the files that differ}
     *
     * @param lines what one side only says, those about one file one after the other
     */
    public static List<Difference> of(List<String> lines) {
        Map<String, List<Fact>> byPath = new LinkedHashMap<>();
        lines.stream().map(Fact::parse).flatMap(Optional::stream).forEach(fact -> byPath.computeIfAbsent(
                        fact.path(), path -> new ArrayList<>())
                .add(fact));
        return byPath.entrySet().stream()
                .map(entry -> new Difference(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    public String toString() {
        return path + ": " + String.join("; ", words());
    }

    private List<String> words() {
        String source = value(true, Topic.METADATA);
        String target = value(false, Topic.METADATA);
        if (source != null && target == null) {
            return List.of("only on the source");
        } else if (source == null && target != null) {
            return List.of("only on the target");
        }
        List<String> words = new ArrayList<>();
        if (source != null && target != null) {
            metadata(words, source.split(" "), target.split(" "));
        }
        both("link to", Topic.LINK_TARGET).ifPresent(words::add);
        both("device", Topic.DEVICE).ifPresent(words::add);
        content().ifPresent(words::add);
        attributes(words);
        return words;
    }

    private static void metadata(List<String> words, String[] source, String[] target) {
        for (int i = 0; i < METADATA.size() && i < source.length && i < target.length; i++) {
            if (!source[i].equals(target[i])) {
                words.add(sides(METADATA.get(i), source[i], target[i]));
            }
        }
    }

    private Optional<String> both(String what, Topic topic) {
        String source = value(true, topic);
        String target = value(false, topic);
        return source == null || target == null
                ? Optional.empty()
                : Optional.of(sides(what, EscapedText.readable(source), EscapedText.readable(target)));
    }

    /** A file with several names has its content told at the first of them only. */
    private Optional<String> content() {
        String source = value(true, Topic.OTHER_NAME);
        String target = value(false, Topic.OTHER_NAME);
        if (source != null || target != null) {
            return Optional.of(sides("hard link", otherName(source), otherName(target)));
        }
        return both("content", Topic.CONTENT);
    }

    private static String otherName(@Nullable String first) {
        return first == null ? "to none before it" : "to " + EscapedText.readable(first.substring("./".length()));
    }

    private void attributes(List<String> words) {
        Map<String, String> source = attributes(true);
        Map<String, String> target = attributes(false);
        TreeSet<String> names = new TreeSet<>(source.keySet());
        names.addAll(target.keySet());
        for (String name : names) {
            words.add(sides(
                    ACLS.getOrDefault(name, "attribute " + name),
                    attribute(name, source.get(name)),
                    attribute(name, target.get(name))));
        }
    }

    private Map<String, String> attributes(boolean ofSource) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (Fact fact : facts) {
            if (fact.topic() == Topic.ATTRIBUTE && fact.isSource() == ofSource) {
                int equals = fact.value().indexOf("=0x");
                String name = equals < 0 ? fact.value() : fact.value().substring(0, equals);
                attributes.put(name, equals < 0 ? "" : fact.value().substring(equals + 1));
            }
        }
        return attributes;
    }

    private static String attribute(String name, @Nullable String value) {
        if (value == null) {
            return "missing";
        }
        return ACLS.containsKey(name) ? PosixAcl.readable(value) : value;
    }

    private static String sides(String what, String source, String target) {
        return what + " " + shortened(source) + " on the source, " + shortened(target) + " on the target";
    }

    private static String shortened(String value) {
        return value.length() <= VALUE_LENGTH ? value : value.substring(0, VALUE_LENGTH) + "…";
    }

    private @Nullable String value(boolean ofSource, Topic topic) {
        return facts.stream()
                .filter(fact -> fact.topic() == topic && fact.isSource() == ofSource)
                .map(Fact::value)
                .findFirst()
                .orElse(null);
    }
}
