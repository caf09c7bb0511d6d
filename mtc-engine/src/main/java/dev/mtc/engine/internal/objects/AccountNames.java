package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** Follows renamed namespaces in the names of the users and groups that service accounts are. Immutable. */
final class AccountNames {

    private static final String USER = "system:serviceaccount:";
    private static final String GROUP = "system:serviceaccounts:";
    private static final List<String> LISTS = List.of("userNames", "groupNames", "users", "groups", "resourceNames");

    private final RestoreSettings settings;

    AccountNames(RestoreSettings settings) {
        this.settings = settings;
    }

    /** Changes a subject and lists of names in an object; what is below it stays. */
    void follow(ObjectNode object) {
        String kind = Json.text(object, "kind");
        if (Set.of("User", "Group", "SystemUser", "SystemGroup").contains(kind) && object.has("name")) {
            object.put("name", target(Json.text(object, "name")));
        }
        followLists(object);
    }

    void followLists(ObjectNode object) {
        LISTS.forEach(list -> NamespaceNames.rewriteTexts(object.path(list), this::target));
    }

    private String target(String name) {
        if (name.startsWith(GROUP)) {
            return GROUP + settings.target(name.substring(GROUP.length()));
        }
        int colon = name.indexOf(':', USER.length());
        return name.startsWith(USER) && colon > 0
                ? USER + settings.target(name.substring(USER.length(), colon)) + name.substring(colon)
                : name;
    }
}
