package dev.mtc.examples;

import dev.mtc.api.S3Storage;
import dev.mtc.api.Secret;
import dev.mtc.api.Storage;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Repositories as arguments name them. A bucket's settings are given like parameters of a URL; its credentials are those of
 * the environment or of a profile, as with any program that uses the AWS SDK, as an argument would show them to everybody.
 */
final class Storages {

    static final String FORM = "DIR|s3://BUCKET[/PREFIX][?SETTINGS]";

    /** What is said of SETTINGS. */
    static final String SETTINGS =
            "SETTINGS are endpoint=URL, region=R, ca=FILE, profile=P and kms-key=K, separated by &;"
                    + " credentials come from the environment or the profile, the password of volumes from MTC_VOLUME_PASSWORD.";

    /** Names the variable with the password of volumes in the repository. */
    static final String PASSWORD = "MTC_VOLUME_PASSWORD";

    private static final String S3 = "s3://";

    private Storages() {}

    static Storage parse(String text) {
        return parse(text, System.getenv());
    }

    static Storage parse(String text, Map<String, String> environment) {
        if (!text.startsWith(S3)) {
            return Storage.directory(Path.of(text));
        }
        int query = text.indexOf('?');
        Map<String, String> settings = settings(query < 0 ? "" : text.substring(query + 1));
        String place = text.substring(S3.length(), query < 0 ? text.length() : query);
        int slash = place.indexOf('/');
        String bucket = slash < 0 ? place : place.substring(0, slash);
        String prefix = slash < 0 ? "" : place.substring(slash + 1);
        String endpoint = settings.remove("endpoint");
        S3Storage storage = endpoint == null
                ? Storage.s3(bucket)
                : Storage.s3(bucket, endpoint).pathStyleAccess();
        if (!prefix.isEmpty()) {
            storage = storage.prefix(prefix.endsWith("/") ? prefix : prefix + "/");
        }
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            storage = setting(setting.getKey(), setting.getValue()).apply(storage);
        }
        String password = environment.get(PASSWORD);
        return password == null ? storage : storage.volumePassword(Secret.of(password));
    }

    private static UnaryOperator<S3Storage> setting(String name, String value) {
        return switch (name) {
            case "region" -> storage -> storage.region(value);
            case "ca" -> storage -> storage.caBundle(Path.of(value));
            case "profile" -> storage -> storage.profile(value);
            case "kms-key" -> storage -> storage.kmsKey(value);
            default ->
                throw new IllegalArgumentException(
                        "Setting '" + name + "' of a bucket is unknown; use endpoint, region, ca, profile or kms-key");
        };
    }

    private static Map<String, String> settings(String query) {
        Map<String, String> settings = new TreeMap<>();
        for (String part : query.isEmpty() ? new String[0] : query.split("&")) {
            int equals = part.indexOf('=');
            if (equals < 1 || equals == part.length() - 1) {
                throw new IllegalArgumentException("Setting '" + part + "' of a bucket is not of the form name=value");
            }
            settings.put(
                    part.substring(0, equals), URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return settings;
    }
}
