package dev.mtc.api;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Label selectors as text ({@code app in (web,api),!canary}) and as objects. The grammar is that of the API server without
 * {@code >} and {@code <}, which a LabelSelector object cannot say.
 */
final class LabelSelectors {

    private static final Pattern TOKEN = Pattern.compile("\\s*(==|!=|[=!(),]|[^\\s=!(),]+|$)");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?");
    private static final Set<String> PUNCTUATION = Set.of("==", "!=", "=", "!", "(", ")", ",");
    private static final String IN = "In";
    private static final String NOT_IN = "NotIn";
    private static final String EXISTS = "Exists";
    private static final String DOES_NOT_EXIST = "DoesNotExist";

    private final List<String> tokens = new ArrayList<>();
    private int next;

    private LabelSelectors(String text) {
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            tokens.add(matcher.group(1));
        }
        if (!tokens.get(tokens.size() - 1).isEmpty()) {
            tokens.add("");
        }
    }

    /**
     * Reads a selector.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static LabelSelector parse(String text) {
        LabelSelector selector = new LabelSelector();
        Map<String, String> labels = new LinkedHashMap<>();
        List<LabelSelectorRequirement> expressions = new ArrayList<>();
        for (LabelSelectorRequirement requirement : new LabelSelectors(text).requirements()) {
            boolean equality = IN.equals(requirement.getOperator())
                    && requirement.getValues().size() == 1;
            if (!equality
                    || labels.putIfAbsent(
                                    requirement.getKey(),
                                    requirement.getValues().get(0))
                            != null) {
                expressions.add(requirement);
            }
        }
        selector.setMatchLabels(labels);
        selector.setMatchExpressions(expressions);
        return selector;
    }

    /**
     * Writes a selector; empty for one that selects everything.
     *
     * @throws IllegalArgumentException if a key, operator or value is none
     */
    static String format(LabelSelector selector) {
        List<String> requirements = new ArrayList<>();
        selector.getMatchLabels().forEach((key, value) -> {
            checkKey(key);
            requirements.add(key + "=" + checkedValue(value));
        });
        selector.getMatchExpressions().forEach(requirement -> requirements.add(format(requirement)));
        return String.join(",", requirements);
    }

    private static String format(LabelSelectorRequirement requirement) {
        String key = requirement.getKey() == null ? "" : requirement.getKey();
        checkKey(key);
        String operator = String.valueOf(requirement.getOperator());
        List<String> values = requirement.getValues();
        switch (operator) {
            case EXISTS, DOES_NOT_EXIST -> {
                if (!values.isEmpty()) {
                    throw wrong("operator " + operator + " of key '" + key + "' takes no values");
                }
                return operator.equals(EXISTS) ? key : "!" + key;
            }
            case IN, NOT_IN -> {
                if (values.isEmpty()) {
                    throw wrong("operator " + operator + " of key '" + key + "' needs values");
                }
                return key
                        + (operator.equals(IN) ? " in " : " notin ")
                        + values.stream().map(LabelSelectors::checkedValue).collect(Collectors.joining(",", "(", ")"));
            }
            default -> throw wrong("operator '" + operator + "' is none of In, NotIn, Exists, DoesNotExist");
        }
    }

    /** {@return whether labels are as a selector wants them} */
    static boolean matches(LabelSelector selector, Map<String, String> labels) {
        return labels.entrySet().containsAll(selector.getMatchLabels().entrySet())
                && selector.getMatchExpressions().stream().allMatch(requirement -> matches(requirement, labels));
    }

    private static boolean matches(LabelSelectorRequirement requirement, Map<String, String> labels) {
        String value = labels.get(requirement.getKey());
        List<String> values = requirement.getValues();
        return switch (requirement.getOperator()) {
            case IN -> value != null && values.contains(value);
            case NOT_IN -> value == null || !values.contains(value);
            case EXISTS -> value != null;
            case DOES_NOT_EXIST -> value == null;
            default -> throw wrong("operator '" + requirement.getOperator() + "' is unknown");
        };
    }

    private List<LabelSelectorRequirement> requirements() {
        List<LabelSelectorRequirement> requirements = new ArrayList<>();
        do {
            requirements.add(requirement());
        } while (accept(","));
        if (!peek().isEmpty()) {
            throw wrong("'" + peek() + "' comes where ',' or the end should be");
        }
        return requirements;
    }

    private LabelSelectorRequirement requirement() {
        if (accept("!")) {
            return new LabelSelectorRequirement(key(), DOES_NOT_EXIST, List.of());
        }
        String key = key();
        if (accept("=") || accept("==")) {
            return new LabelSelectorRequirement(key, IN, List.of(value()));
        } else if (accept("!=")) {
            return new LabelSelectorRequirement(key, NOT_IN, List.of(value()));
        } else if (accept("in")) {
            return new LabelSelectorRequirement(key, IN, values());
        } else if (accept("notin")) {
            return new LabelSelectorRequirement(key, NOT_IN, values());
        }
        return new LabelSelectorRequirement(key, EXISTS, List.of());
    }

    private String key() {
        String key = take();
        if (key.isEmpty() || PUNCTUATION.contains(key)) {
            throw wrong((key.isEmpty() ? "it ends" : "'" + key + "' comes") + " where a label key should be");
        }
        checkKey(key);
        return key;
    }

    /** A value may be missing: {@code key=} asks for the empty one. */
    private String value() {
        return peek().isEmpty() || PUNCTUATION.contains(peek()) ? "" : checkedValue(take());
    }

    private List<String> values() {
        if (!accept("(")) {
            throw wrong("'(' is missing after in or notin");
        }
        Set<String> values = new LinkedHashSet<>();
        do {
            values.add(value());
        } while (accept(","));
        if (!accept(")")) {
            throw wrong("')' is missing after the values " + values);
        }
        return List.copyOf(values);
    }

    private String peek() {
        return tokens.get(next);
    }

    private String take() {
        String token = peek();
        next = Math.min(next + 1, tokens.size() - 1);
        return token;
    }

    private boolean accept(String token) {
        boolean there = peek().equals(token);
        if (there) {
            take();
        }
        return there;
    }

    private static void checkKey(String key) {
        int slash = key.indexOf('/');
        String name = key.substring(slash + 1);
        boolean prefixed = slash < 0 || Names.isSubdomain(key.substring(0, slash));
        if (!prefixed || name.length() > 63 || !WORD.matcher(name).matches()) {
            throw wrong("'" + key + "' is not a label key such as app or example.com/tier");
        }
    }

    private static String checkedValue(String value) {
        if (value.length() > 63 || !(value.isEmpty() || WORD.matcher(value).matches())) {
            throw wrong("'" + value + "' is not a label value: at most 63 letters, digits and inner '-', '_', '.'");
        }
        return value;
    }

    private static IllegalArgumentException wrong(String why) {
        return new IllegalArgumentException(why);
    }
}
