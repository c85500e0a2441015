package io.berth.engine.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.DataSize;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {
    @ParameterizedTest
    @CsvSource({"1K,1024", "512M,536870912", "2G,2147483648", "2GiB,2147483648", "1T,1099511627776"})
    void sizesAreBinary(String text, long bytes) {
        assertThat(Sizes.parse(text)).contains(new DataSize(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1.5G", "1 G", "-1G", "1GB", "1g", "9999999999999T", "999999999999T"})
    void anythingElseIsNone(String text) {
        assertThat(Sizes.parse(text)).isEmpty();
    }
}
