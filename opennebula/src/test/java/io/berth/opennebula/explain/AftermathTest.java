package io.berth.opennebula.explain;

import static io.berth.opennebula.explain.GuestSight.ABSENT;
import static io.berth.opennebula.explain.GuestSight.PAUSED;
import static io.berth.opennebula.explain.GuestSight.RUNNING;
import static io.berth.opennebula.explain.GuestSight.UNASKED;
import static io.berth.opennebula.explain.GuestSight.UNTOLD;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.opennebula.explain.Aftermath.Word;
import io.berth.opennebula.explain.FolderSight.Presence;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AftermathTest {
    private static final Duration TOOK = Duration.ofSeconds(20);

    @ParameterizedTest
    @EnumSource(Word.class)
    void aGuestThatRunsThereAloneHasMovedWhateverTheScriptSays(Word word) {
        assertThat(moved(word, ABSENT, RUNNING)).isEqualTo(new Aftermath.Done());
    }

    @ParameterizedTest
    @EnumSource(Word.class)
    void aGuestThatIsStillAtItsHostAloneHasNotMovedWhateverTheScriptSays(Word word) {
        assertThat(moved(word, RUNNING, ABSENT)).isEqualTo(new Aftermath.NotDone());
        assertThat(moved(word, PAUSED, ABSENT)).isEqualTo(new Aftermath.NotDone());
    }

    /** It may end by itself the moment that it is there, or its end be what the script failed for. */
    @Test
    void aGuestThatIsAtNeitherHostContradictsNoWord() {
        assertThat(moved(Word.DONE, ABSENT, ABSENT)).isEqualTo(new Aftermath.Done());
        assertThat(moved(Word.FAILED, ABSENT, ABSENT)).isEqualTo(new Aftermath.NotDone());
        assertThat(moved(Word.NONE, ABSENT, ABSENT)).isInstanceOf(Aftermath.Untold.class);
    }

    /** What follows takes the directory away from one of both. */
    @ParameterizedTest
    @CsvSource({
        "FAILED, RUNNING, RUNNING",
        "DONE, RUNNING, RUNNING",
        "NONE, RUNNING, PAUSED",
        "FAILED, RUNNING, PAUSED",
        "DONE, PAUSED, PAUSED",
        "FAILED, ABSENT, PAUSED",
        "FAILED, BETWEEN, ABSENT",
        "NONE, BETWEEN, ABSENT",
        "DONE, BETWEEN, RUNNING",
        "FAILED, UNTOLD, RUNNING",
        "NONE, ABSENT, UNTOLD",
        "FAILED, ABSENT, UNTOLD",
        "DONE, UNTOLD, UNTOLD",
        "DONE, UNTOLD, ABSENT",
        "DONE, RUNNING, UNTOLD",
        "FAILED, UNASKED, ABSENT",
    })
    void aMoveThatLeavesADoubtIsNotGuessed(Word word, GuestSight source, GuestSight target) {
        assertThat(moved(word, source, target)).isInstanceOf(Aftermath.Untold.class);
    }

    @Test
    void aHostThatIsLostAfterAMoveThatSucceededIsNotWaitedFor() {
        assertThat(moved(Word.DONE, UNTOLD, RUNNING)).isEqualTo(new Aftermath.Done());
        assertThat(moved(Word.DONE, ABSENT, UNTOLD)).isEqualTo(new Aftermath.Done());
    }

    @Test
    void whereNobodyCanBeAskedTheWordIsAllThereIs() {
        assertThat(moved(Word.DONE, UNASKED, UNASKED)).isEqualTo(new Aftermath.Done());
        assertThat(moved(Word.FAILED, UNASKED, UNASKED)).isEqualTo(new Aftermath.NotDone());
        assertThat(saved(Word.FAILED, UNASKED, MemoryFile.COMPLETE, 1)).isEqualTo(new Aftermath.NotDone());
        assertThat(restored(Word.DONE, UNASKED)).isEqualTo(new Aftermath.Done());
    }

    @Test
    void whatIsMissingIsToldOfBothHosts() {
        assertThat(Aftermath.ofMove(
                        Word.NONE,
                        HostSight.untold("h1", "ssh ended with 255"),
                        new HostSight("h2", PAUSED, FolderSight.untold(), "")))
                .isEqualTo(new Aftermath.Untold("h1: ssh ended with 255, h2: paused"));
    }

    /** The core would start it anew beside its checkpoint. */
    @ParameterizedTest
    @EnumSource(
            value = Word.class,
            names = {"FAILED", "NONE"})
    void aGuestThatIsGoneAndWhoseMemoryWasWrittenMeanwhileIsSaved(Word word) {
        assertThat(saved(word, ABSENT, MemoryFile.COMPLETE, 3)).isEqualTo(new Aftermath.Done());
        assertThat(saved(word, ABSENT, MemoryFile.COMPLETE, -2))
                .as("a clock that is ahead")
                .isEqualTo(new Aftermath.Done());
    }

    /** Restored from, it would bring memory of long ago to the disks of today. */
    @Test
    void aCheckpointThatWasThereBeforeIsNoneOfThisSaves() {
        assertThat(saved(Word.FAILED, ABSENT, MemoryFile.COMPLETE, 3600)).isEqualTo(new Aftermath.NotDone());
        assertThat(saved(Word.NONE, ABSENT, MemoryFile.COMPLETE, 3600)).isInstanceOf(Aftermath.Untold.class);
    }

    @ParameterizedTest
    @CsvSource({
        "FAILED, RUNNING, COMPLETE, NotDone",
        "NONE, RUNNING, NONE, NotDone",
        "FAILED, PAUSED, UNFINISHED, NotDone",
        "FAILED, ABSENT, NONE, NotDone",
        "FAILED, ABSENT, UNFINISHED, NotDone",
        "FAILED, ABSENT, UNTOLD, Untold",
        "NONE, ABSENT, NONE, Untold",
        "NONE, ABSENT, UNFINISHED, Untold",
        "FAILED, BETWEEN, NONE, Untold",
        "FAILED, UNTOLD, COMPLETE, Untold",
    })
    void aSaveIsDoneOrNotByWhatItsHostShows(Word word, GuestSight guest, MemoryFile memory, String expected) {
        assertThat(saved(word, guest, memory, 3).getClass().getSimpleName()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "FAILED, RUNNING, Done",
        "NONE, RUNNING, Done",
        "FAILED, ABSENT, NotDone",
        "NONE, ABSENT, NotDone",
        "FAILED, PAUSED, Untold",
        "FAILED, BETWEEN, Untold",
        "NONE, UNTOLD, Untold",
    })
    void aRestoreIsDoneOrNotByWhatItsHostShows(Word word, GuestSight guest, String expected) {
        assertThat(restored(word, guest).getClass().getSimpleName()).isEqualTo(expected);
    }

    private static Aftermath moved(Word word, GuestSight source, GuestSight target) {
        return Aftermath.ofMove(word, host("h1", source), host("h2", target));
    }

    private static Aftermath restored(Word word, GuestSight guest) {
        return Aftermath.ofRestore(word, host("h1", guest));
    }

    private static HostSight host(String name, GuestSight guest) {
        return new HostSight(name, guest, FolderSight.untold(), "no answer");
    }

    private static Aftermath saved(Word word, GuestSight guest, MemoryFile memory, int age) {
        var folder = new FolderSight(Presence.THERE, "1", memory, "2", Optional.of(Duration.ofSeconds(age)), List.of());
        return Aftermath.ofSave(word, new HostSight("h1", guest, folder, ""), TOOK);
    }
}
