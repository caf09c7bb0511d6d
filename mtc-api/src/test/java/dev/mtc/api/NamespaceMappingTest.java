package dev.mtc.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamespaceMappingTest {

    @Test
    void toString_isAsMtcWritesIt() {
        assertThat(new NamespaceMapping("a", "a")).hasToString("a").matches(mapping -> !mapping.isRename());
        assertThat(new NamespaceMapping("a", "b")).hasToString("a:b").matches(NamespaceMapping::isRename);
    }
}
