package dev.mtc.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mtc.api.Problem.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with manifests has the reason and the weight of MTC's condition. */
class ManifestReasonsTest {

    @TempDir
    private Path directory;

    @BeforeEach
    void copySample() {
        ManifestSample.copyTo(directory);
    }

    @ParameterizedTest(name = "{0}: {2} gives {3} {4}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "10-clusters.yaml | url: https://api.old.example:6443 | url: ''            | InvalidURL         | NotSet",
                "10-clusters.yaml | url: https://api.old.example:6443 | url: http://a.b    | InvalidURL         | InvalidScheme",
                "10-clusters.yaml | url: https://api.old.example:6443 | url: 'https://a b' | InvalidURL         | Malformed",
                "10-clusters.yaml | '    name: old-token'              | '    name: other'    | InvalidSaSecretRef | NotFound",
                "10-clusters.yaml | '    name: old-token'              | '    uid: other'     | InvalidSaSecretRef | NotSet",
                "10-clusters.yaml | saToken: c2FtcGxlLXRva2Vu          | token: eA==        | InvalidSaToken     | NotFound",
                "10-clusters.yaml | saToken: c2FtcGxlLXRva2Vu          | saToken: ''        | InvalidSaToken     | NotSet",
                "10-clusters.yaml | exposedRegistryPath: registry.apps.old.example | exposedRegistryPath: a b"
                        + " | InvalidRegistryRoute | RouteTestFailed",
                "20-storage.yml | backupStorageProvider: aws | backupStorageProvider: gcp | InvalidBackupStorageProvider | NotSupported",
                "20-storage.yml | backupStorageProvider: aws | backupStorageProvider: ''  | InvalidBackupStorageProvider | NotSet",
                "20-storage.yml | aws-access-key-id: sample-id | other: x | InvalidBackupStorageSettings | NotSupported",
                "20-storage.yml | awsBucketName: migrations | awsBucketName: Up | InvalidBackupStorageSettings | NotSupported",
                "40-plan.yaml | action: skip | action: burn | PvInvalidAction | NotDone",
                "40-plan.yaml | copyMethod: block | copyMethod: magic | PvInvalidCopyMethod | -",
                "40-plan.yaml | - billing | - shop:billing | DuplicateNamespaceOnSourceCluster | DuplicateNamespaces",
                "40-plan.yaml | - billing | - Billing | NamespaceNotDNSCompliant | NotDNSCompliant",
            })
    void plan_wrongManifest_hasReasonAndWeight(String file, String before, String after, String code, String reason)
            throws IOException {
        Path edited = directory.resolve(file);
        String text = Files.readString(edited);
        assertThat(text).contains(before);
        Files.writeString(edited, text.replace(before, after));
        Manifests manifests = Manifests.read(directory);

        PlanInvalidException e = catchThrowableOfType(PlanInvalidException.class, () -> manifests.plan("shop"));

        assertThat(e.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.reason()).isEqualTo(reason == null ? "" : reason);
            assertThat(problem.severity()).isEqualTo(code.startsWith("Pv") ? Severity.ERROR : Severity.CRITICAL);
            assertThat(problem.fix()).isNotBlank();
        });
    }
}
