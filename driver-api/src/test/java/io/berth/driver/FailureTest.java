package io.berth.driver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureTest {
    private final Failure failure = named("host.unreachable");

    @Test
    void whatWentWrongBesidesIsNoted() {
        var other = named("storage.unreachable");

        failure.noteBeside(other);

        assertThat(failure.getSuppressed()).containsExactly(other);
    }

    @Test
    void aFailureThatIsToldTwiceIsNotNotedBesideItself() {
        failure.noteBeside(failure);

        assertThat(failure.getSuppressed()).isEmpty();
    }

    private static Failure named(String code) {
        return Failure.of(FailureKind.ENVIRONMENT, code, "it doesn't work")
                .next("try again")
                .build();
    }
}
