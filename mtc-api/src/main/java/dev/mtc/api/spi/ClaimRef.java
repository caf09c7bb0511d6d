package dev.mtc.api.spi;

/**
 * A PersistentVolumeClaim.
 *
 * @param namespace its namespace
 * @param name its name
 * @since 0.1
 */
public record ClaimRef(String namespace, String name) {

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
