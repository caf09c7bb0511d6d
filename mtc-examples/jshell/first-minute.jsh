// The first minute with mtc: moves namespace shop to shop-eu and back.
// Lines of a chain end in a dot, because jshell takes a line that could end as the end.
Cluster source = Clusters.fromKubeconfig(Path.of(System.getProperty("source")))
source.check()
Cluster target = Clusters.fromKubeconfig(Path.of(System.getProperty("target")))
target.check()

Plan plan = Plan.named("shop").
    from(source).
    to(target).
    namespace("shop", "shop-eu").
    build()
plan.check()
plan.preview()

// staging copies data ahead while the shop keeps running
MigrationResult staged = Migration.of(plan).stage().await(Duration.ofMinutes(10))

// the cut-over stops the shop on the source and starts it on the target
Migration migration = Migration.of(plan).quiesce().verify()
MigrationRun run = migration.cutover()
run.progress()
MigrationResult moved = run.await(Duration.ofMinutes(10))
moved.requireSuccess()

// again: everything is there already
MigrationResult again = migration.cutover().await(Duration.ofMinutes(10))
again.isNoOp()

// and back: the target loses what the plan made, the source runs again
MigrationResult back = migration.rollback().await(Duration.ofMinutes(10))
