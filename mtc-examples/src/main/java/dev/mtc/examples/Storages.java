package dev.mtc.examples;

import dev.mtc.api.Storage;
import java.nio.file.Path;

/** Repositories as arguments name them. */
final class Storages {

    static final String FORM = "DIR|s3://BUCKET";

    private static final String S3 = "s3://";

    private Storages() {}

    static Storage parse(String text) {
        return text.startsWith(S3) ? Storage.s3(text.substring(S3.length())) : Storage.directory(Path.of(text));
    }
}
