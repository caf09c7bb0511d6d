package dev.mtc.transfer.internal.pods;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script that describes a tree, run by this machine's bash. */
@EnabledOnOs(OS.LINUX)
class ManifestScriptIT {

    @TempDir
    private Path directory;

    @Test
    void finish_oddNames_hasOneLinePerFact() throws Exception {
        List<String> lines = describe(
                "full",
                "printf 1 >$'new\\nline'; printf 2 >$'t\\tab'; printf 3 >'back\\slash'; ln -s $'to\\nnowhere' link;"
                        + " printf 4 >a; ln a b; mkdir lost+found; touch lost+found/no; mkdir d; printf 5 >-dash");

        assertThat(lines)
                .allMatch(line -> line.split("\t", -1).length == 3)
                .anyMatch(line -> line.startsWith("./new\\x0aline\th\t"))
                .anyMatch(line -> line.startsWith("./t\\x09ab\th\t"))
                .anyMatch(line -> line.startsWith("./back\\\\slash\th\t"))
                .anyMatch(line -> line.startsWith("./-dash\th\t"))
                .contains("./link\tl\tto\\x0anowhere", "./b\tk\t./a")
                .noneMatch(line -> line.contains("lost+found") || line.startsWith("./b\th"));
        assertThat(lines.stream().filter(line -> line.contains("\tm\t"))).hasSize(9);
    }

    @Test
    void finish_metadataOnly_readsNoContent() throws Exception {
        assertThat(describe("metadata", "printf 1 >a; printf 2 >b"))
                .hasSize(3)
                .noneMatch(line -> line.contains("\th\t"));
    }

    @Test
    void evenTimes_targetKeepsNone_comparesWholeSecondsAndSaysSo() throws Exception {
        assertThat(evened("./a\tm\tf 644 0 0 1 17.200000000", "./a\tm\tf 644 0 0 1 17.000000000"))
                .containsExactly("digits=0", "./a\tm\tf 644 0 0 1 17.", "./a\tm\tf 644 0 0 1 17.");
        assertThat(evened("./a\tm\tf 644 0 0 1 17.123456789", "./a\tm\tf 644 0 0 1 17.123456700"))
                .containsExactly("digits=7", "./a\tm\tf 644 0 0 1 17.1234567", "./a\tm\tf 644 0 0 1 17.1234567");
    }

    @Test
    void evenTimes_targetKeepsAll_leavesThemAsTheyAre() throws Exception {
        String source = "./a\tm\tf 644 0 0 1 17.200000000";
        String target = "./a\tm\tf 644 0 0 1 17.123456789";
        assertThat(evened(source, target)).containsExactly(source, target);
        assertThat(evened(target, source + "\n./b.5\tx\tuser.a=0x1"))
                .doesNotContain(source)
                .contains("digits=3");
    }

    private List<String> evened(String source, String target) throws Exception {
        Path a = Files.writeString(directory.resolve("a"), source + "\n");
        Path b = Files.writeString(directory.resolve("b"), target + "\n");
        Process bash = new ProcessBuilder("bash", "-c", Scripts.describing() + "even_times a b; cat a b")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        return new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private List<String> describe(String level, String commands) throws IOException, InterruptedException {
        Path tree = Files.createDirectory(directory.resolve("tree"));
        Path work = Files.createDirectory(directory.resolve("work"));
        Path log = directory.resolve("log");
        Process bash = new ProcessBuilder(
                        "bash",
                        "-c",
                        Scripts.describing() + "\ncd \"$0\" && " + commands
                                + "\nwork=$1; list \"$0\"; finish \"$0\" source \"$2\"",
                        tree.toString(),
                        work.toString(),
                        level)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(bash.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            bash.destroyForcibly();
        }
        assertThat(work.resolve("state")).as(Files.readString(log)).hasContent("done");
        return Files.readAllLines(work.resolve("manifest")).stream()
                .filter(line -> !line.contains("\tx\t"))
                .toList();
    }
}
