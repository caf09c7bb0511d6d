package dev.mtc.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestsReadTest {

    private static final String MIGRATION =
            """
            apiVersion: migration.openshift.io/v1alpha1
            kind: MigMigration
            metadata:
              name: final
            spec:
            """;

    @TempDir
    private Path directory;

    private List<Problem> problems(String fileName, String text) throws IOException {
        Files.writeString(directory.resolve(fileName), text);
        PlanInvalidException e = catchThrowableOfType(PlanInvalidException.class, () -> Manifests.read(directory));
        assertThat(e).as("refused").isNotNull();
        assertThat(e.remedy()).isEqualTo(Remedy.FIX_INPUT);
        return e.problems();
    }

    private Problem problem(String text) throws IOException {
        List<Problem> problems = problems("a.yaml", text);
        assertThat(problems).hasSize(1);
        return problems.get(0);
    }

    private void assertAt(Problem problem, int line, String code) {
        assertThat(problem.where()).isEqualTo(directory.resolve("a.yaml") + ":" + line);
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.fix()).isNotBlank();
    }

    @Test
    void read_misspeltField_namesFieldLineAndTheOneThatWasMeant() throws IOException {
        Problem problem = problem(MIGRATION + "  stage: true\n  migplanref:\n    name: shop\n");
        assertAt(problem, 7, "UnknownField");
        assertThat(problem.message()).isEqualTo("spec.migplanref is no field of spec");
        assertThat(problem.fix()).isEqualTo("did you mean migPlanRef?");
    }

    @Test
    void read_unknownFieldUnlikeAnyOther_listsTheKnownOnes() throws IOException {
        Problem problem = problem(MIGRATION + "  stage: true\n  xyzzyxyzzyxyzzy: 1\n");
        assertAt(problem, 7, "UnknownField");
        assertThat(problem.fix()).contains("quiescePods").contains("rollback");
    }

    @Test
    void read_unknownFieldsAtAllDepths_areAllFound() throws IOException {
        List<Problem> problems = problems(
                "a.yaml",
                MIGRATION.replace("  name: final", "  name: final\n  nmespace: x")
                        + """
                          stage: true
                          migPlanRef:
                            name: shop
                            nam: shop
                        sepc: {}
                        """);
        assertThat(problems)
                .extracting(p -> p.where().replaceAll(".*:", "") + " " + p.message())
                .containsExactly(
                        "5 metadata.nmespace is no field of metadata",
                        "10 spec.migPlanRef.nam is no field of spec.migPlanRef",
                        "11 sepc is no field of the object");
    }

    @Test
    void read_wrongTypes_nameValueAndWantedType() throws IOException {
        List<Problem> problems = problems(
                "a.yaml",
                MIGRATION
                        + """
                          stage: "true"
                          runAsUser: root
                          runAsGroup: 1.5
                          migPlanRef: shop
                          quiescePods: [true]
                        """);
        assertThat(problems).extracting(Problem::code).containsOnly("WrongType");
        assertThat(problems)
                .extracting(p -> p.where().replaceAll(".*:", "") + " " + p.message() + "; " + p.fix())
                .containsExactly(
                        "6 spec.stage is the text 'true', not true or false; write true or false without quotes",
                        "7 spec.runAsUser is the text 'root', not a whole number; write digits without quotes",
                        "8 spec.runAsGroup is the number '1.5', not a whole number; write digits without quotes",
                        "9 spec.migPlanRef is the text 'shop', not an object; write an object",
                        "10 spec.quiescePods is a list, not true or false; write true or false without quotes");
    }

    @Test
    void read_listElementsOfWrongType_areNamedByIndexAndLine() throws IOException {
        List<Problem> problems = problems(
                "a.yaml",
                """
                apiVersion: migration.openshift.io/v1alpha1
                kind: MigPlan
                metadata: {name: shop}
                spec:
                  namespaces:
                  - shop
                  - 12
                  -
                  - yes
                  persistentVolumes:
                  - capacity: lots
                """);
        assertThat(problems)
                .extracting(p -> p.where().replaceAll(".*:", "") + " " + p.message())
                .containsExactly(
                        "7 spec.namespaces[1] is the number '12', not text",
                        "8 spec.namespaces[2] is empty",
                        "9 spec.namespaces[3] is the truth value 'yes', not text",
                        "11 spec.persistentVolumes[0].capacity is the text 'lots', not a quantity");
    }

    @Test
    void read_duplicateKey_namesBothLines() throws IOException {
        Problem problem = problem(MIGRATION + "  stage: true\n  verify: true\n  stage: false\n");
        assertAt(problem, 8, "DuplicateField");
        assertThat(problem.message()).contains("spec.stage").contains("a.yaml:6");
    }

    @Test
    void read_sameObjectTwice_namesBothPlaces() throws IOException {
        Files.writeString(directory.resolve("0.yaml"), MIGRATION + "  stage: true\n");
        Problem problem = problem("---\n" + MIGRATION + "  stage: true\n");
        assertAt(problem, 5, "DuplicateObject");
        assertThat(problem.message())
                .contains("MigMigration openshift-migration/final")
                .contains("0.yaml:4");
    }

    @Test
    void read_brokenYaml_namesTheLineAndKeepsWhatWasFoundBefore() throws IOException {
        List<Problem> problems = problems("a.yaml", MIGRATION + "  stge: true\n---\nkind: [\n  a: b: c\n");
        assertThat(problems).extracting(Problem::code).containsExactly("UnknownField", "BrokenYaml");
        assertThat(problems.get(1).where()).isEqualTo(directory.resolve("a.yaml") + ":9");
    }

    @Test
    void read_brokenSecret_doesNotTellIt() throws IOException {
        List<Problem> problems = problems(
                "a.yaml",
                """
                apiVersion: v1
                kind: Secret
                metadata: {name: token}
                data:
                  saToken: hunter2!
                stringData:
                  port: 4711
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: other}
                stringData:
                  saToken: "hunter2
                """);
        assertThat(problems).hasSize(3);
        assertThat(problems.toString()).doesNotContain("hunter2").doesNotContain("4711");
        assertThat(problems.get(0).where()).endsWith("a.yaml:7");
        assertThat(problems.get(1).where()).endsWith("a.yaml:5");
    }

    @Test
    void read_otherKind_isNamedWithItsLine() throws IOException {
        Problem problem = problem("# a comment\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n");
        assertAt(problem, 3, "UnknownKind");
        assertThat(problem.message()).contains("Deployment");
        assertThat(problem.fix()).contains("MigPlan");
    }

    @Test
    void read_misspeltKind_isCorrected() throws IOException {
        assertThat(problem("apiVersion: v1\nkind: Migplan\n").fix()).isEqualTo("did you mean MigPlan?");
    }

    @Test
    void read_noKindNoObjectNoName_areProblems() throws IOException {
        List<Problem> problems = problems(
                "a.yaml",
                "apiVersion: v1\n---\n- a\n---\n---\nkind: ConfigMap\napiVersion: v1\nmetadata: {name: A_b}\n");
        assertThat(problems)
                .extracting(p -> p.where().replaceAll(".*:", "") + " " + p.code())
                .containsExactly("1 UnknownKind", "3 UnknownKind", "8 InvalidName");
    }

    @Test
    void read_otherApiVersion_saysTheRightOne() throws IOException {
        Problem problem = problem(MIGRATION.replace("v1alpha1", "v1") + "  stage: true\n");
        assertAt(problem, 1, "UnknownKind");
        assertThat(problem.fix()).contains("migration.openshift.io/v1alpha1");
    }

    @Test
    void read_aliases_areFollowedButNotInCircles() throws IOException {
        List<Problem> problems = problems(
                "a.yaml",
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: a, labels: &l {a: b}, annotations: *l}
                ---
                apiVersion: migration.openshift.io/v1alpha1
                kind: MigPlan
                metadata: {name: a}
                status: &s
                  newer:
                    again: *s
                """);
        assertThat(problems).extracting(Problem::code).containsExactly("RecursiveField");
    }

    @Test
    void read_json_hasLinesToo() throws IOException {
        List<Problem> problems = problems(
                "a.json",
                """
                {
                  "apiVersion": "v1",
                  "kind": "ConfigMap",
                  "metadata": {"name": "a"},
                  "dat": {}
                }
                """);
        assertThat(problems).singleElement().extracting(Problem::where).isEqualTo(directory.resolve("a.json") + ":5");
    }

    @Test
    void read_otherFilesAndDirectoriesBelow_areLeftAlone() throws IOException {
        Files.writeString(directory.resolve("README.md"), "kind: Nonsense");
        Files.writeString(Files.createDirectory(directory.resolve("more.yaml")).resolve("a.yaml"), "kind: Nonsense");
        Files.writeString(directory.resolve("b.yml"), MIGRATION + "  stage: true\n");
        assertThat(Manifests.read(directory)).hasToString("Manifests[1 MigMigration]");
    }

    @Test
    void read_notUtf8_isAProblem() throws IOException {
        Files.write(directory.resolve("b.yaml"), new byte[] {'a', ':', (byte) 0xff});
        PlanInvalidException e = catchThrowableOfType(PlanInvalidException.class, () -> Manifests.read(directory));
        assertThat(e.problems()).singleElement().extracting(Problem::code).isEqualTo("UnreadableFile");
    }

    @Test
    void read_emptyDirectoryOrNone_isRefused() {
        assertThat(catchThrowableOfType(PlanInvalidException.class, () -> Manifests.read(directory)))
                .hasMessageContaining("NoManifests");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Manifests.read(directory.resolve("nothing")))
                .withMessageContaining("nothing");
    }
}
