package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;

/** Objects as YAML, so that test tables read like manifests. */
final class Yaml {

    private Yaml() {}

    static ObjectNode object(String yaml) {
        return Serialization.unmarshal(yaml, ObjectNode.class);
    }
}
