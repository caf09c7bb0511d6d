package dev.mtc.engine.internal.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.CheckReport;
import dev.mtc.api.Cluster;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.MtcException;
import dev.mtc.api.Problem;
import dev.mtc.api.Problem.Severity;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Connections;
import java.util.ArrayList;
import java.util.List;

/** Looks at one cluster: whether it can be reached and what the account may do there. */
public final class ClusterCheck {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> VERBS = List.of("get", "list", "patch", "create", "delete");

    private ClusterCheck() {}

    /** {@return what a look at the cluster shows} */
    public static CheckReport of(Cluster cluster) {
        String subject = "Cluster " + cluster.name();
        try (ApiServer server = Connections.open(Side.SOURCE, cluster)) {
            String version = PlanCheck.version(server);
            int namespaces = server.list("/api/v1/namespaces", "").size();
            List<Problem> problems = new ArrayList<>();
            for (String verb : VERBS) {
                if (!mayDoAnything(server, verb)) {
                    problems.add(Problem.warning(
                            "cluster " + cluster.name(),
                            "SaTokenNotPrivileged",
                            "the account may not " + verb + " everything in all namespaces",
                            "make sure that it may in the plan's namespaces, or use a more privileged account"));
                }
            }
            String summary = version + ", " + namespaces + " namespaces"
                    + (problems.isEmpty() ? ", may " + String.join("/", VERBS) + " in all of them" : "");
            return new CheckReport(subject, summary, problems);
        } catch (MtcException e) {
            String code = e instanceof ClusterAccessException access && access.status() == 401
                    ? "InvalidSaToken"
                    : "TestConnectFailed";
            return new CheckReport(
                    subject,
                    "",
                    List.of(new Problem(
                            Severity.CRITICAL, "cluster " + cluster.name(), code, String.valueOf(e.getMessage()), "")));
        }
    }

    private static boolean mayDoAnything(ApiServer server, String verb) {
        ObjectNode review = JSON.createObjectNode()
                .put("apiVersion", "authorization.k8s.io/v1")
                .put("kind", "SelfSubjectAccessReview");
        review.putObject("spec")
                .putObject("resourceAttributes")
                .put("group", "*")
                .put("resource", "*")
                .put("verb", verb);
        return server.create("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", review)
                .path("status")
                .path("allowed")
                .asBoolean();
    }
}
