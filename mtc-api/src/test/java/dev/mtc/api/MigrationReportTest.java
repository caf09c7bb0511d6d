package dev.mtc.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mtc.api.ItemOutcome.Action;
import dev.mtc.api.MigrationResult.Status;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class MigrationReportTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private static final String EVIL = "</td></style></script><script>alert('1')</script>&\"\u202e\u0007";

    @TempDir
    private Path folder;

    @Test
    void toText_hasALineForEverything() {
        MigrationResult result = result(Status.FAILED);

        assertThat(result.report().toText())
                .isEqualTo(result + "\n  TIME Prepare 0.500 s, DirectVolume 10.5 s, Restore 1.000 s"
                        + "\n  CREATED object services shop/web"
                        + "\n  COPIED volume shop/files (1.00 kB of 2.00 MB): 2 files [sha256 equal]"
                        + "\n  COPIED image old/web:1 (5 bytes of 5 bytes)"
                        + "\n  WARN shop/web: Note: is odd; look at it"
                        + "\n  ERROR shop/db: Code: is bad; mend it\n");
    }

    @Test
    void toText_withoutPhases_hasNoLineForThem() {
        assertThat(new MigrationResult(
                                "run-1",
                                "shop",
                                "Final",
                                Status.SUCCEEDED,
                                List.of(),
                                List.of(),
                                List.of(),
                                START,
                                START,
                                null,
                                List.of(),
                                null)
                        .report()
                        .toText())
                .isEqualTo("Result[run-1 SUCCEEDED, nothing to do in 0.0 s]\n");
    }

    @Test
    void toJson_hasEveryField() throws Exception {
        JsonNode json =
                new ObjectMapper().readTree(result(Status.FAILED).report().toJson());

        assertThat(json.get("version").asInt()).isEqualTo(1);
        assertThat(json.get("run").asText()).isEqualTo("run-1");
        assertThat(json.get("status").asText()).isEqualTo("FAILED");
        assertThat(json.get("noOp").asBoolean()).isFalse();
        assertThat(json.get("tookMillis").asLong()).isEqualTo(12_000);
        assertThat(json.get("sourceQuiesced").asText()).isEqualTo("2026-03-01T10:00:02Z");
        assertThat(json.get("phases")).hasSize(3);
        assertThat(json.at("/phases/0").has("phase")).isFalse();
        assertThat(json.at("/phases/1/phase").asText()).isEqualTo("WaitForDirectVolumeMigrationToComplete");
        assertThat(json.at("/phases/2/end").asText()).isEqualTo("FAILED");
        assertThat(json.at("/items/1/proof").asText()).isEqualTo("sha256 equal");
        assertThat(json.at("/items/2").has("proof")).isFalse();
        assertThat(json.at("/warnings/0/fix").asText()).isEqualTo("look at it");
        assertThat(json.at("/errors/0/severity").asText()).isEqualTo("ERROR");
    }

    @Test
    void toHtml_namesEverything_andWhatToDo() throws Exception {
        String text = parse(result(Status.FAILED).report().toHtml())
                .getDocumentElement()
                .getTextContent();

        assertThat(text)
                .contains(
                        "Final migration of plan",
                        "Failed",
                        "after 2.000 s, 10.0 s before the end",
                        "shop/db",
                        "mend it",
                        "look at it",
                        "WaitForDirectVolumeMigrationToComplete",
                        "services",
                        "shop/web",
                        "sha256 equal",
                        "not verified",
                        "2.00 MB");
    }

    @Test
    void toHtml_ofHostileNames_escapesThem() throws Exception {
        ItemOutcome item = new ItemOutcome("object", EVIL + " " + EVIL, Action.FAILED, 0, 0, EVIL, EVIL);
        Problem problem = Problem.error(EVIL, EVIL, EVIL, EVIL);
        String html = new MigrationResult(
                        EVIL,
                        EVIL,
                        EVIL,
                        Status.FAILED,
                        List.of(item, new ItemOutcome("volume", EVIL, Action.COPIED, 1, 1, EVIL, EVIL)),
                        List.of(problem),
                        List.of(problem),
                        START,
                        START.plusSeconds(1),
                        null,
                        List.of(new PhaseTime(EVIL, null, START, START.plusSeconds(1), PhaseTime.End.LEFT)),
                        null)
                .report()
                .toHtml();

        assertThat(html).doesNotContain("alert('1')", "\u202e", "\u0007").contains("\\u202e\\u0007");
        assertThat(html.split("<script>", -1)).hasSize(2);
        assertThat(parse(html).getElementsByTagName("h1").item(0).getTextContent())
                .isEqualTo(EVIL.replace("\u202e", "\\u202e").replace("\u0007", "\\u0007"));
    }

    @Test
    void toHtml_refersToNothingOutside_andItsPolicyAllowsItsOwnStyleAndScriptOnly() throws Exception {
        String html = result(Status.SUCCEEDED).report().toHtml();

        assertThat(html).doesNotContain("http:", "https:", "src=", "href=", "@import", "url(", " style=", " onclick=");
        assertThat(html).contains("default-src 'none'");
        for (String tag : List.of("style", "script")) {
            String content = html.substring(html.indexOf("<" + tag + ">") + tag.length() + 2, html.indexOf("</" + tag));
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            assertThat(html)
                    .contains(tag + "-src 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
        }
    }

    @Test
    void toHtml_barsLieWithinTheWhole() throws Exception {
        var bars = parse(result(Status.FAILED).report().toHtml()).getElementsByTagName("rect");

        assertThat(bars.getLength()).isEqualTo(6);
        assertThat(IntStream.range(0, bars.getLength()).mapToObj(bars::item)).allSatisfy(bar -> {
            long left = Long.parseLong(bar.getAttributes().getNamedItem("x").getNodeValue());
            long width =
                    Long.parseLong(bar.getAttributes().getNamedItem("width").getNodeValue());
            assertThat(left).isNotNegative();
            assertThat(width).isPositive();
            assertThat(left + width).isLessThanOrEqualTo(10_000);
        });
    }

    @Test
    void toHtml_ofTenThousandObjects_hasARowForEach() throws Exception {
        List<ItemOutcome> objects = IntStream.range(0, 10_000)
                .mapToObj(i -> new ItemOutcome("object", "configmaps shop/c" + i, Action.CREATED, 0, 0, "", null))
                .toList();
        MigrationResult result = new MigrationResult(
                "run-1",
                "shop",
                "Final",
                Status.SUCCEEDED,
                objects,
                List.of(),
                List.of(),
                START,
                START.plusSeconds(1),
                null,
                List.of(),
                null);

        String html = result.report().toHtml();

        assertThat(parse(html).getElementsByTagName("tr").getLength()).isEqualTo(10_001);
        assertThat(html.length()).isLessThan(2_000_000);
    }

    @Test
    void write_choosesTheFormByTheName_andMakesFolders() throws Exception {
        MigrationReport report = result(Status.SUCCEEDED).report();

        assertThat(report.write(folder.resolve("a/b/run.HTML"))).hasContent(report.toHtml());
        assertThat(report.write(folder.resolve("run.json"))).hasContent(report.toJson());
        assertThat(report.write(folder.resolve("run.txt"))).hasContent(report.toText());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> report.write(folder.resolve("run.pdf")))
                .withMessageContaining("run.pdf")
                .withMessageContaining(".html, .json or .txt");
    }

    @Test
    void write_whereNothingCanBeWritten_namesTheFile() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThat(catchThrowableOfType(
                        UncheckedIOException.class,
                        () -> result(Status.SUCCEEDED).report().write(file.resolve("run.txt"))))
                .hasMessageContaining(file.resolve("run.txt").toString());
    }

    @Test
    void toString_isOneLineThatSaysHowToSeeMore() {
        assertThat(result(Status.FAILED).report())
                .hasToString(
                        "Report[run-1 FAILED, 3 items, 1 warning, 1 error; show it with toText(), toJson(), toHtml()"
                                + " or write(file)]");
    }

    @Test
    void phase_printsNameTimeAndABadEnd() {
        assertThat(phases())
                .map(PhaseTime::toString)
                .containsExactly(
                        "Prepare 0.500 s",
                        "WaitForDirectVolumeMigrationToComplete 10.5 s",
                        "FinalRestoreCreated 1.000 s FAILED");
    }

    private static Document parse(String html) throws Exception {
        String markup = html.replaceFirst("<!DOCTYPE html>", "").replaceFirst("(?s)<script>.*</script>", "");
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(markup)));
    }

    private static List<PhaseTime> phases() {
        return List.of(
                new PhaseTime("Prepare", null, START, START.plusMillis(500), PhaseTime.End.COMPLETED),
                new PhaseTime(
                        "DirectVolume",
                        Phase.WAIT_FOR_DIRECT_VOLUME_MIGRATION,
                        START.plusMillis(500),
                        START.plusSeconds(11),
                        PhaseTime.End.COMPLETED),
                new PhaseTime(
                        "Restore",
                        Phase.FINAL_RESTORE_CREATED,
                        START.plusSeconds(11),
                        START.plusSeconds(12),
                        PhaseTime.End.FAILED));
    }

    private static MigrationResult result(Status status) {
        return new MigrationResult(
                "run-1",
                "shop",
                "Final",
                status,
                List.of(
                        new ItemOutcome("object", "services shop/web", Action.CREATED, 0, 0, "", null),
                        new ItemOutcome(
                                "volume", "shop/files", Action.COPIED, 1000, 2_000_000, "2 files", "sha256 equal"),
                        new ItemOutcome("image", "old/web:1", Action.COPIED, 5, 5, "", null)),
                List.of(Problem.warning("shop/web", "Note", "is odd", "look at it")),
                status == Status.FAILED ? List.of(Problem.error("shop/db", "Code", "is bad", "mend it")) : List.of(),
                START,
                START.plusSeconds(12),
                START.plusSeconds(2),
                phases(),
                null);
    }
}
