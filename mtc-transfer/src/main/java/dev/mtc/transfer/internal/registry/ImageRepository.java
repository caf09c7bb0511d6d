package dev.mtc.transfer.internal.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** One repository of images: of a registry, or in the object store that images go through. Thread-safe. */
interface ImageRepository extends ImageSource, ImageTarget {

    @Override
    Optional<ManifestSummary> find(String reference) throws IOException;

    /** {@return all tags, empty if the repository is not there} */
    List<String> tags() throws IOException;

    /** {@return descriptors of the manifests that name one as their subject, empty if it cannot be asked} */
    Optional<List<ObjectNode>> referrers(Digest subject) throws IOException;

    @Override
    String place();
}
