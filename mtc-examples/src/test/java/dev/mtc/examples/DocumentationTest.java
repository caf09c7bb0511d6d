package dev.mtc.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.mtc.api.Manifests;
import dev.mtc.examples.Pages.Block;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.InputSource;

/** What the pages show is Java that compiles, commands that exist, manifests that are read and links that lead somewhere. */
class DocumentationTest {

    private static final Set<String> CHECKED = Set.of("java", "sh", "yaml", "xml", "jshell");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#([^)]*))?\\)");
    private static final Pattern EXCEPTION = Pattern.compile("`(\\w+Exception)`");
    /** The first word in capitals and small letters after where a problem is. */
    private static final Pattern PROBLEM =
            Pattern.compile("Problem\\s*\\.(?:critical|error|warning)\\((?s:.{0,300}?)\"((?:[A-Z]+[a-z]+){2,})\"");

    private static final Pattern CODE = Pattern.compile("^\\| (`[A-Z]\\w+`(?:, `[A-Z]\\w+`)*) \\|", Pattern.MULTILINE);

    @TempDir
    private Path folder;

    static Stream<Path> pages() {
        return Pages.all().stream();
    }

    static Stream<Block> yaml() {
        return Pages.blocks("yaml").stream();
    }

    static Stream<Block> xml() {
        return Pages.blocks("xml").stream();
    }

    static Stream<String> commands() {
        return Pages.blocks("sh").stream()
                .flatMap(block -> block.text().replace("\\\n", " ").lines())
                .map(line -> line.replaceFirst(" +#.*", "").strip())
                .filter(line -> !line.isEmpty());
    }

    @Test
    void blocks_haveALanguageThatIsChecked_orAreOutput() {
        assertThat(Pages.blocks()).isNotEmpty().allSatisfy(block -> assertThat(block.language())
                .as("%s", block)
                .satisfies(language -> assertThat(language.equals("text") || CHECKED.contains(language))
                        .isTrue()));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void java_compiles(Path page) {
        List<Block> java = Pages.blocks(page).stream()
                .filter(block -> block.language().equals("java"))
                .toList();

        assertThat(JavaBlocks.errors(java)).isEmpty();
    }

    @Test
    void java_thatIsWrong_doesNotCompile() {
        Block wrong =
                new Block(Pages.ROOT.resolve("README.md"), 1, "java", "Plan plan = Plan.named(\"shop\").nonsense();");

        assertThat(JavaBlocks.errors(List.of(wrong))).singleElement().asString().contains("nonsense");
    }

    @Test
    void classes_areThoseThatAreTested() {
        assertThat(Pages.blocks("java"))
                .filteredOn(block -> block.text().startsWith("package "))
                .isNotEmpty()
                .allSatisfy(block -> {
                    String name = block.text().replaceAll("(?s).*?\\nclass (\\w+).*", "$1");
                    Path tested =
                            Pages.ROOT.resolve("mtc-examples/src/test/java/dev/mtc/examples/sample/" + name + ".java");
                    assertThat(tested).content().isEqualToNormalizingNewlines(block.text() + "\n");
                });
    }

    @ParameterizedTest
    @MethodSource("commands")
    void command_exists(String command) {
        String[] words = command.split(" +");
        switch (words[0]) {
            case "mtc-examples/run" -> {
                if (words[1].equals("jshell")) {
                    assertThat(Stream.of(words).skip(2).filter(word -> !word.startsWith("-D")))
                            .allSatisfy(script -> assertThat(Prompt.SCRIPTS.resolve(script + ".jsh"))
                                    .exists());
                } else {
                    String[] arguments = Stream.of(words).skip(1).toArray(String[]::new);
                    assertThatCode(() -> Launcher.commandLine().parseArgs(arguments))
                            .doesNotThrowAnyException();
                }
            }
            case "kubectl", "mvn", "git" ->
                Stream.of(words)
                        .filter(word -> word.startsWith("mtc-examples/"))
                        .forEach(file -> assertThat(Pages.ROOT.resolve(file)).exists());
            case "eval" -> assertThat(command).isEqualTo("eval \"$(mtc-examples/testbed/testbed env)\"");
            case "export" -> assertThat(words).hasSizeGreaterThan(1);
            default -> assertThat(Pages.ROOT.resolve(words[0])).exists();
        }
    }

    @ParameterizedTest
    @MethodSource("yaml")
    void yaml_isRead(Block block) throws IOException {
        if (block.text().contains("migration.openshift.io")) {
            Files.writeString(folder.resolve("page.yaml"), block.text());
            Manifests manifests = Manifests.read(folder);
            assertThat(manifests.plans()).isNotEmpty();
        } else {
            Object read = Serialization.unmarshal(block.text(), Object.class);
            assertThat(read).isNotNull();
        }
    }

    @ParameterizedTest
    @MethodSource("xml")
    void xml_isWellFormed_andHasTheProjectsVersion(Block block) throws Exception {
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader("<page>" + block.text() + "</page>")));
        String version =
                Pages.text(Pages.ROOT.resolve("mtc-api/pom.xml")).replaceAll("(?s).*?<version>(.*?)</.*", "$1");

