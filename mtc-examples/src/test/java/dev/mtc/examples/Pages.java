package dev.mtc.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The project's pages for people and the blocks of code in them. */
final class Pages {

    static final Path ROOT = Path.of(System.getProperty("basedir", "."))
            .toAbsolutePath()
            .normalize()
            .getParent();

    private static final Pattern MODULE = Pattern.compile("<module>(.*?)</module>");
    private static final Pattern FENCE = Pattern.compile("```(\\w*)");

    private Pages() {}

    /** A block of code. */
    record Block(Path page, int line, String language, String text) {
        @Override
        public String toString() {
            return ROOT.relativize(page) + ":" + line;
        }
    }

    static List<Path> all() {
        List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve(".github/CONTRIBUTING.md")));
        for (String module : List.of("mtc-api", "mtc-engine", "mtc-transfer", "mtc-examples")) {
            Path docs = ROOT.resolve(module).resolve("docs");
            if (Files.isDirectory(docs)) {
                try (Stream<Path> files = Files.list(docs)) {
                    files.filter(file -> file.toString().endsWith(".md"))
                            .sorted()
                            .forEach(pages::add);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return pages;
    }

    /** {@return the artifacts that the build makes} */
    static List<String> artifacts() {
        return MODULE.matcher(text(ROOT.resolve("pom.xml")))
                .results()
                .map(module -> text(ROOT.resolve(module.group(1)).resolve("pom.xml")))
                .map(pom -> pom.replaceAll("(?s).*?</parent>.*?<artifactId>(.*?)</.*", "$1"))
                .toList();
    }

    static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Block> blocks() {
        return all().stream().flatMap(page -> blocks(page).stream()).toList();
    }

    static List<Block> blocks(String language) {
        return blocks().stream()
                .filter(block -> block.language().equals(language))
                .toList();
    }

    static List<Block> blocks(Path page) {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = text(page).lines().toList();
        int start = -1;
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).startsWith("```")) {
                continue;
            }
            if (start < 0) {
                start = i;
            } else {
                var opening = FENCE.matcher(lines.get(start));
                String language = opening.matches() ? opening.group(1) : "";
                blocks.add(new Block(page, start + 1, language, String.join("\n", lines.subList(start + 1, i))));
                start = -1;
            }
        }
        return blocks;
    }
}
