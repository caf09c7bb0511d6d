package dev.mtc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.VarSnippet;

/** A jshell prompt in this JVM. Scripts are read line by line, as the jshell tool does it. */
final class Prompt implements AutoCloseable {

    static final Path SCRIPTS =
            Path.of(System.getProperty("basedir", "."), "jshell").toAbsolutePath();

    private final JShell shell;

    private Prompt(JShell shell) {
        this.shell = shell;
    }

    /** A line that the shell took and what it echoed. */
    record Echo(String source, String variable, String value) {}

    static Prompt open() throws IOException {
        Prompt prompt = new Prompt(JShell.builder().executionEngine("local").build());
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            prompt.shell.addToClasspath(entry);
        }
        prompt.type(Files.readAllLines(SCRIPTS.resolve("mtc.jsh")));
        return prompt;
    }

    List<Echo> type(List<String> lines) {
        List<Echo> echoes = new ArrayList<>();
        String typed = "";
        for (String line : lines) {
            typed = typed.isBlank() ? line : typed + "\n" + line;
            CompletionInfo info = shell.sourceCodeAnalysis().analyzeCompletion(typed);
            if (info.completeness().isComplete()) {
                shell.eval(info.source()).forEach(event -> echoes.add(accepted(event)));
                typed = info.remaining();
            } else if (info.completeness() == Completeness.EMPTY) {
                typed = "";
            }
        }
        assertThat(typed).as("unfinished at the end").isBlank();
        return echoes;
    }

    private Echo accepted(SnippetEvent event) {
        Snippet snippet = event.snippet();
        assertThat(event.status())
                .as(
                        "%s: %s",
                        snippet.source(),
                        shell.diagnostics(snippet)
                                .map(d -> d.getMessage(Locale.ROOT))
                                .toList())
                .isEqualTo(Snippet.Status.VALID);
        assertThat(event.exception()).as(snippet.source()).isNull();
        String variable = snippet instanceof VarSnippet named ? named.name() : "";
        return new Echo(snippet.source(), variable, Objects.requireNonNullElse(event.value(), ""));
    }

    @Override
    public void close() {
        shell.close();
    }
}