        var modules = document.getElementsByTagName("artifactId");
        assertThat(modules.getLength()).isPositive();
        for (int i = 0; i < modules.getLength(); i++) {
            String module = modules.item(i).getTextContent();
            if (module.startsWith("mtc-")) {
                assertThat(Pages.artifacts()).contains(module);
                assertThat(block.text()).contains(module + "</artifactId><version>" + version + "</version>");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void links_leadSomewhere(Path page) {
        assertThat(LINK.matcher(Pages.text(page)).results()).allSatisfy(link -> {
            Path target = page.resolveSibling(link.group(1)).normalize();
            assertThat(target).exists();
            if (link.group(2) != null) {
                assertThat(Pages.text(target)
                                .lines()
                                .filter(line -> line.startsWith("#"))
                                .map(line -> line.replaceFirst("#+ ", "")
                                        .toLowerCase(java.util.Locale.ROOT)
                                        .replaceAll("[^a-z0-9 -]", "")
                                        .replace(' ', '-')))
                        .contains(link.group(2));
            }
        });
    }

    @Test
    void troubleshooting_namesEveryException_andOnlyCodesThatThereAre() throws IOException {
        String page = Pages.text(Pages.ROOT.resolve("mtc-examples/docs/troubleshooting.md"));
        Path api = Pages.ROOT.resolve("mtc-api/src/main/java/dev/mtc/api");
        String code = code();

        try (Stream<Path> files = Files.list(api)) {
            List<String> exceptions = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Exception.java") && !name.equals("MtcException.java"))
                    .map(name -> name.replace(".java", ""))
                    .toList();
            assertThat(EXCEPTION.matcher(page).results().map(found -> found.group(1)))
                    .containsAll(exceptions);
        }
        assertThat(CODE.matcher(page)
                        .results()
                        .flatMap(found -> Stream.of(found.group(1).split(", "))))
                .hasSizeGreaterThan(30)
                .filteredOn(name -> !name.endsWith("Exception`"))
                .allSatisfy(name -> assertThat(code).contains("\"" + name.replace("`", "") + "\""));
    }

    @Test
    void pages_nameEveryCode_thatAProblemHas() throws IOException {
        String pages = Pages.text(Pages.ROOT.resolve("mtc-examples/docs/troubleshooting.md"))
                + Pages.text(Pages.ROOT.resolve("mtc-engine/docs/conditions.md"));

        assertThat(PROBLEM.matcher(code()).results().map(problem -> problem.group(1)))
                .hasSizeGreaterThan(50)
                .allSatisfy(problem -> assertThat(pages).contains(problem));
    }

    private static String code() throws IOException {
        StringBuilder code = new StringBuilder();
        for (String module : List.of("mtc-api", "mtc-engine", "mtc-transfer")) {
            try (Stream<Path> files = Files.walk(Pages.ROOT.resolve(module).resolve("src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(file -> code.append(Pages.text(file)));
            }
        }
        return code.toString();
    }
}
