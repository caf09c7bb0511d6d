package dev.mtc.api.model.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalQuantityTest {

    @Test
    void convert_unknownSuffix_saysWhichThereAre() {
        assertThatThrownBy(() -> new CanonicalQuantity().convert(new Quantity("1", "GB")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'GB'")
                .hasMessageContaining("Gi");
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "0Gi,0",
        "10Gi,10Gi",
        "1024Mi,1Gi",
        "1536Mi,1536Mi",
        "1024,1024",
        "1000,1k",
        "1200,1200",
        "5000M,5G",
        "0.5,500m",
        "1.5Gi,1536Mi",
        "0.5Ki,512",
        "1500m,1500m",
        "2000m,2",
        "1e3,1e3",
        "12E,12E",
        "1Ei,1Ei",
        "1025Pi,1025Pi",
        "123456789012345678,123456789012345678",
        "1E6,1e6",
        "1k,1k",
        "-1024Ki,-1Mi",
        "0.1Gi,107374183"
    })
    void convert_quantity_isAsKubernetesWritesIt(String given, String canonical) {
        assertThat(new CanonicalQuantity().convert(Quantity.parse(given))).isEqualTo(canonical);
    }
}
