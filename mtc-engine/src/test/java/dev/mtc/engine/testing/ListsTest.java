package dev.mtc.engine.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListsTest {

    private static final String SECRETS = "/api/v1/namespaces/default/secrets";
    private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";

    private final EmbeddedCluster cluster = EmbeddedCluster.start("lists");
    private final Http http = new Http(cluster);

    @BeforeEach
    void makeThree() {
        http.post(SECRETS, "{'metadata':{'name':'a','labels':{'app':'web','size':'1'}}}");
        http.post(SECRETS, "{'metadata':{'name':'b','labels':{'app':'api'}}}");
        http.post(SECRETS, "{'metadata':{'name':'c'}}");
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "app=web | a",
                "app==web | a",
                "app!=web | b c",
                "app in (web, api) | a b",
                "app notin (web) | b c",
                "app | a b",
                "!app | c",
                "app in (web),size=1 | a",
                "size>0 | a",
                "app=web,app=api | ''"
            })
    void list_labelSelector_chooses(String selector, String names) {
        assertThat(String.join(" ", names(query("labelSelector", selector)))).isEqualTo(names);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"metadata.name=b | b", "metadata.name!=b | a c", "type=Opaque,metadata.name=c | c"})
    void list_fieldSelector_chooses(String selector, String names) {
        assertThat(String.join(" ", names(query("fieldSelector", selector)))).isEqualTo(names);
    }

    @Test
    void list_badSelectors_areBadRequests() {
        assertThat(http.get(query("labelSelector", "a in (b")).code()).isEqualTo(400);
        assertThat(http.get(query("fieldSelector", "data.x=1")).message())
                .isEqualTo("\"data.x\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
    }

    @Test
    void list_pages_areOfOneSnapshot() {
        JsonNode first = http.get(SECRETS + "?limit=2").json();
        http.delete(SECRETS + "/c");

        JsonNode second = http.get(SECRETS + "?limit=2&continue="
                        + first.at("/metadata/continue").asText())
                .json();

        assertThat(first.path("items")).hasSize(2);
        assertThat(first.at("/metadata/remainingItemCount").asInt()).isEqualTo(1);
        assertThat(second.at("/items/0/metadata/name").asText()).isEqualTo("c");
        assertThat(second.at("/metadata/continue").isMissingNode()).isTrue();
        assertThat(second.at("/metadata/resourceVersion")).isEqualTo(first.at("/metadata/resourceVersion"));
    }

    @Test
    void list_pageAfterCompaction_isGone() {
        String token =
                http.get(SECRETS + "?limit=2").json().at("/metadata/continue").asText();
        cluster.compact();

        Http.Answer answer = http.get(SECRETS + "?limit=2&continue=" + token);

        assertThat(answer.code()).isEqualTo(410);
        assertThat(answer.json().path("reason").asText()).isEqualTo("Expired");
    }

    @Test
    void list_allNamespaces_namesEachObjectsOwn() {
        JsonNode items = http.get("/api/v1/serviceaccounts").json().path("items");

        assertThat(items).hasSizeGreaterThan(2);
        assertThat(items).extracting(i -> i.at("/metadata/namespace").asText()).contains("default", "kube-system");
    }

    @Test
    void list_builtInItems_haveNoKindOfTheirOwn() {
        JsonNode list = http.get(SECRETS).json();

        assertThat(list.path("kind").asText()).isEqualTo("SecretList");
        assertThat(list.at("/items/0/kind").isMissingNode()).isTrue();
    }

    @Test
    void list_asTable_hasColumnsAndRows() {
        JsonNode table = http.getAs(SECRETS, TABLE).json();

        assertThat(table.path("columnDefinitions"))
                .extracting(c -> c.path("name").asText())
                .containsExactly("Name", "Type", "Data", "Age");
        assertThat(table.at("/rows/0/cells/0").asText()).isEqualTo("a");
        assertThat(table.at("/rows/0/object/kind").asText()).isEqualTo("PartialObjectMetadata");
    }

    @Test
    void list_metadataOnly_leavesTheRest() {
        JsonNode list = http.getAs(SECRETS, "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io")
                .json();

        assertThat(list.path("kind").asText()).isEqualTo("PartialObjectMetadataList");
        assertThat(list.at("/items/0/type").isMissingNode()).isTrue();
    }

    @Test
    void list_tooNewRevision_timesOut() {
        assertThat(http.get(SECRETS + "?resourceVersion=99999999").code()).isEqualTo(504);
    }

    private List<String> names(String path) {
        return Trees.items(http.get(path).json().path("items")).stream()
                .map(Trees::name)
                .toList();
    }

    private static String query(String name, String value) {
        return SECRETS + "?" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
