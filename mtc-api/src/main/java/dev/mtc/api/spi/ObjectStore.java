package dev.mtc.api.spi;

import dev.mtc.api.StorageAccessException;
import java.io.InputStream;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Objects by key: a bucket, a directory. Thread-safe. Keys are relative, {@code /}-separated, without empty, {@code .} or
 * {@code ..} parts. Every method throws {@link dev.mtc.api.StorageAccessException} when the store fails for good.
 *
 * @since 0.1
 */
public interface ObjectStore extends AutoCloseable {

    /**
     * Writes an object whole or not at all, replacing an earlier one.
     *
     * @param key its key
     * @param content what it holds; may be opened more than once
     * @return what was written
     */
    ObjectStat put(String key, Content content);

    /**
     * Writes an object unless there is one.
     *
     * @param key its key
     * @param content what it holds; may be opened more than once
     * @return whether it was written; false if there was one
     */
    boolean putIfAbsent(String key, Content content);

    /**
     * {@return the content from an offset on; the caller closes it} An object that is replaced meanwhile is read as it was,
     * or reading ends with a {@link StorageAccessException} that says so.
     *
     * @param key its key
     * @param offset first byte, at least 0
     */
    InputStream open(String key, long offset);

    /**
     * {@return what is known of an object, empty if there is none}
     *
     * @param key its key
     */
    Optional<ObjectStat> stat(String key);

    /**
     * {@return all objects whose key starts with a prefix, in key order, fetched as the stream is read; the caller closes it}
     *
     * @param prefix start of keys, empty for all
     */
    Stream<ObjectStat> list(String prefix);

    /**
     * Deletes an object if there is one.
     *
     * @param key its key
     */
    void delete(String key);

    /** {@return the store in words, for messages, without secrets} */
    String description();

    @Override
    void close();
}
