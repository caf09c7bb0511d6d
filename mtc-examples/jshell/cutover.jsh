// Stops the application on the source and starts it on the target: run jshell ... connect cutover
MigrationRun run = Migration.of(plan).
    quiesce().
    verify().
    listener(Listeners.console()).
    cutover()
MigrationResult moved = run.await(Duration.ofHours(2))
System.out.println(moved)
System.out.println(moved.report().write(Path.of(System.getProperty("report", "cutover.html"))))
