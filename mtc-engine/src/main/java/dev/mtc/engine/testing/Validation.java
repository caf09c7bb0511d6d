package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.regex.Pattern;

/** Checks of names and labels, in the words of a real server. */
final class Validation {

    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern OLD_LABEL = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern VALUE = Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?");
    private static final Pattern KEY = Pattern.compile("([^/]{1,253}/)?([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
    private static final String RBAC = "rbac.authorization.k8s.io";

    private Validation() {}

    static void checkCreated(ResourceType type, ObjectNode tree) {
        String name = Trees.name(tree);
        if (name.isEmpty()) {
            throw ApiError.invalid(type, "", "metadata.name", "Required value: name or generateName is required");
        }
        checkName(type, name);
        checkLabels(type, tree);
    }

    static void checkLabels(ResourceType type, ObjectNode tree) {
        for (Map.Entry<String, String> label : Trees.labels(tree).entrySet()) {
            String value = label.getValue();
            if (value.length() > 63 || !VALUE.matcher(value).matches()) {
                refuseLabel(
                        type,
                        tree,
                        "Invalid value: \"" + value
                                + "\": a valid label must be an empty string or consist of alphanumeric characters,"
                                + " '-', '_' or '.', and must start and end with an alphanumeric character (e.g."
                                + " 'MyValue',  or 'my_value',  or '12345', regex used for validation is"
                                + " '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')");
            }
            if (!KEY.matcher(label.getKey()).matches()) {
                refuseLabel(
                        type,
                        tree,
                        "Invalid value: \"" + label.getKey() + "\": name part must consist of"
                                + " alphanumeric characters, '-', '_' or '.'");
            }
        }
    }

    private static void refuseLabel(ResourceType type, ObjectNode tree, String message) {
        throw ApiError.invalid(type, Trees.name(tree), "metadata.labels", message);
    }

    private static void checkName(ResourceType type, String name) {
        if (type.group().equals(RBAC)) {
            boolean step = !name.contains("/") && !name.contains("%") && !name.equals(".") && !name.equals("..");
            requireName(step, type, name, "may not contain '/' or '%'");
        } else if (type.is("", "services")) {
            requireName(
                    name.length() <= 63 && OLD_LABEL.matcher(name).matches(),
                    type,
                    name,
                    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an"
                            + " alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or"
                            + " 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')");
        } else if (type.is("", "namespaces")) {
            requireName(
                    name.length() <= 63 && LABEL.matcher(name).matches(),
                    type,
                    name,
                    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and"
                            + " must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc',"
                            + " regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')");
        } else {
            requireSubdomain(type, name);
        }
    }

    private static void requireSubdomain(ResourceType type, String name) {
        requireName(
                name.length() <= 253 && SUBDOMAIN.matcher(name).matches(),
                type,
                name,
                "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.',"
                        + " and must start and end with an alphanumeric character (e.g. 'example.com', regex used"
                        + " for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')");
    }

    private static void requireName(boolean good, ResourceType type, String name, String rule) {
        if (!good) {
            throw ApiError.invalid(type, name, "metadata.name", "Invalid value: \"" + name + "\": " + rule);
        }
    }
}
