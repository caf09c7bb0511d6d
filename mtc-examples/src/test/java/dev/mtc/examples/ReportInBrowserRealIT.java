package dev.mtc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.examples.Chromium.Shown;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a browser makes of the demo's report: all parts are there, the script works, and nothing is asked of anybody. */
class ReportInBrowserRealIT {

    private static final Pattern POLICY = Pattern.compile("<meta http-equiv=\"Content-Security-Policy\"[^>]*>");
    private static final Pattern HEADING = Pattern.compile("<h2>([A-Z][a-z ]+[a-z])");
    private static final String ELSEWHERE = "http://elsewhere.test/picture.png";

    @TempDir
    private static Path demo;

    private static String report = "";

    @TempDir
    private Path folder;

    @BeforeAll
    static void runDemo() throws Exception {
        StringWriter printed = new StringWriter();
        Path file = demo.resolve("demo.html");
        int exit = Launcher.commandLine().setOut(new PrintWriter(printed)).execute("demo", "--report", file.toString());
        assertThat(exit).as("%s", printed).isZero();
        report = Files.readString(file);
    }

    @Test
    void page_showsEverything_andAsksNobody() throws Exception {
        Shown shown = Chromium.show(folder, report);

        assertThat(HEADING.matcher(shown.elements()).results().map(heading -> heading.group(1)))
                .containsExactly("Warnings", "Time line", "Volumes", "Images", "Objects");
        assertThat(shown.elements())
                .contains("<h1>shop</h1>", ">Succeeded with warnings<", "<summary>All 20 phases</summary>")
                .contains(
                        ">shop/pictures -&gt; shop-eu/pictures<",
                        ">shop/data-cache-0 ",
                        "entries equal",
                        "/shop-eu/web:1<",
                        ">shop-eu/web<")
                .contains(">UnresolvedReference<");
        assertThat(shown.elements())
                .as("made by the script, which the page's policy lets run")
                .contains("placeholder=\"Filter objects\"", "<th class=\"sortable\"><button type=\"button\">");
        assertThat(shown.requests()).isEmpty();
    }

    @Test
    void policy_ofThePage_keepsWhatIsSmuggledInFromAskingAnybody() throws Exception {
        String smuggled = report.replace("<main>", "<main><img src=\"" + ELSEWHERE + "\" />");
        Shown shown = Chromium.show(folder, smuggled);
        assertThat(shown.elements()).contains(ELSEWHERE);
        assertThat(shown.requests()).isEmpty();

        String open = POLICY.matcher(smuggled).replaceFirst("");
        assertThat(Chromium.show(folder, open).requests()).contains(ELSEWHERE);
    }
}
