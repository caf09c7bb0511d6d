package dev.mtc.transfer.internal.registry;

/**
 * Where images are in a repository. Every plan has an OCI image layout of its own, whose blobs are those of all plans:
 *
 * <pre>
 * images/blobs/sha256/&lt;hex&gt;          manifests, configurations and layers
 * images/plans/&lt;plan&gt;/oci-layout     marks a layout
 * images/plans/&lt;plan&gt;/index.json     the plan's images by their references on the source
 * images/copying/&lt;plan&gt;/&lt;hex&gt;        what an image needs that is being copied, one digest a line
 * </pre>
 */
final class LayoutKeys {

    static final String BLOBS = "images/blobs/";
    static final String PLANS = "images/plans/";
    static final String COPYING = "images/copying/";

    private static final String INDEX = "/index.json";

    private LayoutKeys() {}

    static String blob(Digest digest) {
        return BLOBS + digest.algorithm() + "/" + digest.hex();
    }

    /** {@return the digest of a blob's key} */
    static Digest digest(String blobKey) {
        return Digest.parse(blobKey.substring(BLOBS.length()).replace('/', ':'));
    }

    static String marker(String plan) {
        return PLANS + plan + "/oci-layout";
    }

    static String index(String plan) {
        return PLANS + plan + INDEX;
    }

    static boolean isIndex(String key) {
        return key.startsWith(PLANS) && key.endsWith(INDEX);
    }

    /** {@return the plan of an index} */
    static String plan(String indexKey) {
        return indexKey.substring(PLANS.length(), indexKey.length() - INDEX.length());
    }

    static String copying(String plan, Digest root) {
        return copying(plan) + root.hex();
    }

    static String copying(String plan) {
        return COPYING + plan + "/";
    }
}
