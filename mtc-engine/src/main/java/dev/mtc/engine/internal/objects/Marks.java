package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Labels that say which plan and migration brought an object; a rollback deletes by them, so they come after everything else. Service
 * accounts that every cluster makes are not labelled, they are the namespace's own.
 */
final class Marks implements BuiltInTransform {

    static final String PLAN = "migration.openshift.io/migrated-by-migplan";
    static final String MIGRATION = "migration.openshift.io/migrated-by-migmigration";
    static final String CREATED_BY_PLAN = "migration.openshift.io/created-by-migplan";

    private static final Set<String> EVERYWHERE = Set.of("default", "builder", "deployer");

    private final RestoreSettings settings;

    Marks(RestoreSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "plan labels";
    }

    @Override
    public void apply(Draft draft) {
        if (isEverywhere(draft.resource(), draft.source().name())) {
            draft.removeLabel(PLAN);
            draft.removeLabel(MIGRATION);
        } else {
            mark(draft.metadata());
        }
    }

    void mark(ObjectNode metadata) {
        metadata.withObjectProperty("labels").put(PLAN, settings.planUid()).put(MIGRATION, settings.migrationUid());
    }

    /** {@return what will be there when an object is applied: what is there now, or what the cluster makes in a new namespace} */
    static @Nullable ObjectNode presentOrMade(ObjectKey key, @Nullable ObjectNode present) {
        boolean isMade = key.resource().equals("serviceaccounts") && key.name().equals("default");
        if (present != null || !isMade) {
            return present;
        }
        ObjectNode account = Json.newObject().put("apiVersion", "v1").put("kind", "ServiceAccount");
        account.putObject("metadata").put("name", key.name()).put("namespace", key.namespace());
        return account;
    }

    /** {@return whether a cluster makes this object in every namespace} */
    static boolean isEverywhere(String resource, String name) {
        return resource.equals("serviceaccounts") && EVERYWHERE.contains(name);
    }
}
