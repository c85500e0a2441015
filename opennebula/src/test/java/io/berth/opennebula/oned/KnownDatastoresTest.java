package io.berth.opennebula.oned;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownDatastoresTest {
    private final List<Integer> asked = new ArrayList<>();
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private String trouble = "";
    private final KnownDatastores known = new KnownDatastores(this::answer, () -> now);

    private Datastore answer(int id) {
        asked.add(id);
        if (!trouble.isEmpty()) {
            throw Failure.of(FailureKind.ENVIRONMENT, trouble, "test").next("-").build();
        }
        return new Datastore(id, "ds", DatastoreType.SYSTEM, "ceph", "/x", Map.of());
    }

    @Test
    void aDatastoreIsAskedForOnceAMinute() {
        assertThat(known.datastore(100)).isPresent();
        assertThat(known.datastore(100)).isPresent();
        now = now.plus(Duration.ofSeconds(61));
        assertThat(known.datastore(100)).isPresent();

        assertThat(asked).containsExactly(100, 100);
    }

    @Test
    void aCoreThatGivesNoAnswerIsLeftAloneForAMinute() {
        trouble = "oned.unreachable";
        assertThat(known.datastore(100)).isEmpty();
        trouble = "";
        assertThat(known.datastore(101)).isEmpty();
        now = now.plus(Duration.ofSeconds(61));

        assertThat(known.datastore(101)).isPresent();
        assertThat(asked).containsExactly(100, 101);
    }

    @Test
    void whatIsKnownIsToldEvenWhenTheCoreIsSilentNow() {
        assertThat(known.datastore(100)).isPresent();
        trouble = "oned.no-answer";
        assertThat(known.datastore(101)).isEmpty();

        assertThat(known.datastore(100)).isPresent();
    }

    @Test
    void aDatastoreThatIsNoneSaysNothingAboutTheOthers() {
        trouble = "oned.no-such";
        assertThat(known.datastore(7)).isEmpty();
        trouble = "";

        assertThat(known.datastore(100)).isPresent();
    }
}
