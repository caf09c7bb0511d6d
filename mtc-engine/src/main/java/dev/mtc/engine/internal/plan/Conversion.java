package dev.mtc.engine.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.Plan;
import dev.mtc.api.Side;
import dev.mtc.api.spi.ClaimRef;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.run.Labels;
import dev.mtc.engine.internal.run.RunContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A plan that changes storage classes within its cluster: claims are copied beside themselves, then workloads mount the copies
 * (MTC specification 8.11). What it has done is told by its claims, so that any later run goes on from there: a copy names its
 * origin, and once all copies carry the mark of a hand-over they are the truth.
 */
public final class Conversion {

    /** On a copy: the claim that it was copied from. */
    static final String CONVERTED_FROM = "migration.openshift.io/converted-from";

    /** On a claim whose copy has taken its place: the uid of the plan. MTC's name. */
    static final String SOURCE_FOR = "migration.openshift.io/source-for-directvolumemigration";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RunContext context;
    private final ApiServer server;
    private final TargetClaims claims;

    private Conversion(RunContext context) {
        this.context = context;
        this.server = context.server(Side.SOURCE);
        this.claims = new TargetClaims(server, context.planUid());
    }

    /** {@return whether a plan stays in its cluster and renames no namespace} */
    public static boolean is(Plan plan) {
        return plan.from().equals(plan.to()) && plan.namespaces().stream().noneMatch(NamespaceMapping::isRename);
    }

    /** {@return the conversion of a run whose plan is one} */
    public static Conversion of(RunContext context) {
        return new Conversion(context);
    }

    /**
     * A claim and its copy.
     *
     * @param before the claim
     * @param after the copy
     * @param copy the copy as it is, null if it is not there
     * @param handedOverBy the run since which workloads may write to the copy, null if none
     */
    public record Pair(ClaimRef before, ClaimRef after, @Nullable ObjectNode copy, @Nullable String handedOverBy) {}

    /** {@return what the plan converts} */
    public List<Pair> planned() {
        Map<String, ObjectNode> own = own().stream().collect(Collectors.toMap(c -> ref(c).toString(), c -> c));
        return PlannedVolumes.find(context).stream()
                .filter(volume -> volume.copy().isPresent())
                .map(volume -> pair(
                        volume.source(),
                        volume.target(),
                        own.get(volume.target().toString())))
                .toList();
    }

    /** {@return what the plan converts and no other run has handed over} */
    public List<Pair> open() {
        return planned().stream().filter(this::isOpen).toList();
    }

    /** {@return the same, with copies that are not there yet as they will be called} */
    public List<Pair> expected() {
        return open().stream()
                .map(pair -> pair.copy() != null ? pair : pair(pair.before(), pair.after(), named(pair.after())))
                .toList();
    }

    private static ObjectNode named(ClaimRef claim) {
        ObjectNode copy = JSON.createObjectNode();
        copy.putObject("metadata").put("namespace", claim.namespace()).put("name", claim.name());
        return copy;
    }

    private boolean isOpen(Pair pair) {
        return pair.handedOverBy() == null || pair.handedOverBy().equals(context.runId());
    }

    /** {@return the copies that the plan has made, whatever it converts now} */
    public List<Pair> made() {
        return own().stream()
                .flatMap(copy -> origin(copy).stream().map(origin -> pair(origin, ref(copy), copy)))
                .toList();
    }

    /** {@return what a run that is given up takes back: all copies that no other run has handed over} */
    public List<Pair> revocable() {
        boolean all = context.migration().getSpec().isRollback();
        return made().stream().filter(pair -> all || isOpen(pair)).toList();
    }

    /** {@return the names of all claims and copies, {@code namespace/name}, those whose copies are gone among them} */
    public Set<String> names() {
        Set<String> names = new HashSet<>(
                names(Stream.concat(planned().stream(), made().stream()).toList()));
        replaced().forEach(claim -> names.add(claim.toString()));
        return names;
    }

