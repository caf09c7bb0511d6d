// Deletes what the plan made on the target and starts the source again: run jshell ... connect rollback
MigrationResult back = Migration.of(plan).
    listener(Listeners.console()).
    rollback().
    await(Duration.ofHours(1))
System.out.println(back)
