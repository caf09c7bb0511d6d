package dev.mtc.examples;

import dev.mtc.examples.Pages.Block;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles the Java of a page: whole classes by themselves, statements one after the other, as a reader takes them. */
final class JavaBlocks {

    private static final Pattern CLASS = Pattern.compile("(?m)^(?:public |final )*class (\\w+)");

    private static final String IMPORTS =
            """
            import dev.mtc.api.*;
            import io.fabric8.kubernetes.api.model.apps.Deployment;
            import io.micrometer.core.instrument.MeterRegistry;
            import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
            import io.opentelemetry.api.GlobalOpenTelemetry;
            import java.nio.file.*;
            import java.time.Duration;
            import java.util.*;
            import java.util.concurrent.*;
            """;

    private JavaBlocks() {}

    /** {@return what the compiler says against the blocks of one page} */
    static List<String> errors(List<Block> blocks) {
        List<JavaFileObject> sources = new ArrayList<>();
        StringBuilder statements = new StringBuilder();
        for (Block block : blocks) {
            Matcher named = CLASS.matcher(block.text());
            if (named.find()) {
                sources.add(source(named.group(1), block.text()));
            } else {
                statements
                        .append("// ")
                        .append(block)
                        .append('\n')
                        .append(block.text())
                        .append('\n');
            }
        }
        sources.add(source("Page", IMPORTS + "class Page { void page() throws Exception {\n" + statements + "}}\n"));
        return compile(sources);
    }

    private static List<String> compile(List<JavaFileObject> sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        StandardJavaFileManager files = compiler.getStandardFileManager(found, Locale.ROOT, null);
        List<String> options = List.of("-proc:none", "-implicit:none");
        compiler.getTask(null, new Discarding(files), found, options, null, sources)
                .call();
        return found.getDiagnostics().stream()
                .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
                .map(one -> one.getMessage(Locale.ROOT) + " in: " + line(one))
                .collect(Collectors.toList());
    }

    private static String line(Diagnostic<? extends JavaFileObject> one) {
        if (one.getSource() instanceof Text text && one.getLineNumber() > 0) {
            return text.content
                    .lines()
                    .skip(one.getLineNumber() - 1)
                    .findFirst()
                    .orElse("");
        }
        return "";
    }

    private static JavaFileObject source(String name, String content) {
        return new Text(name, content);
    }

    /** A source in memory. */
    private static final class Text extends SimpleJavaFileObject {
        private final String content;

        Text(String name, String content) {
            super(URI.create("page:/" + name + ".java"), Kind.SOURCE);
            this.content = content;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return content;
        }
    }
}
