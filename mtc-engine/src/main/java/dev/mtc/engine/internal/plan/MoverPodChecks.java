package dev.mtc.engine.internal.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.Problem;
import dev.mtc.api.Route;
import dev.mtc.api.Side;
import dev.mtc.api.spi.VolumeMove;
import dev.mtc.api.spi.VolumeMover;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.run.RunContext;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Whether the plan's namespaces admit the pods that copy volumes. Where the answer may be no, the API server is asked, by creating such a
 * pod without keeping it.
 */
final class MoverPodChecks {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ENFORCE = "pod-security.kubernetes.io/enforce";
    private static final String NAMESPACES = "/api/v1/namespaces/";
    private static final String CONSTRAINTS = "securitycontextconstraints.security.openshift.io";

    private final RunContext context;

    MoverPodChecks(RunContext context) {
        this.context = context;
    }

    /** {@return what is to be asked about volumes that are copied, once for each namespace of each side} */
    List<Supplier<List<Problem>>> questions(List<PlannedVolume> copied) {
        List<Supplier<List<Problem>>> questions = new ArrayList<>();
        Set<String> asked = new HashSet<>();
        for (PlannedVolume volume : copied) {
            Optional<VolumeMover> mover = mover(volume);
            for (Side side : Side.values()) {
                String namespace = namespace(volume, side);
                Optional<SecurityContext> wanted = mover.flatMap(known -> known.podSecurity(side));
                if (wanted.isPresent() && asked.add(side + " " + namespace)) {
                    questions.add(() ->
                            problem(side, namespace, wanted.get()).stream().toList());
                }
            }
        }
        return questions;
    }

    private Optional<VolumeMover> mover(PlannedVolume volume) {
        VolumeMove move = new VolumeMove(
                "check",
                volume.source(),
                volume.target(),
                volume.copy().orElseThrow(),
                VolumeMove.Pass.COLD,
                context.plan().volumeRoute() == Route.DIRECT
                        ? null
                        : context.plan().name());
        return context.providers().volumeMover(move);
    }

    private static String namespace(PlannedVolume volume, Side side) {
        return (side == Side.SOURCE ? volume.source() : volume.target()).namespace();
    }

    /** What a run makes itself cannot be asked; its label would be that of the source's, which is. */
    private Optional<Problem> problem(Side side, String name, SecurityContext wanted) {
        ApiServer server = context.server(side);
        boolean mayRefuse = server.find(NAMESPACES + name)
                .filter(namespace -> enforces(namespace)
                        || !context.discovery(side).versions(CONSTRAINTS).isEmpty())
                .isPresent();
        return mayRefuse
                ? refusal(server, name, wanted)
                        .map(answer -> Problem.error(
                                side.word() + " namespace " + name,
                                "MoverPodsRefused",
                                "pods that copy volumes are not admitted, as they run as root to keep owners and modes: "
                                        + answer,
                                fix(answer)))
                : Optional.empty();
    }

    private static boolean enforces(ObjectNode namespace) {
        String level = namespace.path("metadata").path("labels").path(ENFORCE).asText();
        return !level.isEmpty() && !level.equals("privileged");
    }

    /** {@return what the API server answers if it does not admit such pods; other refusals are found by other checks} */
    private static Optional<String> refusal(ApiServer server, String namespace, SecurityContext wanted) {
        try {
            server.tryCreate(NAMESPACES + namespace + "/pods", pod(wanted));
            return Optional.empty();
        } catch (ClusterAccessException e) {
            return Optional.ofNullable(e.getMessage())
                    .filter(text -> text.contains("violates PodSecurity") || isOfConstraints(text));
        }
    }

    private static boolean isOfConstraints(String answer) {
        return answer.contains("security context constraint");
    }

    private static String fix(String answer) {
        return isOfConstraints(answer)
                ? "let service account default of the namespace use the constraint privileged until the migration is over"
                        + " (oc adm policy add-scc-to-user privileged -z default)"
                : "label the namespace " + ENFORCE + "=baseline until the migration is over";
    }

    private static ObjectNode pod(SecurityContext wanted) {
        return JSON.valueToTree(new PodBuilder()
                .withApiVersion("v1")
                .withKind("Pod")
                .withNewMetadata()
                .withName("mtc-admission-check")
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withAutomountServiceAccountToken(false)
                .addNewContainer()
                .withName("mover")
                .withImage("mover")
                .withSecurityContext(wanted)
                .endContainer()
                .endSpec()
                .build());
    }
}
