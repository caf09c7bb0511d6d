package dev.mtc.transfer.internal.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a page of a repository's tags; a repository that is not there has none.
 *
 * @param page address of the page, empty for the first
 */
record TagsGet(String repository, String page) implements Endpoint<Paged<String>> {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE_LENGTH = 1000;

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public String path() {
        return page.isEmpty() ? "/v2/" + repository + "/tags/list?n=" + PAGE_LENGTH : page;
    }

    @Override
    public String trying() {
        return "list the tags";
    }

    @Override
    public String missing() {
        return "RepositoryNotFound";
    }

    @Override
    public boolean accepts(int status) {
        return status == 200 || status == 404;
    }

    @Override
    public Paged<String> read(Answer answer, Tried tried) throws IOException {
        List<String> tags = new ArrayList<>();
        if (answer.status() == 200) {
            try (InputStream body = answer.body()) {
                JSON.readTree(body).path("tags").forEach(tag -> tags.add(tag.asText()));
            }
        }
        return new Paged<>(tags, Paged.next(answer));
    }
}
