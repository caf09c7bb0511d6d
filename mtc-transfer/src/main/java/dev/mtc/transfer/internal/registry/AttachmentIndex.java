package dev.mtc.transfer.internal.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.spi.TransferStatus.Failed.Kind;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a repository knows of manifests that are attached to others: signatures, attestations, bills of materials. Registries
 * that know subjects are asked for them; others keep tags that begin with the subject's digest, as the OCI distribution
 * specification (Referrers Tag Schema) and cosign have it. The answers of one run are remembered. Thread-safe.
 */
final class AttachmentIndex {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The tag schema, and cosign's tags with an ending such as {@code .sig}. */
    private static final Pattern ATTACHED = Pattern.compile("sha(256-[0-9a-f]{64}|512-[0-9a-f]{128})([.][\\w.-]+)?");

    private @Nullable Set<String> tags;
    /** Whether the registry can be asked for what refers to a manifest, null as long as nobody has tried. */
    private @Nullable Boolean answersReferrers;

    /** {@return the tag below which what refers to a manifest is listed where a registry cannot be asked} */
    static String tag(Digest subject) {
        return subject.algorithm() + "-" + subject.hex();
    }

    /** {@return the manifest that a tag says it is attached to} */
    static Optional<Digest> subject(String tag) {
        return ATTACHED.matcher(tag).matches()
                ? Optional.of(Digest.parse(tag.replaceFirst("[.].*", "").replace('-', ':')))
                : Optional.empty();
    }

    /** {@return the tags that are attached to a manifest} */
    synchronized List<String> tags(Digest subject, ImageRepository repository) throws IOException {
        Set<String> known = tags;
        if (known == null) {
            known = new LinkedHashSet<>();
            for (String tag : repository.tags()) {
                if (ATTACHED.matcher(tag).matches()) {
                    known.add(tag);
                }
            }
            tags = known;
        }
        return known.stream()
                .filter(tag -> subject(tag).filter(subject::equals).isPresent())
                .toList();
    }

    /** {@return descriptors of what names a manifest as its subject; empty if the registry cannot be asked} */
    synchronized Optional<List<ObjectNode>> referrers(Digest subject, ImageRepository repository) throws IOException {
        if (Boolean.FALSE.equals(answersReferrers)) {
            return Optional.empty();
        }
        Optional<List<ObjectNode>> answer = repository.referrers(subject);
        answersReferrers = answer.isPresent();
        return answer;
    }

    /**
     * Makes what a repository got known by its subject, where the registry does not see to that itself.
     *
     * @param subject what it refers to
     * @param descriptor what it is
     */
    synchronized void attach(Digest subject, ObjectNode descriptor, ImageRepository repository) throws IOException {
        if (Boolean.TRUE.equals(answersReferrers)
                || referrers(subject, repository).isPresent()) {
            return;
        }
        String tag = tag(subject);
        ObjectNode index = repository.find(tag).isPresent() ? read(repository, tag) : empty();
        ArrayNode manifests = index.withArray("manifests");
        for (JsonNode known : manifests) {
            if (known.path("digest").equals(descriptor.path("digest"))) {
                return;
            }
        }
        manifests.add(descriptor);
        byte[] bytes = JSON.writeValueAsBytes(index);
        Tried tried = new Tried("write the index " + tag, repository.place());
        repository.write(Manifest.read(bytes, MediaTypes.OCI_INDEX, Digest.of(bytes), tried), tag);
    }

    private static ObjectNode read(ImageRepository repository, String tag) throws IOException {
        Tried tried = new Tried("read the index " + tag, repository.place());
        try {
            if (JSON.readTree(repository.manifest(tag).bytes()) instanceof ObjectNode index && index.has("manifests")) {
                return index;
            }
        } catch (JsonProcessingException e) {
            throw unusable(tried).causedBy(e);
        }
        throw unusable(tried);
    }

    private static RegistryException unusable(Tried tried) {
        return RegistryException.of(
                Kind.USER_FIXABLE,
                "UnsupportedManifest",
                tried.but("it is no index, so nothing can be added to it", "delete this tag on the target"));
    }

    private static ObjectNode empty() {
        return JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_INDEX);
    }
}
