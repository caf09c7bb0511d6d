package dev.mtc.transfer.internal.registry;

/**
 * What a manifest says of a blob or of another manifest.
 *
 * @param mediaType what it is
 * @param digest its name
 * @param sizeBytes its length
 * @param elsewhere whether it names addresses outside of the registry
 */
record Descriptor(String mediaType, Digest digest, long sizeBytes, boolean elsewhere) {

    /** {@return whether it must stay where it is, as licences of some base layers demand} */
    boolean isForeign() {
        return elsewhere && MediaTypes.isNonDistributable(mediaType);
    }
}
