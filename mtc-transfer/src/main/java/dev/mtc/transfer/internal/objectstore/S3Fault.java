package dev.mtc.transfer.internal.objectstore;

import dev.mtc.api.Remedy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpRetryException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What a failed call to S3 means.
 *
 * @param kind whether to try again
 * @param remedy what the caller may do
 * @param why what the server or the network said
 * @param fix the next step
 */
record S3Fault(Kind kind, Remedy remedy, String why, String fix) {

    enum Kind {
        /** Trying again changes nothing. */
        PERMANENT,
        /** There is no server; a typing error or a server that starts just now. */
        UNREACHABLE,
        /** May pass by itself. */
        TRANSIENT
    }

    private static final String CREDENTIALS = "check the access key and secret key";
    private static final String REGION = "set the bucket's own region";
    private static final Set<String> PASSING = Set.of(
            "SlowDown",
            "RequestTimeout",
            "InternalError",
            "ServiceUnavailable",
            "Throttling",
            "ThrottlingException",
            "RequestLimitExceeded",
            "OperationAborted",
            "ConditionalRequestConflict");
    private static final Map<String, String> FIXES = Map.ofEntries(
            Map.entry("InvalidAccessKeyId", CREDENTIALS),
            Map.entry("SignatureDoesNotMatch", CREDENTIALS),
            Map.entry("ExpiredToken", "renew the session's credentials"),
            Map.entry("InvalidToken", "renew the session's credentials"),
            Map.entry("RequestTimeTooSkewed", "set this machine's clock"),
            Map.entry("NoSuchBucket", "create the bucket or correct its name"),
            Map.entry("InvalidBucketName", "correct the bucket's name"),
            Map.entry("AuthorizationHeaderMalformed", REGION),
            Map.entry("PermanentRedirect", REGION),
            Map.entry("IllegalLocationConstraintException", REGION),
            Map.entry("NotImplemented", "use a server that supports multipart uploads and conditional writes"),
            Map.entry("QuotaExceeded", "make room in the bucket or raise its quota"),
            Map.entry("EntityTooLarge", "split the object, or use a server without that limit"));
    private static final Map<Integer, String> FIXES_BY_STATUS = Map.of(
            301, REGION,
            401, CREDENTIALS,
            403, CREDENTIALS + ", and allow them to list, read, write and delete in the bucket",
            404, "check endpoint and bucket, and that nobody deletes from it",
            405, "check the endpoint: it does not talk S3",
            412, "nobody else may write this object at the same time",
            501, "use a server that supports multipart uploads and conditional writes",
            507, "make room on the server");

    static S3Fault of(SdkException e) {
        if (e instanceof AwsServiceException service) {
            return ofService(service);
        }
        if (e instanceof AbortedException) {
            return new S3Fault(Kind.PERMANENT, Remedy.RETRY, "interrupted", "call again");
        }
        IOException io = networkCause(e);
        return io == null ? ofClient(e) : ofNetwork(io);
    }

    private static S3Fault ofService(AwsServiceException e) {
        String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
        String said = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorMessage();
        String why = (code == null ? "" : code + " ") + "(HTTP " + e.statusCode() + ")"
                + (said == null || said.isBlank() ? "" : ": " + said.strip());
        if (isPassing(e.statusCode(), code)) {
            return new S3Fault(Kind.TRANSIENT, Remedy.RETRY, why, "try again when the server has recovered");
        }
        return new S3Fault(Kind.PERMANENT, Remedy.FIX_INPUT, why, fix(e.statusCode(), code));
    }

    private static boolean isPassing(int status, @Nullable String code) {
        return status == 429
                || (status >= 500 && status != 501 && status != 507)
                || (code != null && PASSING.contains(code));
    }

    private static String fix(int status, @Nullable String code) {
        String fix = code == null ? null : FIXES.get(code);
        return fix != null ? fix : FIXES_BY_STATUS.getOrDefault(status, "check endpoint, bucket and key");
    }

    private static S3Fault ofClient(SdkException e) {
        String why = String.valueOf(e.getMessage());
        return new S3Fault(
                Kind.PERMANENT,
                Remedy.FIX_INPUT,
                why,
                why.contains("credentials")
                        ? "give credentials, or configure the AWS SDK's default chain"
                        : "check the endpoint");
    }

    private static S3Fault ofNetwork(IOException e) {
        String why = e.toString();
        if (e instanceof HttpRetryException refused) {
            return new S3Fault(Kind.PERMANENT, Remedy.FIX_INPUT, "HTTP " + refused.responseCode(), CREDENTIALS);
        }
        if (e instanceof UnknownHostException) {
            return new S3Fault(Kind.UNREACHABLE, Remedy.FIX_INPUT, why, "correct the endpoint, or this machine's DNS");
        }
        if (e instanceof ConnectException
                || e instanceof NoRouteToHostException
                || (e instanceof SocketTimeoutException && why.contains("onnect"))) {
            return new S3Fault(
                    Kind.UNREACHABLE, Remedy.RETRY, why, "start the server, or correct the endpoint or the firewall");
        }
        if (e instanceof SSLHandshakeException || e instanceof SSLPeerUnverifiedException) {
            return new S3Fault(
                    Kind.PERMANENT,
                    Remedy.FIX_INPUT,
                    why,
                    "give the authority that signed the server's certificate as caBundle, and the host name it is for");
        }
        if (e instanceof SSLException && why.contains("plaintext")) {
            return new S3Fault(Kind.PERMANENT, Remedy.FIX_INPUT, why, "the server speaks plain http, not https");
        }
        return new S3Fault(Kind.TRANSIENT, Remedy.RETRY, why, "try again when the network has recovered");
    }

    private static @Nullable IOException networkCause(Throwable e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException io) {
                return io;
            }
        }
        return null;
    }
}
