package io.berth.opennebula.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.driver.Failure;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TmOptionsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-t 3 -d shared,ssh,qcow2",
                "-d shared,ssh,qcow2 -t3 -w 90",
                "--threads=3 --tm-types shared,,ssh,qcow2, --timeout=90",
            })
    void everyOptionIsReadHoweverItIsWritten(String arguments) {
        assertThat(TmOptions.parse(List.of(arguments)))
                .isEqualTo(new TmOptions(3, Optional.of(Set.of("shared", "ssh", "qcow2"))));
    }

    @Test
    void whatIsNotSaidIsAsInOpenNebula() {
        assertThat(TmOptions.parse(List.of(""))).isEqualTo(new TmOptions(15, Optional.empty()));
    }

    @Test
    void anEmptyListIsAListOfNone() {
        assertThat(TmOptions.parse(List.of("-d")).drivers()).contains(Set.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-t 0", "-t many", "-x", "shared", "-p", "-d shared, ssh"})
    void whatMakesNoSenseIsRefused(String arguments) {
        assertThatThrownBy(() -> TmOptions.parse(List.of(arguments)))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo("mad.arguments"));
    }
}
