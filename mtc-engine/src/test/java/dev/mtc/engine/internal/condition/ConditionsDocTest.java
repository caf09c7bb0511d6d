package dev.mtc.engine.internal.condition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.model.v1alpha1.Category;
import dev.mtc.api.model.v1alpha1.Condition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the page about conditions against the list of MTC's types and against the code. */
class ConditionsDocTest {

    private static final Path MODULE = Path.of(System.getProperty("basedir", "."));
    private static final String ALL = "all";
    private static final Pattern TYPE = Pattern.compile("`([A-Z][A-Za-z]+)`");

    /** Where the code makes a condition or a problem, and with which category. */
    private static final Pattern MADE =
            Pattern.compile("Condition\\s*\\.of\\(\\s*Category\\.(\\w+),|Problem\\s*\\.(critical|error|warning)\\(");

    private static final Pattern QUOTED = Pattern.compile("\"([A-Z][A-Za-z]+)\"");

    /** Words that are types that are not set, and something else besides. */
    private static final Set<String> OTHERWISE_USED = Set.of("StagePodsCreated", "ClusterNotReady");

    /** What is wrong with these is made a condition; what ends a run has such codes, too, but is a line of status.errors. */
    private static final Set<String> CHECKED = Set.of("MigCluster", "MigStorage", "MigHook", "MigPlan");

    /** A type that MTC has for a DirectVolumeMigration, and that fits a plan. */
    private static final String OF_ANOTHER_KIND = "InvalidPVCs";

    /** Weighed otherwise than MTC does, where the page says why. */
    private static final Set<String> WEIGHED_OTHERWISE = Set.of(OF_ANOTHER_KIND, "SaTokenNotPrivileged");

    /**
     * A row of the table of what is set.
     *
     * @param type the condition type
     * @param categories those that it can have
     * @param kinds of resources that it is set on
     */
    private record Row(String type, Set<String> categories, Set<String> kinds) {}

    /** A type of MTC, on a kind of resource. */
    private record Known(String kind, String type, Set<String> categories) {}

    private static List<String[]> table(String heading) throws IOException {
        String page = Files.readString(MODULE.resolve("docs").resolve("conditions.md"));
        String part = page.substring(page.indexOf("\n## " + heading + "\n") + 1);
        int next = part.indexOf("\n## ", 1);
        return (next < 0 ? part : part.substring(0, next))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|"))
                .toList();
    }

    /** The first cells of the table below a heading, one type each. */
    private static List<String> types(String heading) throws IOException {
        return table(heading).stream()
                .flatMap(cells -> TYPE.matcher(cells[1]).results().map(result -> result.group(1)))
                .toList();
    }

    private static List<Row> rows() throws IOException {
        return table("Set").stream()
                .map(cells -> new Row(cells[1].replaceAll("[ `]", ""), words(cells[2]), words(cells[3])))
                .toList();
    }

