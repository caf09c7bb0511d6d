package dev.mtc.engine.internal.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.model.v1alpha1.MigCluster;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangesTest {

    private final List<String> told = new ArrayList<>();
    private final Changes<MigCluster> changes =
            new Changes<>(cluster -> told.add("spec"), cluster -> told.add("state"));

    private static MigCluster annotated(String annotation, String value) {
        MigCluster cluster = new MigCluster();
        cluster.setMetadata(new ObjectMetaBuilder()
                .withName("host")
                .addToAnnotations(annotation, value)
                .build());
        return cluster;
    }

    @ParameterizedTest
    @ValueSource(strings = {"openshift.io/touch", "work.mtc.dev/write"})
    void onUpdate_writtenByAController_isNoChange(String annotation) {
        changes.onUpdate(annotated(annotation, "1"), annotated(annotation, "2"));

        assertThat(told).isEmpty();
    }

    @Test
    void onUpdate_otherAnnotation_isAChange() {
        changes.onUpdate(annotated("mtc.dev/mover-image", "mover:1"), annotated("mtc.dev/mover-image", "mover:2"));

        assertThat(told).containsExactly("spec");
    }
}
