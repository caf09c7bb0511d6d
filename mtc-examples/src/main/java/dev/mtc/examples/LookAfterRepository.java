package dev.mtc.examples;

import dev.mtc.api.CheckReport;
import dev.mtc.api.Repository;
import dev.mtc.api.Secret;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists and checks what migrations keep in a repository, and removes what no plan needs. */
@Command(
        name = "repository",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        description = "Lists and checks what migrations keep in a repository, and removes what no plan needs.")
final class LookAfterRepository {

    @Spec
    private @Nullable CommandSpec spec;

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Prints what each plan has.")
    void list(@Parameters(paramLabel = Storages.FORM) String storage) {
        out().println(Repository.of(Storages.parse(storage)).inventory().describe());
    }

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = "Reads all of it and prints what is damaged or missing; ends with 1 if a plan needs that.")
    int check(@Parameters(paramLabel = Storages.FORM) String storage) {
        CheckReport report = Repository.of(Storages.parse(storage)).check();
        out().println(report.describe());
        return report.isOk() ? 0 : 1;
    }

    @Command(name = "forget", mixinStandardHelpOptions = true, description = "Forgets what a plan has; gc removes it.")
    void forget(
            @Parameters(paramLabel = Storages.FORM) String storage,
            @Parameters(paramLabel = "PLAN", description = "As list prints it.") String plan) {
        Repository.of(Storages.parse(storage)).forget(plan);
    }

    @Command(
            name = "key",
            mixinStandardHelpOptions = true,
            description = "Prints the key of the volumes that lies in the repository because nobody gave one.")
    void key(
            @Parameters(paramLabel = Storages.FORM) String storage,
            @Option(
                            names = "--remove",
                            description = "Remove it from there instead; " + Storages.PASSWORD + " has to be it.")
                    boolean remove) {
        Repository repository = Repository.of(Storages.parse(storage));
        if (remove) {
            repository.removeVolumeKey();
        } else {
            repository.volumeKey().map(Secret::reveal).ifPresent(out()::println);
        }
    }

    @Command(name = "gc", mixinStandardHelpOptions = true, description = "Removes what no plan needs.")
    void collect(
            @Parameters(paramLabel = Storages.FORM) String storage,
            @Option(
                            names = "--unused-for",
                            paramLabel = "HOURS",
                            defaultValue = "24",
                            description = "Leave what was written or used since, at least as long as a migration takes;"
                                    + " ${DEFAULT-VALUE} if not given.")
                    int hours) {
        out().println(Repository.of(Storages.parse(storage)).collectGarbage(Duration.ofHours(hours)));
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }
}