    private static Set<String> words(String cell) {
        return Arrays.stream(cell.split(",")).map(String::strip).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Known> ofMtc() throws IOException {
        try (InputStream file = Objects.requireNonNull(ConditionsDocTest.class.getResourceAsStream("mtc-1.8.txt"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .map(words -> new Known(
                            words[0],
                            words[1],
                            new TreeSet<>(Arrays.asList(words).subList(2, words.length))))
                    .toList();
        }
    }

    private static String code() throws IOException {
        StringBuilder code = new StringBuilder();
        for (String module : List.of("mtc-api", "mtc-engine")) {
            try (Stream<Path> files = Files.walk(
                    MODULE.resolve("..").resolve(module).resolve("src").resolve("main"))) {
                code.append(files.filter(file -> file.toString().endsWith(".java"))
                        .filter(file -> !file.endsWith("ConditionRemedies.java"))
                        .map(ConditionsDocTest::read)
                        .collect(Collectors.joining()));
            }
        }
        return code.toString();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The types that the code makes, with their categories: the first known type after each place where one is made. */
    private static Map<String, Set<String>> made(Set<String> known) throws IOException {
        String code = code();
        Map<String, Set<String>> made = new TreeMap<>();
        Matcher places = MADE.matcher(code);
        while (places.find()) {
            String word = places.group(1) == null ? places.group(2) : places.group(1);
            String category =
                    switch (word.toUpperCase(Locale.ROOT)) {
                        case "WARNING" -> Category.WARN.wireName();
                        default ->
                            Category.valueOf(word.toUpperCase(Locale.ROOT)).wireName();
                    };
            String arguments = code.substring(places.end(), code.indexOf(';', places.end()));
            boolean isProblem = places.group(2) != null;
            QUOTED.matcher(arguments)
                    .results()
                    .map(result -> result.group(1))
                    .filter(known::contains)
                    .findFirst()
                    .filter(type -> !isProblem || isChecked(type))
                    .ifPresent(type ->
                            made.computeIfAbsent(type, key -> new TreeSet<>()).add(category));
        }
        return made;
    }

    private static boolean isChecked(String type) {
        try {
            return ofMtc().stream().anyMatch(each -> each.type().equals(type) && CHECKED.contains(each.kind()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void page_namesWhatIsSet_whichTheCodeHas() throws IOException {
        String code = code();

        assertThat(types("Set")).hasSizeGreaterThan(60).doesNotHaveDuplicates().allSatisfy(type -> assertThat(code)
                .contains("\"" + type + "\""));
    }

    @Test
    void page_namesWhatIsNotSet_whichTheCodeHasNot() throws IOException {
        String code = code();
        Set<String> known = new TreeSet<>(types("Not set"));
        known.addAll(types("Set"));
        Set<String> made = made(known).keySet();

        assertThat(types("Not set"))
                .hasSizeGreaterThan(40)
                .doesNotHaveDuplicates()
                .filteredOn(type -> !OTHERWISE_USED.contains(type))
                .allSatisfy(type -> assertThat(code).doesNotContain("\"" + type + "\""));
        assertThat(types("Not set")).doesNotContainAnyElementsOf(types("Set")).doesNotContainAnyElementsOf(made);
    }

    @Test
    void page_accountsForEveryTypeOfMtc() throws IOException {
        Set<String> page = new TreeSet<>(types("Set"));
        page.addAll(types("Not set"));

        assertThat(page)
                .containsExactlyInAnyOrderElementsOf(
                        ofMtc().stream().map(Known::type).collect(Collectors.toSet()));
    }

    @Test
    void page_hasMtcsCategories() throws IOException {
        List<Known> ofMtc = ofMtc();
        for (Row row : rows()) {
            List<Known> known = ofMtc.stream()
                    .filter(each -> each.type().equals(row.type()))
                    .filter(each -> row.kinds().contains(ALL) || row.kinds().contains(each.kind()))
                    .toList();
            Set<String> allowed = new TreeSet<>();
            known.forEach(each -> allowed.addAll(each.categories()));
            if (!WEIGHED_OTHERWISE.contains(row.type())) {
                assertThat(allowed).as(row.type()).containsAll(row.categories());
            }
            assertThat(known).as(row.type()).allSatisfy(each -> assertThat(each.categories())
                    .containsAnyElementsOf(row.categories()));
        }
    }

    @Test
    void code_hasTheCategoriesOfThePage() throws IOException {
        Map<String, Set<String>> page = new TreeMap<>();
        rows().forEach(row -> page.put(row.type(), row.categories()));

        Map<String, Set<String>> made = made(page.keySet());

        assertThat(made).hasSizeGreaterThan(35);
        made.forEach((type, categories) -> assertThat(page.get(type)).as(type).containsAll(categories));
    }

    @Test
    void conditions_thatAskForSomething_haveARemedyByTheirType() throws IOException {
        for (Row row : rows()) {
            if (row.type().equals(OF_ANOTHER_KIND)
                    || Stream.of("Critical", "Error", "Warn").noneMatch(row.categories()::contains)) {
                continue;
            }
            assertThat(Condition.of(Category.CRITICAL, row.type()).remedy())
                    .as(row.type())
                    .isNotBlank();
        }
        assertThat(Condition.of(Category.REQUIRED, "Ready").remedy()).isEmpty();
    }
}
