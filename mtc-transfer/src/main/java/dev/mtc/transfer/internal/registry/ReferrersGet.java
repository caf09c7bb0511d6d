package dev.mtc.transfer.internal.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks which manifests name a manifest as their subject (OCI distribution specification 1.1, Listing Referrers); empty if
 * the registry does not know the question.
 *
 * @param subject the manifest
 * @param page address of the page, empty for the first
 */
record ReferrersGet(String repository, Digest subject, String page) implements Endpoint<Optional<Paged<ObjectNode>>> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public String path() {
        return page.isEmpty() ? "/v2/" + repository + "/referrers/" + subject : page;
    }

    @Override
    public String trying() {
        return "list what refers to " + subject;
    }

    @Override
    public String missing() {
        return "RepositoryNotFound";
    }

    @Override
    public boolean accepts(int status) {
        // A registry that knows the question answers 200 even for what it does not have.
        return status == 200 || status == 400 || status == 404 || status == 405 || status == 501;
    }

    @Override
    public Optional<Paged<ObjectNode>> read(Answer answer, Tried tried) throws IOException {
        if (answer.status() != 200) {
            return Optional.empty();
        }
        List<ObjectNode> referrers = new ArrayList<>();
        try (InputStream body = answer.body()) {
            for (JsonNode manifest : JSON.readTree(body).path("manifests")) {
                if (manifest instanceof ObjectNode descriptor) {
                    referrers.add(descriptor);
                }
            }
        }
        return Optional.of(new Paged<>(referrers, Paged.next(answer)));
    }
}
