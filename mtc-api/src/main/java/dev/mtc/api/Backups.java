package dev.mtc.api;

import java.util.List;
import java.util.Objects;

/**
 * The captured objects in a plan's repository: those of its own cut-overs, of other plans, and of Velero, whose layout they have. One
 * of them is applied on the target as a cut-over would do it, with the plan's names, transforms and policies, whatever has become
 * of the source since. Data of volumes and images are no part of it. Every call does I/O on the repository. Immutable.
 *
 * @since 0.1
 */
public final class Backups {

    private final Plan plan;

    private Backups(Plan plan) {
        this.plan = plan;
    }

    /**
     * {@return the captured objects in the repository of a plan}
     *
     * @param plan where they are, which namespaces, and how they get to the target
     * @throws IllegalArgumentException if it has no repository
     */
    public static Backups of(Plan plan) {
        if (plan.via().isEmpty()) {
            throw new IllegalArgumentException(
                    "Plan " + plan.name() + " has no repository, so nothing is captured for later; call via(storage)");
        }
        return new Backups(plan);
    }

    /**
     * {@return what is there, the newest first}
     *
     * @throws StorageAccessException if the repository cannot be read
     */
    public List<Backup> list() {
        return MigrationEngine.find().backups(plan);
    }

    /**
     * {@return what {@link #restore} would do} Reads the target too; changes nothing.
     *
     * @param name which backup
     * @throws StorageAccessException if it is not there, damaged, or has nothing of the plan's namespaces
     * @throws MtcException if a cluster cannot be read
     */
    public Preview preview(String name) {
        return MigrationEngine.find().previewBackup(plan, Objects.requireNonNull(name, "name"));
    }

    /**
     * Applies the objects of the plan's namespaces and kinds on the target, once they are found to be what was captured. Objects that
     * are in no namespace are applied as they are, if the plan asks for their kinds. Claims are made without the data that they had,
     * which is warned of. The source is asked for nothing but what tells it from other clusters, so that a rollback of the plan finds
     * what was applied. Blocks; may be repeated.
     *
     * @param name which backup
     * @return what became of each object; it failed, with nothing changed, if objects are in the way
     * @throws StorageAccessException if it is not there, damaged, or has nothing of the plan's namespaces; nothing is changed then
     * @throws MtcException if a cluster cannot be reached
     */
    public MigrationResult restore(String name) {
        return MigrationEngine.find().restoreBackup(plan, Objects.requireNonNull(name, "name"));
    }

    @Override
    public String toString() {
        return "Backups[" + plan.name() + " in " + plan.via().map(Storage::name).orElse("") + "]";
    }
}
