package dev.mtc.engine.internal.objects;

import dev.mtc.api.ExistingPolicy;
import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.Plan;
import dev.mtc.api.VolumeChoice;
import dev.mtc.engine.internal.cluster.ResourceType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** How captured objects become objects of the target. Immutable; the methods return changed copies. */
public final class RestoreSettings {

    /** Who brings the claims to the target. */
    enum Claims {
        BY_VOLUME_MOVERS,
        AS_OBJECTS
    }

    private final Plan plan;
    private final String planUid;
    private final String migrationUid;
    private final UnaryOperator<String> images;
    private final @Nullable String pullSecret;
    private final Claims claims;
    private final boolean digesting;
    private final Map<String, String> targetOf = new LinkedHashMap<>();

    private RestoreSettings(
            Plan plan,
            String planUid,
            String migrationUid,
            UnaryOperator<String> images,
            @Nullable String pullSecret,
            Claims claims,
            boolean digesting) {
        this.plan = plan;
        this.planUid = planUid;
        this.migrationUid = migrationUid;
        this.images = images;
        this.pullSecret = pullSecret;
        this.claims = claims;
        this.digesting = digesting;
        plan.namespaces().forEach(mapping -> targetOf.put(mapping.source(), mapping.target()));
    }

    /**
     * {@return settings that leave image references as they are and claims to the volume movers}
     *
     * @param plan namespaces, transforms, policy for existing objects, volume choices
     * @param planUid the MigPlan's UID, the mark by which a rollback finds objects
     * @param migrationUid the MigMigration's UID
     */
    public static RestoreSettings of(Plan plan, String planUid, String migrationUid) {
        return new RestoreSettings(
                plan,
                Objects.requireNonNull(planUid),
                Objects.requireNonNull(migrationUid),
                UnaryOperator.identity(),
                null,
                Claims.BY_VOLUME_MOVERS,
                false);
    }

    /**
     * {@return a copy that changes image references}
     *
     * @param rewrite from the source's reference to the target's; the same if it stays
     */
    public RestoreSettings images(UnaryOperator<String> rewrite) {
        return new RestoreSettings(plan, planUid, migrationUid, rewrite, pullSecret, claims, digesting);
    }

    /**
     * {@return a copy that lets the migrated ServiceAccounts pull images with a Secret}
     *
     * @param name the Secret's name, the same in every target namespace; not made here
     */
    public RestoreSettings pullSecret(String name) {
        return new RestoreSettings(
                plan, planUid, migrationUid, images, Objects.requireNonNull(name), claims, digesting);
    }

    /** {@return a copy that applies claims like other objects, without their data} */
    public RestoreSettings claimsAsObjects() {
        return new RestoreSettings(plan, planUid, migrationUid, images, pullSecret, Claims.AS_OBJECTS, digesting);
    }

    /** {@return a copy with which outcomes tell what content objects were applied with, to be compared with a preview} */
    public RestoreSettings contentDigests() {
        return new RestoreSettings(plan, planUid, migrationUid, images, pullSecret, claims, true);
    }

    Plan plan() {
        return plan;
    }

    String planUid() {
        return planUid;
    }

    String migrationUid() {
        return migrationUid;
    }

    UnaryOperator<String> images() {
        return images;
    }

    Optional<String> pullSecret() {
        return Optional.ofNullable(pullSecret);
    }

    Claims claims() {
        return claims;
    }

    boolean isDigesting() {
        return digesting;
    }

    ExistingPolicy existing() {
        return plan.existing();
    }

    /** {@return whether the status of a kind is brought along} */
    boolean restoresStatus(ResourceType type) {
        return plan.statusResources().contains(type.resource())
                || plan.statusResources().contains(type.plural());
    }

    List<NamespaceMapping> namespaces() {
        return plan.namespaces();
    }

    /** {@return the target's name of a namespace; its own if the plan does not name it} */
    String target(String namespace) {
        return targetOf.getOrDefault(namespace, namespace);
    }

    /** {@return whether the plan gives a namespace another name} */
    boolean isRenamed(String namespace) {
        return !target(namespace).equals(namespace);
    }

    /** {@return the target's name of a claim} */
    String claim(String sourceNamespace, String claim) {
        return plan.volumeChoice(sourceNamespace, claim) instanceof VolumeChoice.Copy copy
                ? copy.targetName().orElse(claim)
                : claim;
    }

    @Override
    public String toString() {
        return "RestoreSettings[" + plan.name() + ", " + claims
                + (pullSecret == null ? "" : ", pulls with " + pullSecret) + "]";
    }
}
