package dev.mtc.api;

import java.util.List;
import java.util.ServiceLoader;

/**
 * Checks, previews and runs plans. Thread-safe; found by {@link ServiceLoader} or given by hand.
 *
 * @since 0.1
 */
public interface MigrationEngine extends Provider {

    /**
     * {@return the engine on the class path}
     *
     * @throws IllegalStateException if there is none
     */
    static MigrationEngine find() {
        return ServiceLoader.load(MigrationEngine.class, MigrationEngine.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "No MigrationEngine is on the class path; add the dependency dev.mtc:mtc-engine"));
    }

    /**
     * {@return what a look at a cluster shows}
     *
     * @param cluster the cluster
     */
    CheckReport check(Cluster cluster);

    /**
     * {@return what a look at a repository shows}
     *
     * @param storage the repository
     */
    CheckReport check(Storage storage);

    /**
     * {@return MTC's conditions of a plan, its clusters and its storage}
     *
     * @param plan the plan
     */
    CheckReport check(Plan plan);

    /**
     * {@return what a cut-over would do}
     *
     * @param plan the plan
     * @param state where earlier runs of the plan were kept; never closed by the engine
     * @throws MtcException if a cluster or the state cannot be read
     */
    Preview preview(Plan plan, StateStore state);

    /**
     * {@return the rights that the accounts of both clusters need for a plan}
     *
     * @param plan the plan
     * @throws MtcException if a cluster cannot be read
     */
    RequiredRoles requiredRoles(Plan plan);

    /**
     * {@return the captured objects in a plan's repository, the newest first}
     *
     * @param plan a plan with a repository
     * @throws StorageAccessException if it cannot be read
     */
    List<Backup> backups(Plan plan);

    /**
     * {@return what {@link #restoreBackup} would do}
     *
     * @param plan a plan with a repository
     * @param backup its name
     * @throws StorageAccessException if it is not there, damaged, or has nothing of the plan's namespaces
     */
    Preview previewBackup(Plan plan, String backup);

    /**
     * Applies captured objects on the target.
     *
     * @param plan a plan with a repository
     * @param backup its name
     * @return what became of each object
     * @throws StorageAccessException if it is not there, damaged, or has nothing of the plan's namespaces
     */
    MigrationResult restoreBackup(Plan plan, String backup);

    /**
     * Starts a run.
     *
     * @param request what to run
     * @return the run, already going
     * @throws PlanInvalidException if the plan asks for what this engine cannot do
     */
    MigrationRun start(RunRequest request);

    /**
     * Goes on with a run whose process ended.
     *
     * @param request its plan and state; kind and options are taken from the state
     * @param runId its id
     * @return the run, already going, or ended if it had ended
     * @throws IllegalArgumentException if the state knows no such run
     */
    MigrationRun resume(RunRequest request, String runId);

    /**
     * Starts a controller.
     *
     * @param request what to look after
     * @return the controller at work
     * @throws ClusterAccessException if the host cannot be reached or its resources cannot be looked after
     */
    RunningController start(ControllerRequest request);
}
