package dev.mtc.transfer.internal.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mtc.api.Remedy;
import dev.mtc.api.Secret;
import dev.mtc.api.Storage;
import dev.mtc.api.StorageAccessException;
import dev.mtc.api.spi.Content;
import dev.mtc.api.spi.ObjectStat;
import dev.mtc.api.spi.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class S3ObjectStoreTest {

    private static final Content HELLO = Content.of("hello".getBytes(StandardCharsets.UTF_8));
    private static final Content LARGE = Content.of(new byte[20 * 1024 * 1024]);
    private static final S3Retries FAST = S3Retries.waiting(Duration.ofMillis(1), Duration.ofMillis(5));
    private static final String UPLOAD =
            "<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>";

    private static final String COMPLETED =
            "<CompleteMultipartUploadResult><ETag>\"whole\"</ETag></CompleteMultipartUploadResult>";
    private static final String UNFINISHED = "<ListMultipartUploadsResult>"
            + upload("p/long-ago", "u8", "2001-01-01T00:00:00Z")
            + upload("p/a", "u9", "2999-01-01T00:00:00Z")
            + upload("p/a-with-more-to-its-name", "u10", "2999-01-01T00:00:00Z")
            + "</ListMultipartUploadsResult>";

    private static String upload(String key, String id, String initiated) {
        return "<Upload><Key>" + key + "</Key><UploadId>" + id + "</UploadId><Initiated>" + initiated
                + "</Initiated></Upload>";
    }

    private static StorageAccessException failure(Runnable call) {
        return catchThrowableOfType(StorageAccessException.class, call::run);
    }

    @ParameterizedTest
    @CsvSource({"503,SlowDown", "500,InternalError", "429,TooManyRequests", "400,RequestTimeout", "409,OperationAborted"
    })
    void put_serverBusyOnce_isTriedAgainWhole(int status, String code) throws IOException {
        AtomicReference<String> length = new AtomicReference<>("");
        try (ScriptedS3 s3 = ScriptedS3.answering(call -> {
                    if (call.number() == 0) {
                        call.refuse(status, code);
                    } else {
                        length.set(call.header("x-amz-decoded-content-length"));
                        call.say(200, "", "ETag", "\"e\"");
                    }
                });
                ObjectStore store = s3.store()) {
            ObjectStat put = store.put("a", HELLO);

            assertThat(put.sizeBytes()).isEqualTo(5);
            assertThat(put.etag()).isEqualTo("\"e\"");
            assertThat(put.modified())
                    .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
            assertThat(length).hasValue("5");
            assertThat(s3.requests()).containsExactly("PUT /bucket/p/a", "PUT /bucket/p/a");
        }
    }

    @Test
    void put_connectionReset_isTriedAgain() throws IOException {
        try (ScriptedS3 s3 = ScriptedS3.answering(call -> {
                    if (call.number() < 2) {
                        call.hangUp();
                    }
                    call.say(200, "", "ETag", "\"e\"");
                });
                ObjectStore store = s3.store()) {
            assertThat(store.put("a", HELLO).etag()).isEqualTo("\"e\"");
            assertThat(s3.requests()).hasSize(3);
        }
    }

    @Test
    void put_serverBusyForGood_endsWithRetry() throws IOException {
        try (ScriptedS3 s3 = ScriptedS3.answering(call -> call.refuse(503, "SlowDown"));
                ObjectStore store = s3.store()) {
            StorageAccessException failure = failure(() -> store.put("a", HELLO));

            assertThat(failure.remedy()).isEqualTo(Remedy.RETRY);
            assertThat(failure).hasMessageContaining("'a'").hasMessageContaining("SlowDown");
            assertThat(s3.requests()).hasSize(8);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "403,AccessDenied,allow them",
        "403,InvalidAccessKeyId,secret key",
        "403,SignatureDoesNotMatch,secret key",
        "403,RequestTimeTooSkewed,clock",
        "401,Unauthorized,secret key",
        "404,NoSuchBucket,create the bucket",
        "400,AuthorizationHeaderMalformed,region",
        "301,PermanentRedirect,region",
        "501,NotImplemented,conditional writes",
        "507,XMinioStorageFull,make room"
    })
    void anyCall_refusedForGood_failsAtOnceAndSaysTheFix(int status, String code, String fix) throws IOException {
        try (ScriptedS3 s3 = ScriptedS3.answering(call -> call.refuse(status, code));
                ObjectStore store = s3.store()) {
            for (Runnable call : new Runnable[] {
                () -> store.put("a", HELLO),
                () -> store.open("a", 0),
                () -> store.list("a").count(),
                () -> store.delete("a")
            }) {
                StorageAccessException failure = failure(call);

                assertThat(failure.remedy()).isEqualTo(Remedy.FIX_INPUT);
                assertThat(failure)
                        .hasMessageContaining(fix)
                        .hasMessageContaining("s3://bucket/p/ at http://127.0.0.1:");
                assertThat(failure.toString()).doesNotContain(ScriptedS3.SECRET);
            }
            assertThat(s3.requests()).hasSize(4);
        }
    }

    @Test
    void stat_bucketMissing_isNotTakenForAMissingObject() throws IOException {
        try (ScriptedS3 s3 = ScriptedS3.answering(call -> call.say(404, ""));
                ObjectStore store = s3.store()) {
            assertThat(failure(() -> store.stat("a")).remedy()).isEqualTo(Remedy.FIX_INPUT);
            assertThat(s3.requests()).containsExactly("HEAD /bucket/p/a", "HEAD /bucket");
        }
    }

    @Test
    void stat_objectMissing_asksForTheBucketOnceOnly() throws IOException {
        try (ScriptedS3 s3 = ScriptedS3.answering(call -> call.say(call.number() == 1 ? 403 : 404, ""));
                ObjectStore store = s3.store()) {
            assertThat(store.stat("a")).isEmpty();
            assertThat(store.stat("b")).isEmpty();
            assertThat(s3.requests()).containsExactly("HEAD /bucket/p/a", "HEAD /bucket", "HEAD /bucket/p/b");
        }
    }

    @Test
    void open_cutMidBody_goesOnWhereItBroke() throws IOException {
        String body = "0123456789";
        try (ScriptedS3 s3 = ScriptedS3.answering(call -> {
                    if (call.number() == 0) {
                        call.breakOff(206, body.substring(0, 4), 10, "ETag", "\"e\"");
                    } else if (call.number() == 1) {
                        assertThat(call.header("Range")).isEqualTo("bytes=4-9");
                        assertThat(call.header("If-Match")).isEqualTo("\"e\"");
                        call.breakOff(206, body.substring(4, 7), 6, "ETag", "\"e\"", "Content-Range", "bytes 4-9/10");
                    } else {
                        assertThat(call.header("Range")).isEqualTo("bytes=7-9");
                        call.say(206, body.substring(7), "ETag", "\"e\"", "Content-Range", "bytes 7-9/10");
                    }
                });
                ObjectStore store = s3.store();
                InputStream in = store.open("a", 0)) {
            assertThat(in.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo(body);
            assertThat(s3.requests()).hasSize(3);
        }
    }

    @Test
    void open_cutAndReplacedMeanwhile_isAnError() throws IOException {
        try (ScriptedS3 s3 = ScriptedS3.answering(call -> {
                    if (call.number() == 0) {
                        call.breakOff(200, "0123", 10, "ETag", "\"e\"");
                    }
                    call.refuse(412, "PreconditionFailed");
                });
                ObjectStore store = s3.store();
                InputStream in = store.open("a", 0)) {
            assertThat(failure(() -> read(in))).hasMessageContaining("replaced while it was read");
        }
    }

    @Test
    void open_cutAgainAndAgain_givesUp() throws IOException {
        try (ScriptedS3 s3 = ScriptedS3.answering(call -> call.breakOff(200, "", 10, "ETag", "\"e\""));
                ObjectStore store = s3.store();
                InputStream in = store.open("a", 0)) {
            assertThat(failure(() -> read(in)).remedy()).isEqualTo(Remedy.RETRY);
            assertThat(s3.requests()).hasSizeBetween(2, 10);
        }
    }

    private static byte[] read(InputStream in) {
        try {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void put_partRefused_abortsTheUpload() throws IOException {
        try (ScriptedS3 s3 = ScriptedS3.answering(call -> {
                    if (call.is("POST", "uploads")) {
                        call.say(200, UPLOAD);
                    } else if (call.is("DELETE", "uploadId=u1")) {
                        call.say(204, "");
                    } else {
                        call.refuse(403, "AccessDenied");
                    }
                });
                ObjectStore store = s3.store()) {
            assertThat(failure(() -> store.put("a", LARGE)).remedy()).isEqualTo(Remedy.FIX_INPUT);
            assertThat(s3.requests()).last().isEqualTo("DELETE /bucket/p/a?uploadId=u1");
            assertThat(s3.requests()).noneMatch(request -> request.startsWith("POST /bucket/p/a?uploadId"));
        }
    }

    @Test
    void put_partBusyOnce_sendsThatPartAgainOnly() throws IOException {
        AtomicBoolean busy = new AtomicBoolean(true);
        try (ScriptedS3 s3 = uploading(call -> {
                    if (busy.getAndSet(false)) {
                        call.refuse(503, "SlowDown");
                    }
                    call.say(200, "", "ETag", "\"part\"");
                });
                ObjectStore store = s3.store()) {
            assertThat(store.put("a", LARGE).etag()).isEqualTo("\"whole\"");
            assertThat(s3.requests().stream().filter(request -> request.startsWith("PUT")))
                    .hasSize(4);
            assertThat(s3.requests()).noneMatch(request -> request.equals("DELETE /bucket/p/a?uploadId=u1"));
        }
    }

    private static ScriptedS3 uploading(ScriptedS3.Script parts) throws IOException {
        return ScriptedS3.answering(call -> {
            if (call.is("POST", "uploads")) {
                call.say(200, UPLOAD);
            } else if (call.is("GET", "uploads")) {
                call.say(200, UNFINISHED);
            } else if (call.is("POST", "uploadId=u1")) {
                call.say(200, COMPLETED);
            } else if (call.is("DELETE", "uploadId=")) {
                call.say(204, "");
            } else {
                parts.answer(call);
            }
        });
    }

    @Test
    void put_inParts_abortsWhatNobodyWillComplete() throws IOException {
        try (ScriptedS3 s3 = uploading(call -> call.say(200, "", "ETag", "\"part\""));
                ObjectStore store = s3.store()) {
            store.put("a", LARGE);

            assertThat(s3.requests())
                    .filteredOn(request -> request.startsWith("DELETE"))
                    .containsExactly("DELETE /bucket/p/long-ago?uploadId=u8", "DELETE /bucket/p/a?uploadId=u9");
        }
    }

    @Test
    void put_inPartsWithoutTheRightToSeeOthers_isWhole() throws IOException {
        try (ScriptedS3 s3 = ScriptedS3.answering(call -> {
                    if (call.is("GET", "uploads")) {
                        call.refuse(403, "AccessDenied");
                    } else if (call.is("POST", "uploads")) {
                        call.say(200, UPLOAD);
                    } else if (call.is("POST", "uploadId=u1")) {
                        call.say(200, COMPLETED);
                    } else {
                        call.say(200, "", "ETag", "\"part\"");
                    }
                });
                ObjectStore store = s3.store()) {
            assertThat(store.put("a", LARGE).etag()).isEqualTo("\"whole\"");
        }
    }

    @Test
    void putIfAbsent_abortedByWhoWasFirst_isFalse() throws IOException {
        AtomicBoolean aborted = new AtomicBoolean();
        try (ScriptedS3 s3 = uploading(call -> {
                    if (call.is("HEAD", "") && aborted.get()) {
                        call.say(200, "", "ETag", "\"other\"", "Last-Modified", "Tue, 24 Nov 2026 03:00:00 GMT");
                    } else if (call.is("HEAD", "") && call.path().equals("/bucket/p/a")) {
                        call.refuse(404, "NoSuchKey");
                    } else if (call.is("HEAD", "")) {
                        call.say(200, "");
                    } else {
                        aborted.set(true);
                        call.refuse(404, "NoSuchUpload");
                    }
                });
                ObjectStore store = s3.store()) {
            assertThat(store.putIfAbsent("a", LARGE)).isFalse();
        }
    }

    @Test
    void put_sourceFails_abortsTheUpload() throws IOException {
        Content failing = Content.of(
                OptionalLong.empty(),
                () -> new SequenceInputStream(new ByteArrayInputStream(new byte[18_000_000]), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("disk on fire");
                    }
                }));
        try (ScriptedS3 s3 = uploading(call -> call.say(200, "", "ETag", "\"part\""));
                ObjectStore store = s3.store()) {
            assertThatThrownBy(() -> store.put("a", failing)).hasMessageContaining("disk on fire");
            assertThat(s3.requests()).last().isEqualTo("DELETE /bucket/p/a?uploadId=u1");
        }
    }

    @Test
    void put_interrupted_abortsTheUploadAndKeepsTheFlag() throws IOException {
        try (ScriptedS3 s3 = uploading(call -> call.say(200, "", "ETag", "\"part\""));
                ObjectStore store = s3.store()) {
            Content interrupting = Content.of(OptionalLong.empty(), () -> new InputStream() {
                private int read;

                @Override
                public int read() {
                    if (++read == 9_000_000) {
                        Thread.currentThread().interrupt();
                    }
                    return read > 30_000_000 ? -1 : 0;
                }
            });
            StorageAccessException failure = failure(() -> store.put("a", interrupting));
            boolean flag = Thread.interrupted();

            assertThat(failure).hasMessageContaining("interrupted");
            assertThat(failure.remedy()).isEqualTo(Remedy.RETRY);
            assertThat(flag).isTrue();
            assertThat(s3.requests()).last().isEqualTo("DELETE /bucket/p/a?uploadId=u1");
        }
    }

    @Test
    void putIfAbsent_anotherWasFirst_isFalse() throws IOException {
        try (ScriptedS3 s3 = ScriptedS3.answering(call -> {
                    if (call.is("PUT", "")) {
                        assertThat(call.header("If-None-Match")).isEqualTo("*");
                        call.refuse(412, "PreconditionFailed");
                    } else if (call.number() <= 1) {
                        call.say(call.number() == 0 ? 404 : 200, ""); // no object yet, but a bucket
                    } else {
                        call.say(200, "", "ETag", "\"other\"", "x-amz-meta-mtc-write", "another");
                    }
                });
                ObjectStore store = s3.store()) {
            assertThat(store.putIfAbsent("a", HELLO)).isFalse();
        }
    }

    @Test
    void putIfAbsent_answerLost_findsItsOwnObject() throws IOException {
        AtomicReference<String> id = new AtomicReference<>("");
        try (ScriptedS3 s3 = ScriptedS3.answering(call -> {
                    if (call.is("PUT", "") && id.get().isEmpty()) {
                        id.set(call.header("x-amz-meta-mtc-write"));
                        call.hangUp();
                    } else if (call.is("PUT", "")) {
                        call.refuse(412, "PreconditionFailed");
                    } else if (id.get().isEmpty()) {
                        call.say(call.number() == 0 ? 404 : 200, "");
                    } else {
                        call.say(
                                200,
                                "",
                                "ETag",
                                "\"own\"",
                                "Content-Length",
                                "5",
                                "x-amz-meta-mtc-write",
                                id.get(),
                                "Last-Modified",
                                "Tue, 03 Mar 2026 10:00:00 GMT");
                    }
                });
                ObjectStore store = s3.store()) {
            assertThat(store.putIfAbsent("a", HELLO)).isTrue();
            assertThat(id.get()).isNotEmpty();
        }
    }

    @Test
    void list_pages_areFetchedAsTheyAreRead() throws IOException {
        try (ScriptedS3 s3 = ScriptedS3.answering(call -> {
                    int from = call.number() * 2;
                    call.say(200, page(from, call.number() < 2));
                });
                ObjectStore store = s3.store();
                Stream<ObjectStat> objects = store.list("")) {
            Iterator<ObjectStat> iterator = objects.iterator();
            assertThat(iterator.next().key()).isEqualTo("k0");
            assertThat(s3.requests()).hasSize(1);
            assertThat(IntStream.range(1, 6).mapToObj(i -> iterator.next().key()))
                    .containsExactly("k1", "k2", "k3", "k4", "k5");
            assertThat(iterator.hasNext()).isFalse();
            assertThat(s3.requests()).hasSize(3);
            assertThat(s3.requests().get(1)).contains("continuation-token=t2");
        }
    }

    private static String page(int from, boolean more) {
        StringBuilder page = new StringBuilder("<ListBucketResult><IsTruncated>" + more + "</IsTruncated>");
        if (more) {
            page.append("<NextContinuationToken>t" + (from + 2) + "</NextContinuationToken>");
        }
        page.append("<Contents><Key>p/folder" + from + "/</Key><Size>0</Size></Contents>");
        for (int i = from; i < from + 2; i++) {
            page.append("<Contents><Key>p/k" + i + "</Key><Size>1</Size><ETag>\"e\"</ETag>"
                    + "<LastModified>2026-03-03T10:00:00.000Z</LastModified></Contents>");
        }
        return page.append("</ListBucketResult>").toString();
    }

    @Test
    void anyCall_nothingListens_saysSo() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (ObjectStore store = S3ObjectStore.open(ScriptedS3.storage(port), FAST)) {
            StorageAccessException failure = failure(() -> store.put("a", HELLO));

            assertThat(failure.remedy()).isEqualTo(Remedy.RETRY);
            assertThat(failure).hasMessageContaining("refused").hasMessageContaining("127.0.0.1:" + port);
        }
    }

    @Test
    void anyCall_unknownHost_saysSo() {
        try (ObjectStore store = S3ObjectStore.open(
                Storage.s3("bucket", "http://s3.invalid").pathStyleAccess().credentials("id", Secret.of("x")), FAST)) {
            StorageAccessException failure = failure(() -> store.put("a", HELLO));

            assertThat(failure.remedy()).isEqualTo(Remedy.FIX_INPUT);
            assertThat(failure).hasMessageContaining("s3.invalid").hasMessageContaining("correct the endpoint");
        }
    }

    @Test
    void open_caBundleWithoutCertificates_isRefused(@TempDir Path temp) throws IOException {
        Path pem = Files.writeString(temp.resolve("ca.pem"), "nothing");

        assertThat(failure(() -> S3ObjectStore.open(ScriptedS3.storage(1).caBundle(pem), S3Retries.standard())))
                .hasMessageContaining(pem.toString());
    }

    @Test
    void close_afterAnUpload_endsItsThreads() throws IOException, InterruptedException {
        try (ScriptedS3 s3 = uploading(call -> call.say(200, "", "ETag", "\"part\""))) {
            ObjectStore store = s3.store();
            store.put("a", LARGE);
            Thread[] threads = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("mtc-s3-"))
                    .toArray(Thread[]::new);
            store.close();

            assertThat(threads).isNotEmpty();
            for (Thread thread : threads) {
                thread.join(5_000);
                assertThat(thread.isAlive()).isFalse();
            }
        }
    }
}
