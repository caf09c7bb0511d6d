package dev.mtc.api;

import dev.mtc.api.ManifestLookup.Fault;
import dev.mtc.api.S3Storage.Addressing;
import dev.mtc.api.S3Storage.Checksums;
import dev.mtc.api.model.v1alpha1.BackupStorageConfig;
import dev.mtc.api.model.v1alpha1.MigStorage;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** MigStorages as {@link Storage}s, and back. */
final class StorageManifests {

    private static final String PROVIDER = "aws";
    private static final String ACCESS_KEY = "aws-access-key-id";
    private static final String SECRET_KEY = "aws-secret-access-key";
    private static final String SESSION_TOKEN = "aws-session-token";
    private static final String VOLUME_PASSWORD = "repository-password";
    private static final String CONFIG = "spec.backupStorageConfig";
    private static final String SETTINGS = "InvalidBackupStorageSettings";
    private static final String PROVIDER_CHAIN = "provider-chain";
    private static final String PROFILE = "profile:";
    private static final String WHEN_SUPPORTED = "when-supported";

    private final ManifestObject object;
    private final BackupStorageConfig config;
    private final ManifestLookup lookup;

    private StorageManifests(ManifestObject object, BackupStorageConfig config, ManifestLookup lookup) {
        this.object = object;
        this.config = config;
        this.lookup = lookup;
    }

    static Optional<Storage> read(ManifestObject object, ManifestLookup lookup) {
        MigStorage storage = object.as(MigStorage.class);
        String provider = storage.getSpec().getBackupStorageProvider();
        Annotations.check(object, lookup.problems());
        if (!provider.equals(PROVIDER)) {
            boolean known = List.of("azure", "gcp").contains(provider);
            lookup.wrong(
                    object,
                    "spec.backupStorageProvider",
                    new Fault(
                            "InvalidBackupStorageProvider",
                            provider.isEmpty() ? ManifestLookup.NOT_SET : "NotSupported"),
                    "is '" + provider + "', " + (known ? "which mtc cannot use" : "no provider"),
                    "use an S3-compatible store: " + PROVIDER);
            return Optional.empty();
        }
        return new StorageManifests(object, storage.getSpec().getBackupStorageConfig(), lookup).s3();
    }

    private Optional<Storage> s3() {
        String url = config.getAwsS3Url();
        String bucket = config.getAwsBucketName() == null ? "" : config.getAwsBucketName();
        Optional<S3Storage> storage = attempt(".awsBucketName", () -> Storage.s3(bucket))
                .flatMap(it -> url == null || url.isEmpty()
                        ? Optional.of(it)
                        : attempt(".awsS3Url", () -> Storage.s3(bucket, url).pathStyleAccess()))
                .flatMap(it -> lookup.attempt(object, "metadata.name", "InvalidName", () -> it.named(object.name())))
                .map(it -> set(it, config.getAwsRegion(), it::region))
                .flatMap(this::credentials)
                .flatMap(this::authorities)
                .map(it -> config.isInsecure() ? it.insecure() : it)
                .map(it -> set(it, object.annotation(Annotations.KEY_PREFIX).orElse(""), it::prefix))
                .map(it -> set(it, config.getAwsKmsKeyId(), it::kmsKey))
                .flatMap(this::checksums)
                .flatMap(this::addressing);
        return storage.map(it -> it);
    }

    private <T> Optional<T> attempt(String field, Supplier<T> action) {
        return lookup.attempt(object, CONFIG + field, SETTINGS, action);
    }

    private static S3Storage set(S3Storage storage, @Nullable String value, Function<String, S3Storage> setter) {
        return value == null || value.isEmpty() ? storage : setter.apply(value);
    }

    private Optional<S3Storage> credentials(S3Storage storage) {
        Optional<String> word = object.annotation(Annotations.CREDENTIALS);
        Optional<S3Storage> elsewhere = word.flatMap(it -> withoutKeys(it, storage));
        if (word.isPresent() && elsewhere.isEmpty()) {
            lookup.wrong(
                    object,
                    "metadata.annotations." + Annotations.CREDENTIALS,
                    SETTINGS,
                    "is '" + word.get() + "'",
                    "write " + PROVIDER_CHAIN + " or " + PROFILE + "NAME");
            return Optional.empty();
        }
        if (elsewhere.isPresent() && config.getCredsSecretRef() == null) {
            return elsewhere;
        }
        String code = "InvalidBackupStorageCredsSecretRef";
        Optional<ManifestObject> secret =
                lookup.find(object, CONFIG + ".credsSecretRef", config.getCredsSecretRef(), ManifestKind.SECRET, code);
        S3Storage encrypted = text(secret, VOLUME_PASSWORD)
                .map(password -> elsewhere.orElse(storage).volumePassword(Secret.of(password)))
                .orElse(elsewhere.orElse(storage));
        if (elsewhere.isPresent()) {
            return Optional.of(encrypted);
        }
        Optional<String> id = secret.flatMap(it -> lookup.secretText(it, ACCESS_KEY, SETTINGS));
        Optional<String> key = secret.flatMap(it -> lookup.secretText(it, SECRET_KEY, SETTINGS));
        if (id.isEmpty() || key.isEmpty()) {
            return Optional.of(encrypted); // the rest is still checked; a problem is noted already
        }
        return Optional.of(text(secret, SESSION_TOKEN)
                .map(token -> encrypted.credentials(id.get(), Secret.of(key.get()), Secret.of(token)))
                .orElseGet(() -> encrypted.credentials(id.get(), Secret.of(key.get()))));
    }

