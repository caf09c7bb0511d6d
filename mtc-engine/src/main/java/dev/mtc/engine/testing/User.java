package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * Who sends a request.
 *
 * @param name as access rules name it
 * @param groups which it belongs to
 */
record User(String name, Set<String> groups) {

    private static final String ACCOUNTS = "system:serviceaccounts";
    private static final String MASTERS = "system:masters";

    static final User ADMIN = new User("embedded", Set.of(MASTERS, "system:authenticated"));

    static User serviceAccount(String namespace, String name) {
        return new User(
                "system:serviceaccount:" + namespace + ":" + name,
                Set.of(ACCOUNTS, ACCOUNTS + ":" + namespace, "system:authenticated"));
    }

    boolean mayDoAnything() {
        return groups.contains(MASTERS);
    }

    /** {@return whether a binding's subject means it} */
    boolean is(JsonNode subject) {
        String subjectName = Trees.text(subject, "name");
        return switch (Trees.text(subject, "kind")) {
            case "ServiceAccount" -> equals(serviceAccount(Trees.text(subject, "namespace"), subjectName));
            case "Group" -> groups.contains(subjectName);
            default -> name.equals(subjectName);
        };
    }
}
