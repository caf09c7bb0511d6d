package dev.mtc.api;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.api.model.rbac.SubjectBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The rights with which everything works that can be done with a plan: checks, previews, stages, cut-overs and rollbacks, and
 * no more than these. There is a Role for each namespace of the plan and a ClusterRole for the rest. Namespaces of the target
 * that do not exist yet can have no Role, so what is needed in them is in a ClusterRole; make them beforehand to keep the account
 * to them. The state of controller mode and what hooks in the program do are not in it.
 *
 * @param source the Roles and ClusterRoles of the source
 * @param target the Roles and ClusterRoles of the target
 * @since 0.1
 */
public record RequiredRoles(List<HasMetadata> source, List<HasMetadata> target) {

    private static final String GROUP = "rbac.authorization.k8s.io";

    public RequiredRoles {
        source = List.copyOf(source);
        target = List.copyOf(target);
    }

    /**
     * {@return a service account to bind the roles to}
     *
     * @param namespace its namespace
     * @param name its name
     */
    public static Subject serviceAccount(String namespace, String name) {
        return new SubjectBuilder()
                .withKind("ServiceAccount")
                .withNamespace(Objects.requireNonNull(namespace, "namespace"))
                .withName(Objects.requireNonNull(name, "name"))
                .build();
    }

    /**
     * {@return the Roles and ClusterRoles of one side}
     *
     * @param side which
     */
    public List<HasMetadata> on(Side side) {
        return side == Side.SOURCE ? source : target;
    }

    /**
     * {@return what gives someone all roles of one side: a binding for each, of the same name}
     *
     * @param side which
     * @param subject who, such as a {@link #serviceAccount}
     */
    public List<HasMetadata> bindings(Side side, Subject subject) {
        Objects.requireNonNull(subject, "subject");
        List<HasMetadata> bindings = new ArrayList<>();
        for (HasMetadata role : on(side)) {
            bindings.add(binding(role, subject));
        }
        return bindings;
    }

    private static HasMetadata binding(HasMetadata role, Subject subject) {
        String name = role.getMetadata().getName();
        if (role instanceof ClusterRole) {
            return new ClusterRoleBindingBuilder()
                    .withNewMetadata()
                    .withName(name)
                    .withLabels(role.getMetadata().getLabels())
                    .endMetadata()
                    .withNewRoleRef(GROUP, "ClusterRole", name)
                    .withSubjects(subject)
                    .build();
        }
        return new RoleBindingBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(role.getMetadata().getNamespace())
                .withLabels(role.getMetadata().getLabels())
                .endMetadata()
                .withNewRoleRef(GROUP, "Role", name)
                .withSubjects(subject)
                .build();
    }

    /**
     * {@return the roles of one side as YAML that kubectl applies}
     *
     * @param side which
     */
    public String toYaml(Side side) {
        return yaml(on(side));
    }

    /**
     * {@return the roles of one side and their bindings as YAML that kubectl applies}
     *
     * @param side which
     * @param subject who gets the roles
     */
    public String toYaml(Side side, Subject subject) {
        return yaml(on(side)) + yaml(bindings(side, subject));
    }

    private static String yaml(List<HasMetadata> objects) {
        return objects.stream()
                .map(Serialization::asYaml)
                .map(text -> text.startsWith("---") ? text : "---\n" + text)
                .collect(Collectors.joining());
    }

    @Override
    public String toString() {
        return "RequiredRoles[source " + Counts.of(source.size(), "role") + ", target "
                + Counts.of(target.size(), "role") + "]";
    }
}
