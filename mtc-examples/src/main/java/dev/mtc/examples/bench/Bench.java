package dev.mtc.examples.bench;

import picocli.CommandLine.Command;

/** Groups the measurements. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures parts of mtc beside other programs that do the same.",
        synopsisSubcommandLabel = "WHAT",
        subcommands = {ObjectsBench.class, ImagesBench.class, RepositoryBench.class, VolumesBench.class})
public final class Bench {

    private Bench() {}
}
