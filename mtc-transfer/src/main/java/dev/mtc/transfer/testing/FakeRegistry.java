package dev.mtc.transfer.testing;

import com.sun.net.httpserver.HttpServer;
import dev.mtc.api.Registry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A container registry in this process, for tests: OCI distribution specification 1.1 over plain HTTP on a random
 * loopback port, content in memory. Close enough to real ones that other tools copy from and to it. It keeps a log of
 * requests and fails on demand. Thread-safe; closing it ends its threads.
 *
 * <p>References given to its methods have no host: {@code shop/web:1} or {@code shop/web@sha256:…}.
 *
 * @since 0.1
 */
public final class FakeRegistry implements AutoCloseable {

    /** Kinds of requests, as faults and counts name them. */
    public enum Operation {
        /** {@code GET /v2/}. */
        PING,
        /** Asking a token service for a token. */
        TOKEN,
        /** HEAD of a manifest. */
        MANIFEST_HEAD,
        /** GET of a manifest. */
        MANIFEST_GET,
        /** PUT of a manifest. */
        MANIFEST_PUT,
        /** HEAD of a blob. */
        BLOB_HEAD,
        /** GET of a blob, whole or from an offset. */
        BLOB_GET,
        /** GET of a blob from the store that {@link #redirectBlobs()} leads to. */
        OBJECT_GET,
        /** POST that starts an upload, if the same repository has no such blob to mount. */
        UPLOAD_START,
        /** POST that asks to mount a blob from another repository. */
        MOUNT,
        /** PATCH or PUT that sends a blob or a part of it. */
        UPLOAD_WRITE,
        /** GET of how far an upload came. */
        UPLOAD_STATUS,
        /** GET of a repository's tags. */
        TAGS,
        /** GET of what names a manifest as its subject. */
        REFERRERS,
        /** Anything else. */
        OTHER
    }

    /**
     * A request that was answered.
     *
     * @param operation its kind
     * @param method HTTP method
     * @param path path without query
     * @param status status of the answer, 0 if the connection was cut
     * @param authorized whether it had an {@code Authorization} header
     */
    public record Request(Operation operation, String method, String path, int status, boolean authorized) {}

    private final HttpServer server;
    private final HttpServer objects;
    private final ExecutorService threads;
    private final RegistryContent content = new RegistryContent();
    private final RegistryFaults faults = new RegistryFaults();
    private final RegistryLog log = new RegistryLog();
    private final RegistryGuard guard;

