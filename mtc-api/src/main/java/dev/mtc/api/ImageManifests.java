package dev.mtc.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The annotation of a plan that says how images are copied, as an {@link ImageChoice}, and back. */
final class ImageManifests {

    private static final ObjectReader READER =
            ManifestObject.JSON.readerFor(Fields.class).with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /** What the JSON object may hold. */
    private record Fields(
            @Nullable List<String> platforms,
            @Nullable String atMost,
            @Nullable String bandwidth,
            @Nullable Integer atOnce,
            boolean pinned,
            boolean pullSecrets,
            boolean withoutAttachments) {

        ImageChoice choice() {
            ImageChoice choice = ImageChoice.copy();
            choice = platforms == null ? choice : choice.platforms(platforms.toArray(String[]::new));
            choice = atMost == null ? choice : choice.atMost(atMost);
            choice = bandwidth == null ? choice : choice.bandwidth(bandwidth);
            choice = atOnce == null ? choice : choice.atOnce(atOnce);
            choice = pinned ? choice.pinned() : choice;
            choice = pullSecrets ? choice.usePullSecrets() : choice;
            return withoutAttachments ? choice.withoutAttachments() : choice;
        }
    }

    private ImageManifests() {}

    static Optional<ImageChoice> read(ManifestObject plan, ManifestLookup lookup) {
        String path = "metadata.annotations." + Annotations.IMAGE_CHOICE;
        return plan.annotation(Annotations.IMAGE_CHOICE).flatMap(json -> {
            try {
                Fields fields = READER.readValue(json);
                return lookup.attempt(plan, path, "WrongType", fields::choice);
            } catch (JsonProcessingException e) {
                lookup.wrong(
                        plan,
                        path,
                        "WrongType",
                        "is no JSON object with the fields of an image choice",
                        "write it like {\"platforms\":[\"linux/amd64\"],\"atMost\":\"20Gi\",\"bandwidth\":\"50Mi\","
                                + "\"pinned\":true,\"pullSecrets\":true}");
                return Optional.empty();
            }
        });
    }

    static Optional<String> write(ImageChoice choice) {
        ObjectNode json = ManifestObject.JSON.createObjectNode();
        if (!choice.platforms().isEmpty()) {
            choice.platforms().forEach(json.putArray("platforms")::add);
        }
        choice.largest().ifPresent(size -> json.put("atMost", size));
        choice.bandwidth().ifPresent(rate -> json.put("bandwidth", rate));
        choice.atOnce().ifPresent(images -> json.put("atOnce", images));
        if (choice.isPinned()) {
            json.put("pinned", true);
        }
        if (choice.usesPullSecrets()) {
            json.put("pullSecrets", true);
        }
        if (!choice.bringsAttachments()) {
            json.put("withoutAttachments", true);
        }
        return json.isEmpty() ? Optional.empty() : Optional.of(json.toString());
    }
}
