package dev.mtc.engine.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CustomKindsTest {

    private static final String DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private static final String BOATS = "/apis/sea.example.com/v1/namespaces/default/boats";
    private static final String DEFINITION =
            """
            {'metadata':{'name':'boats.sea.example.com'},'spec':{'group':'sea.example.com','scope':'Namespaced',
             'names':{'plural':'boats','kind':'Boat','shortNames':['bo']},
             'versions':[{'name':'v1','served':true,'storage':true,
               'subresources':{'status':{},'scale':{'specReplicasPath':'.spec.crew','statusReplicasPath':'.status.crew'}},
               'additionalPrinterColumns':[
                 {'name':'Crew','type':'integer','jsonPath':'.spec.crew'},
                 {'name':'Ready','type':'string','jsonPath':'.status.conditions[?(@.type==\\"Ready\\")].status'}],
               'schema':{'openAPIV3Schema':{'type':'object','properties':{'spec':{'type':'object','properties':
                 {'crew':{'type':'integer'},
                  'sails':{'type':'array','x-kubernetes-list-type':'map','x-kubernetes-list-map-keys':['mast'],
                   'items':{'type':'object','required':['mast'],'x-kubernetes-preserve-unknown-fields':true,
                    'properties':{'mast':{'type':'string'}}}},
                  'size':{'x-kubernetes-int-or-string':true},
                  'names':{'type':'object','additionalProperties':{'type':'string'}}}},
                'status':{'type':'object','x-kubernetes-preserve-unknown-fields':true}}}}},
              {'name':'v1alpha1','served':true,'storage':false}]}}
            """;

    private final EmbeddedCluster cluster = EmbeddedCluster.start("custom");
    private final Http http = new Http(cluster);

    @BeforeEach
    void define() {
        assertThat(http.post(DEFINITIONS, DEFINITION).code()).isEqualTo(201);
        http.post(BOATS, "{'apiVersion':'sea.example.com/v1','kind':'Boat','metadata':{'name':'b'},'spec':{'crew':2}}");
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void define_new_isEstablishedAndDiscovered() {
        JsonNode definition = http.get(DEFINITIONS + "/boats.sea.example.com").json();
        assertThat(definition.at("/status/conditions/1/type").asText()).isEqualTo("Established");

        JsonNode resources = http.get("/apis/sea.example.com/v1").json().path("resources");
        assertThat(resources)
                .extracting(r -> r.path("name").asText())
                .containsExactly("boats", "boats/scale", "boats/status");
        assertThat(resources.at("/0/shortNames/0").asText()).isEqualTo("bo");
        assertThat(http.get("/apis/sea.example.com")
                        .json()
                        .at("/preferredVersion/version")
                        .asText())
                .isEqualTo("v1");
    }

    @Test
    void object_otherVersion_isTheSameObject() {
        JsonNode boat = http.get("/apis/sea.example.com/v1alpha1/namespaces/default/boats/b")
                .json();

        assertThat(boat.path("apiVersion").asText()).isEqualTo("sea.example.com/v1alpha1");
        assertThat(boat.at("/spec/crew").asInt()).isEqualTo(2);
    }

    @Test
    void update_withoutRevision_isInvalid() {
        String boat = "{'apiVersion':'sea.example.com/v1','kind':'Boat','metadata':{'name':'b'},'spec':{}}";

        assertThat(http.put(BOATS + "/b", boat).message()).contains("must be specified for an update");
    }

    @Test
    void status_isASubresource() {
        http.patch(BOATS + "/b", "merge-patch+json", "{'status':{'crew':1}}");
        assertThat(http.get(BOATS + "/b").json().path("status").isMissingNode()).isTrue();

        http.patch(BOATS + "/b/status", "merge-patch+json", "{'status':{'crew':1}}");
        assertThat(http.get(BOATS + "/b").json().at("/status/crew").asInt()).isEqualTo(1);
    }

    @Test
    void create_unknownFields_areTakenAwayWhereTheSchemaSaysSo() {
        JsonNode boat = http.post(
                        BOATS,
                        boat("c", "'crew':1,'anchor':{},'sails':[{'mast':'fore','area':1}],'names':{'de':'Boot'}")
                                .replace("'spec'", "'flag':1,'status':{'at':'sea'},'spec'"))
                .json();

        assertThat(boat.path("spec").toString())
                .isEqualTo("{\"crew\":1,\"sails\":[{\"mast\":\"fore\",\"area\":1}],\"names\":{\"de\":\"Boot\"}}");
        assertThat(boat.has("flag")).isFalse();
    }

    @Test
    void create_notAsTheSchemaSays_isInvalid() {
        assertThat(http.post(BOATS, boat("c", "'crew':'two'")).message())
                .contains("spec.crew in body must be of type integer: \"string\"");
        assertThat(http.post(BOATS, boat("c", "'sails':[{}]")).message())
                .isEqualTo("Boat.sea.example.com \"c\" is invalid: spec.sails[0].mast: Required value");
        assertThat(http.post(BOATS, boat("c", "'size':1.5")).code()).isEqualTo(422);
        assertThat(http.post(BOATS, boat("c", "'size':'1Gi'")).code()).isEqualTo(201);
    }

    @Test
    void scale_setsTheDeclaredField() {
        http.patch(BOATS + "/b/scale", "merge-patch+json", "{'spec':{'replicas':5}}");

        assertThat(http.get(BOATS + "/b").json().at("/spec/crew").asInt()).isEqualTo(5);
    }

    @Test
    void patch_strategic_isUnsupported() {
        assertThat(http.patch(BOATS + "/b", "strategic-merge-patch+json", "{}").code())
                .isEqualTo(415);
    }

    @Test
    void apply_declaredMapList_isMergedByItsKeys() {
        http.apply(BOATS + "/a", "m1", sails("{'mast':'fore','area':1}"));

        JsonNode boat = http.apply(BOATS + "/a", "m2", sails("{'mast':'main','area':2}"))
                .json();

        assertThat(boat.at("/spec/sails")).hasSize(2);
    }

    @Test
    void table_hasPrinterColumns() {
        http.patch(
                BOATS + "/b/status",
                "merge-patch+json",
                "{'status':{'conditions':[{'type':'Odd','status':'No'},{'type':'Ready','status':'True'}]}}");

        JsonNode table = http.getAs(BOATS, "application/json;as=Table;v=v1;g=meta.k8s.io")
                .json();

        assertThat(table.at("/rows/0/cells").toString()).isEqualTo("[\"b\",2,\"True\"]");
    }

    @Test
    void undefine_takesObjectsAndKindAway() {
        http.delete(DEFINITIONS + "/boats.sea.example.com");
        assertThat(http.get(BOATS).code()).isEqualTo(404);

        http.post(DEFINITIONS, DEFINITION);
        assertThat(http.get(BOATS).json().path("items")).isEmpty();
    }

    private static String boat(String name, String spec) {
        return "{'apiVersion':'sea.example.com/v1','kind':'Boat','metadata':{'name':'" + name + "'},'spec':{" + spec
                + "}}";
    }

    private static String sails(String items) {
        return "{'apiVersion':'sea.example.com/v1','kind':'Boat','spec':{'sails':[" + items + "]}}";
    }
}
