package dev.mtc.engine.internal.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.CheckReport;
import dev.mtc.api.Cluster;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.MtcException;
import dev.mtc.api.Problem;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Connections;
import dev.mtc.engine.internal.run.PlanIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at one cluster: whether it can be reached, what the account may do there, whether its registry answers. The codes are
 * MTC's conditions of a MigCluster. Where MTC wants all verbs on its own kinds and Velero's, this asks for the verbs that a
 * migration needs on all kinds of all namespaces; what is missing is a warning, because an account that may do this in a plan's
 * namespaces suffices for that plan, whose check says what it lacks. Critical, as in MTC, is an account that may not even do
 * what every plan needs. There is no operator, hence no condition of its version.
 */
public final class ClusterCheck {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final List<String> VERBS = List.of("get", "list", "patch", "create", "delete");

    private final ApiServer server;
    private final String where;

    private ClusterCheck(ApiServer server) {
        this.server = server;
        this.where = "cluster " + server.cluster().name();
    }

    /** {@return what a look at the cluster shows} */
    public static CheckReport of(Cluster cluster) {
        String subject = "Cluster " + cluster.name();
        try (ApiServer server = Connections.open(Side.SOURCE, cluster)) {
            return new ClusterCheck(server).report(subject);
        } catch (MtcException e) {
            return new CheckReport(
                    subject, "", List.of(AccessProblems.critical("cluster " + cluster.name(), code(e), e)));
        }
    }

    /** {@return why a cluster cannot be used at all, empty if it can} */
    static Optional<Problem> connection(ApiServer server) {
        try {
            server.get("/version", LIMIT);
            return Optional.empty();
        } catch (MtcException e) {
            return Optional.of(
                    AccessProblems.critical("cluster " + server.cluster().name(), code(e), e));
        }
    }

    private static String code(MtcException e) {
        return e instanceof ClusterAccessException access && access.status() == 401
                ? "InvalidSaToken"
                : "TestConnectFailed";
    }

    private CheckReport report(String subject) {
        String version = server.get("/version", LIMIT).path("gitVersion").asText("unknown version");
        List<Problem> problems = new ArrayList<>(privileges());
        boolean privileged = problems.isEmpty();
        problems.addAll(RegistryProbe.problems(server));
        String summary =
                version + namespaces() + (privileged ? ", may " + String.join("/", VERBS) + " in all of them" : "");
        return new CheckReport(subject, summary, problems);
    }

    private List<Problem> privileges() {
        List<String> denied =
                VERBS.stream().filter(verb -> !mayDoAnything(verb)).toList();
        if (denied.isEmpty()) {
            return List.of();
        }
        String what = "the account may not " + String.join(", ", denied) + " everything in all namespaces";
        return List.of(
                mayTellClustersApart()
                        ? Problem.warning(
                                where,
                                "SaTokenNotPrivileged",
                                what,
                                "make sure that it may in the plan's namespaces, or use a more privileged account")
                        : Problem.critical(
                                where,
                                "SaTokenNotPrivileged",
                                what + ", nor get namespace kube-system, which every plan needs",
                                "give it the roles that requiredRoles() of its plans lists, or use another account"));
    }

    private boolean mayTellClustersApart() {
        try {
            return !PlanIdentity.clusterUid(server).isEmpty();
        } catch (ClusterAccessException e) {
            if (e.status() == 403) {
                return false;
            }
            throw e;
        }
    }

    private boolean mayDoAnything(String verb) {
        try {
            return mayDo(server, "", verb, "*", "*");
        } catch (ClusterAccessException e) {
            if (e.status() == 403) {
                return false;
            }
            throw e;
        }
    }

    /** {@return whether the account may do something in a namespace, or in all if that is empty} */
    static boolean mayDo(ApiServer server, String namespace, String verb, String group, String resource) {
        ObjectNode review = JSON.createObjectNode()
                .put("apiVersion", "authorization.k8s.io/v1")
                .put("kind", "SelfSubjectAccessReview");
        ObjectNode attributes = review.putObject("spec").putObject("resourceAttributes");
        attributes.put("group", group).put("resource", resource).put("verb", verb);
        if (!namespace.isEmpty()) {
            attributes.put("namespace", namespace);
        }
        return server.create("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", review)
                .path("status")
                .path("allowed")
                .asBoolean();
    }

    private String namespaces() {
        try {
            ObjectNode page = server.page("/api/v1/namespaces", "", "", 1);
            boolean complete = page.path("metadata").path("continue").asText("").isEmpty();
            long more = page.path("metadata").path("remainingItemCount").asLong(complete ? 0 : -1);
            long count = more < 0
                    ? server.list("/api/v1/namespaces", "").size()
                    : page.path("items").size() + more;
            return ", " + count + " namespaces";
        } catch (ClusterAccessException e) {
            if (e.status() == 403) {
                return "";
            }
            throw e;
        }
    }
}
