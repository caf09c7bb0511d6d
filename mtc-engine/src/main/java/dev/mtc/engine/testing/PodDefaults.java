package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The values of a pod's specification where a client gave none, in pods and in templates alike. */
final class PodDefaults {

    private PodDefaults() {}

    static void fill(ObjectNode spec) {
        Trees.preset(spec, "restartPolicy", "Always");
        Trees.preset(spec, "terminationGracePeriodSeconds", 30);
        Trees.preset(spec, "dnsPolicy", "ClusterFirst");
        Trees.preset(spec, "schedulerName", "default-scheduler");
        Trees.in(spec, "securityContext");
        Trees.objects(spec.path("initContainers")).forEach(PodDefaults::fillContainer);
        Trees.objects(spec.path("containers")).forEach(PodDefaults::fillContainer);
        Trees.objects(spec.path("volumes")).forEach(PodDefaults::fillVolume);
    }

    private static void fillContainer(ObjectNode container) {
        Trees.in(container, "resources");
        Trees.preset(container, "terminationMessagePath", "/dev/termination-log");
        Trees.preset(container, "terminationMessagePolicy", "File");
        String image = Trees.text(container, "image");
        boolean tagged = image.contains("@")
                || image.substring(image.lastIndexOf('/') + 1).contains(":");
        boolean latest = !tagged || image.endsWith(":latest");
        Trees.preset(container, "imagePullPolicy", latest ? "Always" : "IfNotPresent");
        Trees.objects(container.path("ports")).forEach(port -> Trees.preset(port, "protocol", "TCP"));
    }

    private static void fillVolume(ObjectNode volume) {
        for (String source : new String[] {"secret", "configMap", "projected", "downwardAPI"}) {
            if (volume.get(source) instanceof ObjectNode present) {
                Trees.preset(present, "defaultMode", 420);
            }
        }
    }
}