    /** {@return the storage with credentials from where the word says, empty if it says nothing known} */
    private static Optional<S3Storage> withoutKeys(String word, S3Storage storage) {
        if (word.equals(PROVIDER_CHAIN)) {
            return Optional.of(storage);
        }
        return word.startsWith(PROFILE) && !word.substring(PROFILE.length()).isBlank()
                ? Optional.of(storage.profile(word.substring(PROFILE.length())))
                : Optional.empty();
    }

    /** {@return what a Secret has under a key that it need not have} */
    private Optional<String> text(Optional<ManifestObject> secret, String key) {
        return secret.filter(it -> ManifestLookup.hasKey(it, key)).flatMap(it -> lookup.secretText(it, key, SETTINGS));
    }

    private Optional<S3Storage> checksums(S3Storage storage) {
        String word = object.annotation(Annotations.CHECKSUMS).orElse("");
        if (word.isEmpty()) {
            return Optional.of(storage);
        } else if (word.equals(WHEN_SUPPORTED)) {
            return Optional.of(storage.checksums(Checksums.WHEN_SUPPORTED));
        }
        lookup.wrong(
                object,
                "metadata.annotations." + Annotations.CHECKSUMS,
                SETTINGS,
                "is '" + word + "'",
                "write " + WHEN_SUPPORTED + ", or remove it");
        return Optional.empty();
    }

    private Optional<S3Storage> authorities(S3Storage storage) {
        byte[] pem = config.getS3CustomCaBundle();
        return pem == null || pem.length == 0
                ? Optional.of(storage)
                : attempt(".s3CustomCABundle", () -> storage.caBundle(pem));
    }

    private Optional<S3Storage> addressing(S3Storage storage) {
        String word = object.annotation(Annotations.ADDRESSING).orElse("");
        if (word.isEmpty() || word.equals(word(storage.addressing()))) {
            return Optional.of(storage);
        } else if (word.equals(word(Addressing.PATH))) {
            return Optional.of(storage.pathStyleAccess());
        } else if (word.equals(word(Addressing.VIRTUAL_HOST))) {
            return Optional.of(storage.virtualHostAccess());
        }
        lookup.wrong(
                object,
                "metadata.annotations." + Annotations.ADDRESSING,
                SETTINGS,
                "is '" + word + "'",
                "write path or virtual-host");
        return Optional.empty();
    }

    private static String word(Addressing addressing) {
        return addressing == Addressing.PATH ? "path" : "virtual-host";
    }

    static void write(Storage storage, ManifestSheet sheet) {
        if (storage instanceof S3Storage s3) {
            write(s3, sheet);
        } else {
            sheet.lost(
                    "via",
                    storage + " is a directory, for which a MigStorage has no form",
                    "use Storage.s3, or give it back with withStorage(…) after reading");
        }
    }

    private static void write(S3Storage storage, ManifestSheet sheet) {
        MigStorage object = new MigStorage();
        BackupStorageConfig config = object.getSpec().getBackupStorageConfig();
        object.getSpec().setBackupStorageProvider(PROVIDER);
        config.setAwsBucketName(storage.bucket());
        config.setAwsRegion(storage.region());
        config.setInsecure(storage.isInsecure());
        storage.endpoint().ifPresent(endpoint -> config.setAwsS3Url(endpoint.toString()));
        storage.kmsKey().ifPresent(config::setAwsKmsKeyId);
        sheet.add(ManifestKind.MIG_STORAGE, object, storage.name());
        List<String> keys = new ArrayList<>();
        if (storage.accessKey().isPresent()) {
            keys.addAll(List.of(ACCESS_KEY, SECRET_KEY));
        }
        if (storage.sessionToken().isPresent()) {
            keys.add(SESSION_TOKEN);
        }
        if (storage.volumePassword().isPresent()) {
            keys.add(VOLUME_PASSWORD);
        }
        if (!keys.isEmpty()) {
            config.setCredsSecretRef(sheet.secret(storage.name() + "-credentials", keys.toArray(String[]::new)));
        }
        if (storage.accessKey().isEmpty()) {
            String profile = storage.profile().map(PROFILE::concat).orElse(PROVIDER_CHAIN);
            sheet.annotate(object, Annotations.CREDENTIALS, profile);
        }
        if (storage.checksums() == Checksums.WHEN_SUPPORTED) {
            sheet.annotate(object, Annotations.CHECKSUMS, WHEN_SUPPORTED);
        }
        if ((storage.addressing() == Addressing.PATH) != storage.endpoint().isPresent()) {
            sheet.annotate(object, Annotations.ADDRESSING, word(storage.addressing()));
        }
        if (!storage.prefix().equals(Storage.s3(storage.bucket()).prefix())) {
            sheet.annotate(object, Annotations.KEY_PREFIX, storage.prefix());
        }
        try {
            storage.caCertificates().ifPresent(pem -> config.setS3CustomCaBundle(pem.getBytes(StandardCharsets.UTF_8)));
        } catch (UncheckedIOException e) {
            sheet.lost("via.caBundle", String.valueOf(e.getMessage()), "make the file readable");
        }
    }
}
