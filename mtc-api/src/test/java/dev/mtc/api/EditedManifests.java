package dev.mtc.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The sample manifests in a directory of a test's own, and what is wrong after a change of them. */
abstract class EditedManifests {

    @TempDir
    Path directory;

    @BeforeEach
    void copySample() {
        ManifestSample.copyTo(directory);
    }

    final void edit(String file, String before, String after) throws IOException {
        String text = Files.readString(directory.resolve(file));
        assertThat(text).contains(before);
        Files.writeString(directory.resolve(file), text.replace(before, after));
    }

    final List<Problem> problems() {
        Manifests manifests = Manifests.read(directory);
        PlanInvalidException e = catchThrowableOfType(PlanInvalidException.class, () -> manifests.plan("shop"));
        assertThat(e).as("refused").isNotNull();
        return e.problems();
    }

    final Problem problem(String file, String before, String after) throws IOException {
        edit(file, before, after);
        List<Problem> problems = problems();
        assertThat(problems).hasSize(1);
        return problems.get(0);
    }

    final void assertAt(Problem problem, String place, String code, String message, String fix) {
        assertThat(problem.where()).isEqualTo(directory.resolve(place).toString());
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.message()).contains(message);
        assertThat(problem.fix()).contains(fix);
    }
}
