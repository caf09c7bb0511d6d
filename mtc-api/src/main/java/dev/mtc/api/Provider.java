package dev.mtc.api;

/**
 * Anything that the engine finds by {@link java.util.ServiceLoader} or is given by hand with
 * {@link Migration#provider(Provider)}: volume movers, image movers and storage providers. Implementations are
 * thread-safe; one given by hand goes before those that were found.
 *
 * @since 0.1
 */
public interface Provider {

    /** {@return a short unique name such as {@code rsync}, stored in the state of a migration} */
    String id();
}
