package dev.mtc.transfer.internal.restic;

import dev.mtc.api.spi.TransferStatus.Failed.Kind;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** What restic's last words mean; the first that matches. */
enum ResticFault {
    PASSWORD(
            Kind.USER_FIXABLE,
            "WrongPassword",
            "wrong password or no key found",
            "the restic repository has another password",
            "give the password that its volumes were stored with (S3Storage.volumePassword), or forget the plan and collect"
                    + " garbage (Repository) to begin anew"),
    BUCKET(
            Kind.USER_FIXABLE,
            "NoBucket",
            "specified bucket does not exist|NoSuchBucket",
            "there is no such bucket",
            "make the bucket or name another"),
    DENIED(
            Kind.USER_FIXABLE,
            "RepositoryDenied",
            "Access ?Denied|Stat: Forbidden|403 Forbidden|AllAccessDisabled|InvalidAccessKeyId|Access Key Id|SignatureDoesNotMatch|signature we calculated"
                    + "|ExpiredToken|token .*expired",
            "the object store refuses the credentials",
            "give credentials that may list, read, write and delete objects of the bucket, and that do not expire meanwhile"),
    CERTIFICATE(
            Kind.USER_FIXABLE,
            "Untrusted",
            "x509: |certificate (?:signed by|is not valid|has expired)",
            "the object store's certificate is not trusted",
            "give the storage the authority that signed it (caBundle)"),
    FULL_STORE(
            Kind.USER_FIXABLE,
            "RepositoryFull",
            "QuotaExceeded|XMinioStorageFull|InsufficientStorage|507 ",
            "the object store is full",
            "make room in it"),
    FULL(
            Kind.USER_FIXABLE,
            "NoSpaceLeft",
            "no space left on device|No space left on device|[Dd]isk quota exceeded",
            "a volume or the pod's own space is full",
            "give the target claim more room (VolumeChoice.copy().size(…)) and start again"),
    PERMISSION(
            Kind.USER_FIXABLE,
            "PermissionDenied",
            "permission denied|Permission denied|operation not permitted|Operation not permitted|\"Err\":(?:1|13)[,}]",
            "some files cannot be read or written",
            "let root of the mover pods use the storage (NFS: no_root_squash), or change the files' permissions"),
    DAMAGED(
            Kind.USER_FIXABLE,
            "RepositoryDamaged",
            "ciphertext verification failed|does not match|invalid data returned|not found in index|tree .* not found"
                    + "|no matching ID|unable to load tree|blob .* not found",
            "what is stored is damaged",
            "forget the plan and collect garbage (Repository), then run the migration again: it stores everything anew"),
    UNREACHABLE(
            Kind.TRANSIENT,
            "RepositoryUnreachable",
            "connection refused|connection reset|i/o timeout|no such host|no route to host|network is unreachable|EOF"
                    + "|SlowDown|ServiceUnavailable|InternalError|50[0-9] |TLS handshake|context deadline exceeded",
            "the object store does not answer",
            "let pods of both clusters reach it");

    private final Kind kind;
    private final String word;
    private final Pattern pattern;
    private final String meaning;
    private final String fix;

    ResticFault(Kind kind, String word, String pattern, String meaning, String fix) {
        this.kind = kind;
        this.word = word;
        this.pattern = Pattern.compile(pattern);
        this.meaning = meaning;
        this.fix = fix;
    }

    static Optional<ResticFault> of(String lastWords) {
        return Arrays.stream(values())
                .filter(fault -> fault.pattern.matcher(lastWords).find())
                .findFirst();
    }

    Kind kind() {
        return kind;
    }

    /** {@return the stable word of a failure} */
    String word() {
        return word;
    }

    String meaning() {
        return meaning;
    }

    String fix() {
        return fix;
    }
}