    private FakeRegistry(RegistryGuard.Kind kind, String user, String password) {
        this.guard = new RegistryGuard(kind, user, password);
        this.threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "fake-registry");
            thread.setDaemon(true);
            return thread;
        });
        this.server = serve();
        this.objects = serve();
        RegistryRoutes routes = new RegistryRoutes(content, faults, log, guard, host(), address(objects));
        server.createContext("/", routes::handle);
        objects.createContext("/", routes::handleObject);
        server.start();
        objects.start();
    }

    private HttpServer serve() {
        try {
            HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            made.setExecutor(threads);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException("No port for a registry on the loopback interface: " + e, e);
        }
    }

    /** {@return a running registry that is open to everyone} */
    public static FakeRegistry open() {
        return new FakeRegistry(RegistryGuard.Kind.OPEN, "", "");
    }

    /**
     * {@return a running registry with basic authentication}
     *
     * @param user the only user
     * @param password its password
     */
    public static FakeRegistry withPassword(String user, String password) {
        return new FakeRegistry(RegistryGuard.Kind.BASIC, user, password);
    }

    /**
     * {@return a running registry that wants bearer tokens, which its token service gives to a user}
     *
     * @param user the only user
     * @param password its password
     */
    public static FakeRegistry withTokens(String user, String password) {
        return new FakeRegistry(RegistryGuard.Kind.BEARER, user, password);
    }

    /**
     * {@return a running registry that wants bearer tokens, which its token service gives for an identity token, by OAuth 2}
     *
     * @param token the only identity token
     */
    public static FakeRegistry withIdentityToken(String token) {
        return new FakeRegistry(RegistryGuard.Kind.IDENTITY, "", token);
    }

    /** {@return address and port, the first part of its image references} */
    public String host() {
        return address(server);
    }

    private static String address(HttpServer server) {
        return server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort();
    }

    /** {@return how to reach it, with the credentials that it accepts} */
    public Registry connection() {
        Registry plain = Registry.at(host()).plainHttp();
        return guard.isOpen() ? plain : guard.login(plain);
    }

    /**
     * Puts a synthetic image. Layers are random bytes that only depend on their size and position, so images with equal
     * leading sizes share layers.
     *
     * @param reference repository and tag
     * @param layerBytes size of each layer
     * @return its digest
     */
    public String putImage(String reference, int... layerBytes) {
        return new SyntheticImages(content).putImage(reference, layerBytes);
    }

    /**
     * Puts a synthetic index of two images, {@code linux/amd64} and {@code linux/arm64}.
     *
     * @param reference repository and tag
     * @param layerBytes size of each layer, the same for both; only the first is shared
     * @return its digest
     */
    public String putIndex(String reference, int... layerBytes) {
        return new SyntheticImages(content).putIndex(reference, layerBytes);
    }

    /**
     * Puts a blob.
     *
     * @param repository where to
     * @param bytes its content
     * @return its digest
     */
    public String putBlob(String repository, byte[] bytes) {
        return content.putBlob(repository, bytes);
    }

    /**
     * Puts a manifest as it is, whether or not its parts are there.
     *
     * @param reference repository and tag, or repository and digest
     * @param mediaType what it is
     * @param bytes its content
     * @return its digest
     */
    public String putManifest(String reference, String mediaType, byte[] bytes) {
        return content.putManifest(Names.of(reference), mediaType, bytes);
    }

    /**
     * {@return the manifest that a reference names, empty if there is none}
     *
     * @param reference repository and tag, or repository and digest
     */
    public Optional<byte[]> manifest(String reference) {
        return Optional.ofNullable(content.manifest(Names.of(reference)))
                .map(found -> found.bytes().clone());
    }

    /**
     * {@return the digest that a reference names, empty if there is none}
     *
     * @param reference repository and tag
     */
    public Optional<String> digest(String reference) {
        return Optional.ofNullable(content.manifest(Names.of(reference))).map(RegistryContent.Manifest::digest);
    }

    /**
     * {@return a blob, empty if the repository has none of that digest}
     *
     * @param repository its repository
     * @param digest its digest
     */
    public Optional<byte[]> blob(String repository, String digest) {
        return Optional.ofNullable(content.blob(repository, digest)).map(byte[]::clone);
    }

    /**
     * Changes one byte of a stored blob in all repositories, so that it no longer has its digest.
     *
     * @param digest the blob
     */
    public void corrupt(String digest) {
        content.corrupt(digest);
    }

    /**
     * Deletes a blob from one repository, whatever refers to it.
     *
     * @param repository its repository
     * @param digest the blob
     */
    public void deleteBlob(String repository, String digest) {
        content.deleteBlob(repository, digest);
    }

    /**
     * Has the next requests of a kind fail.
     *
     * @param operation which
     * @param times how many
     * @param status the status they get
     */
    public void failNext(Operation operation, int times, int status) {
        failNext(operation, times, status, RegistryCall.errors("FAULT", "told to fail"));
    }

    /**
     * Has the next requests of a kind fail in a registry's own words.
     *
     * @param operation which
     * @param times how many
     * @param status the status they get
     * @param body what comes with it
     */
    public void failNext(Operation operation, int times, int status, String body) {
        faults.add(operation, times, new RegistryFaults.Refuse(status, null, body));
    }

    /**
     * Has the next requests of a kind refused for now.
     *
     * @param operation which
     * @param times how many
     * @param retryAfter what {@code Retry-After} says, in whole seconds
     */
    public void throttleNext(Operation operation, int times, Duration retryAfter) {
        faults.add(
                operation,
                times,
                new RegistryFaults.Refuse(429, retryAfter, RegistryCall.errors("TOOMANYREQUESTS", "told to wait")));
    }

    /**
     * Has the connections of the next requests of a kind cut. Those that move no more than so many bytes go through and do
     * not count.
     *
     * @param operation {@link Operation#BLOB_GET} or {@link Operation#OBJECT_GET}: after so many bytes of the answer;
     *     {@link Operation#UPLOAD_WRITE}: after so many bytes received; others: before the answer
     * @param times how many
     * @param afterBytes where to cut
     */
    public void cutNext(Operation operation, int times, long afterBytes) {
        faults.add(operation, times, new RegistryFaults.Cut(afterBytes));
    }

    /** {@return how many connections were cut so far} */
    public long cuts() {
        return faults.cuts();
    }

    /**
     * Holds all requests of a kind back, without an answer, until {@link #release()}.
     *
     * @param operation which
     */
    public void hold(Operation operation) {
        faults.hold(operation);
    }

    /** Lets requests go on that are held back. */
    public void release() {
        faults.release();
    }

    /** Keeps nothing of uploads that are cut from now on; else they go on where they were cut. */
    public void loseCutUploads() {
        faults.loseCutUploads();
    }

    /**
     * Takes no parts of blobs from now on, only whole ones.
     *
     * @param status what PATCH requests get
     */
    public void refuseParts(int status) {
        faults.refuseParts(status);
    }

    /**
     * Has something happen once, just before a request is handled.
     *
     * @param operation kind of the request
     * @param count 1 for the next one of its kind
     * @param action what happens
     */
    public void when(Operation operation, int count, Runnable action) {
        faults.when(operation, count, action);
    }

    /** Answers each mount with the start of an upload from now on. */
    public void refuseMounts() {
        faults.refuseMounts();
    }

    /** Sends whole blobs from now on, whatever range is asked for. */
    public void ignoreRanges() {
        faults.ignoreRanges();
    }

    /** Leaves out the digest headers of manifests from now on, as some registries do. */
    public void omitDigests() {
        faults.omitDigests();
    }

    /** Answers which manifests name another as their subject, as registries of distribution specification 1.1 do. */
    public void knowReferrers() {
        faults.knowReferrers();
    }

    /** Answers GETs of blobs with a redirect to another origin from now on, as registries before object stores do. */
    public void redirectBlobs() {
        faults.redirectBlobs();
    }

    /** Answers GETs of blobs with a redirect to themselves from now on. */
    public void redirectForever() {
        faults.redirectForever();
    }

    /**
     * Lets tokens that are given out from now on end after so many requests.
     *
     * @param requests how many each is good for
     */
    public void endTokensAfter(int requests) {
        guard.endAfter(requests);
    }

    /** Makes all tokens that were given out worthless. */
    public void revokeTokens() {
        guard.revoke();
    }

    /** {@return all answered requests so far, in the order of their answers} */
    public List<Request> requests() {
        return log.all();
    }

    /**
     * {@return how many requests of a kind were answered}
     *
     * @param operation which
     */
    public long count(Operation operation) {
        return log.all().stream()
                .filter(request -> request.operation() == operation)
                .count();
    }

    /** Empties the log of requests. */
    public void forgetRequests() {
        log.clear();
    }

    @Override
    public void close() {
        faults.release();
        server.stop(0);
        objects.stop(0);
        threads.shutdownNow();
    }

    @Override
    public String toString() {
        return "FakeRegistry[" + host() + "]";
    }

    /**
     * Repository and the rest of a reference.
     *
     * @param repository the repository
     * @param reference tag or digest
     */
    record Names(String repository, String reference) {

        static Names of(String text) {
            int at = text.indexOf('@');
            int split = at >= 0 ? at : text.lastIndexOf(':');
            if (split <= 0 || split == text.length() - 1) {
                throw new IllegalArgumentException(
                        "'" + text + "' is not a reference within a registry such as shop/web:1");
            }
            return new Names(text.substring(0, split), text.substring(split + 1));
        }
    }
}
