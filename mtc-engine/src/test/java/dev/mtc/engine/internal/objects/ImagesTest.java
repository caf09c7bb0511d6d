package dev.mtc.engine.internal.objects;

import org.junit.jupiter.api.Test;

class ImagesTest {

    @Test
    void apply_cronJob_changesAllContainers() {
        TransformCase.of(
                        new Images(image -> image.replace("old/", "new/")),
                        "cronjobs.batch",
                        """
spec:
  jobTemplate:
    spec:
      template:
        spec:
          initContainers: [{name: i, image: old/init@sha256:aa}]
          containers: [{name: c, image: "old/web:1"}, {name: d, image: other/web}]
          ephemeralContainers: [{name: e, image: old/debug}]
""")
                .becomes(
                        """
spec:
  jobTemplate:
    spec:
      template:
        spec:
          initContainers: [{name: i, image: new/init@sha256:aa}]
          containers: [{name: c, image: "new/web:1"}, {name: d, image: other/web}]
          ephemeralContainers: [{name: e, image: new/debug}]
""");
    }

    @Test
    void apply_barePod_isChanged() {
        TransformCase.of(
                        new Images(image -> image.replace("old/", "new/")),
                        "pods",
                        """
spec: {containers: [{name: c, image: old/web}]}
""")
                .becomes("""
spec: {containers: [{name: c, image: new/web}]}
""");
    }

    @Test
    void apply_customResourceWithPodTemplate_isChanged() {
        TransformCase.of(
                        new Images(image -> image.replace("old/", "new/")),
                        "services.serving.knative.dev",
                        """
spec: {template: {spec: {containers: [{image: old/web}]}}}
""")
                .becomes("""
spec: {template: {spec: {containers: [{image: new/web}]}}}
""");
    }

    @Test
    void apply_imageStream_changesRegistryReferences() {
        TransformCase.of(
                        new Images(image -> image.replace("old/", "new/")),
                        "imagestreams.image.openshift.io",
                        """
spec: {tags: [{name: "1", from: {kind: DockerImage, name: old/web}}]}
""")
                .becomes("""
spec: {tags: [{name: "1", from: {kind: DockerImage, name: new/web}}]}
""");
    }

    @Test
    void apply_configMapNamingImage_isUntouched() {
        TransformCase.of(
                        new Images(image -> image.replace("old/", "new/")),
                        "configmaps",
                        """
data: {image: old/web}
""")
                .becomes("""
data: {image: old/web}
""");
    }
}