    /** {@return the names of claims and their copies, {@code namespace/name}} */
    public static Set<String> names(Collection<Pair> pairs) {
        return pairs.stream()
                .flatMap(
                        pair -> Stream.of(pair.before().toString(), pair.after().toString()))
                .collect(Collectors.toSet());
    }

    /** {@return the run that made the copies the truth, empty while one of them is not} */
    public Optional<String> handedOverBy() {
        List<Pair> pairs = planned();
        boolean whole = !pairs.isEmpty() && pairs.stream().noneMatch(pair -> pair.handedOverBy() == null);
        return whole ? Optional.ofNullable(pairs.get(0).handedOverBy()) : Optional.empty();
    }

    /** Makes the copies the truth. Nothing may have been started on them before. */
    public void handOver() {
        List<Pair> pairs =
                planned().stream().filter(pair -> pair.handedOverBy() == null).toList();
        pairs.forEach(pair -> label(pair.before(), context.planUid()));
        pairs.forEach(pair -> claims.handOver(pair.after(), context.runId()));
    }

    /** Makes claims the truth again. */
    public void takeBack(Collection<Pair> pairs) {
        pairs.stream().filter(pair -> pair.handedOverBy() != null).forEach(pair -> claims.takeBack(pair.after()));
    }

    /** Forgets that copies had taken the places of claims, once all that goes back has gone back. */
    public void forget() {
        replaced().forEach(claim -> label(claim, null));
    }

    private List<ClaimRef> replaced() {
        return claims(SOURCE_FOR + "=" + context.planUid()).stream()
                .map(Conversion::ref)
                .toList();
    }

    private void label(ClaimRef claim, @Nullable String uid) {
        ObjectNode patch = JSON.createObjectNode();
        patch.putObject("metadata").putObject("labels").put(SOURCE_FOR, uid);
        server.merge(collection(claim.namespace()) + "/" + claim.name(), patch);
    }

    private List<ObjectNode> own() {
        return claims(Labels.PLAN + "=" + context.planUid());
    }

    private List<ObjectNode> claims(String labelSelector) {
        List<ObjectNode> found = new ArrayList<>();
        for (NamespaceMapping mapping : context.plan().namespaces()) {
            found.addAll(server.list(collection(mapping.source()), labelSelector));
        }
        return found;
    }

    private static String collection(String namespace) {
        return "/api/v1/namespaces/" + namespace + "/persistentvolumeclaims";
    }

    private Pair pair(ClaimRef before, ClaimRef after, @Nullable ObjectNode copy) {
        String mark = copy == null ? null : claims.handedOverBy(copy).orElse(null);
        return new Pair(before, after, copy, mark);
    }

    static ClaimRef ref(JsonNode claim) {
        JsonNode metadata = claim.path("metadata");
        return new ClaimRef(
                metadata.path("namespace").asText(), metadata.path("name").asText());
    }

    /** {@return the claim that a copy was made of} */
    static Optional<ClaimRef> origin(JsonNode copy) {
        JsonNode name = copy.path("metadata").path("annotations").path(CONVERTED_FROM);
        return name.isTextual() ? Optional.of(new ClaimRef(ref(copy).namespace(), name.asText())) : Optional.empty();
    }

    /** {@return the names of copies by those of their origins} */
    static Map<String, String> copies(Collection<ObjectNode> claims, String planUid) {
        Map<String, String> copies = new HashMap<>();
        claims.stream().filter(claim -> isCopyOf(claim, planUid)).forEach(copy -> origin(copy)
                .ifPresent(origin -> copies.put(origin.name(), ref(copy).name())));
        return copies;
    }

    /** {@return whether a plan made a claim} */
    public static boolean isCopyOf(JsonNode claim, String planUid) {
        return claim.path("metadata").path("labels").path(Labels.PLAN).asText().equals(planUid);
    }

    /** {@return whether another plan's copy has taken the place of a claim} */
    public static boolean isReplaced(JsonNode claim, String planUid) {
        JsonNode plan = claim.path("metadata").path("labels").path(SOURCE_FOR);
        return !plan.isMissingNode() && !plan.asText().equals(planUid);
    }
}
