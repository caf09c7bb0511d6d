// Copies images and volume data ahead while the application runs; as often as you like: run jshell ... connect stage
MigrationResult staged = Migration.of(plan).
    listener(Listeners.console()).
    stage().
    await(Duration.ofHours(6))
System.out.println(staged)
