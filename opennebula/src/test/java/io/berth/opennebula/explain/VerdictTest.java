package io.berth.opennebula.explain;

import static io.berth.opennebula.explain.GuestSight.ABSENT;
import static io.berth.opennebula.explain.GuestSight.BETWEEN;
import static io.berth.opennebula.explain.GuestSight.PAUSED;
import static io.berth.opennebula.explain.GuestSight.RUNNING;
import static io.berth.opennebula.explain.GuestSight.UNTOLD;
import static io.berth.opennebula.explain.HostLook.FRONT_END;
import static io.berth.opennebula.explain.MemoryFile.COMPLETE;
import static io.berth.opennebula.explain.MemoryFile.UNFINISHED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.berth.opennebula.explain.Verdict.Standing;
import io.berth.opennebula.oned.Recovery;
import io.berth.opennebula.oned.VmState;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class VerdictTest {
    static Stream<Arguments> recoveries() {
        return Stream.of(
                told(
                        "a save that left its guest running failed",
                        scene("SAVE_SUSPEND").guest("h2", RUNNING),
                        Recovery.FAILURE),
                told(
                        "a save whose file is complete succeeded",
                        scene("SAVE_SUSPEND").memory("h2", COMPLETE),
                        Recovery.SUCCESS),
                told("so did one to a block device", scene("SAVE_STOP").block(), Recovery.SUCCESS),
                told(
                        "a save that left nothing failed",
                        scene("SAVE_SUSPEND").memory("h2", UNFINISHED),
                        Recovery.FAILURE),
                told(
                        "a save before a migration is of the host before",
                        scene("SAVE_MIGRATE").guest("h1", RUNNING),
                        Recovery.FAILURE),
                told("and its file is there", scene("SAVE_MIGRATE").memory("h1", COMPLETE), Recovery.SUCCESS),
                told(
                        "a file that both hosts see is one",
                        scene("SAVE_MIGRATE").memory("h1", COMPLETE, "x").memory("h2", COMPLETE, "x"),
                        Recovery.SUCCESS),
                told(
                        "a guest that runs where it was to be restored was",
                        scene("BOOT_SUSPENDED").guest("h2", RUNNING),
                        Recovery.SUCCESS),
                told(
                        "even beside its own old file",
                        scene("BOOT_SUSPENDED").guest("h2", RUNNING).memory("h2", COMPLETE),
                        Recovery.SUCCESS),
                told(
                        "a restore that left its file can be repeated",
                        scene("BOOT_SUSPENDED").memory("h2", COMPLETE),
                        Recovery.RETRY),
                told("after a failure too", scene("BOOT_STOPPED_FAILURE").block(), Recovery.RETRY),
                told("a migration that arrived succeeded", scene("MIGRATE").guest("h2", RUNNING), Recovery.SUCCESS),
                told("one that never left failed", scene("MIGRATE").guest("h1", RUNNING), Recovery.FAILURE),
                told("a guest that was started runs", scene("BOOT").guest("h2", RUNNING), Recovery.SUCCESS),
                told("one that wasn't can be", scene("BOOT_FAILURE"), Recovery.RETRY),
                told("a retry of an undeployed VM would restore nothing", scene("BOOT_UNDEPLOY"), Recovery.FAILURE),
                told("a guest that is gone has ended", scene("SHUTDOWN_POWEROFF"), Recovery.SUCCESS),
                told("one that is there hasn't", scene("SHUTDOWN").guest("h2", RUNNING), Recovery.FAILURE),
                told(
                        "a folder that hasn't moved can be moved",
                        scene("PROLOG_MIGRATE_FAILURE").memory("h1", COMPLETE),
                        Recovery.RETRY),
                told(
                        "one that has arrived has",
                        scene("PROLOG_MIGRATE_FAILURE").memory("h2", COMPLETE),
                        Recovery.SUCCESS),
                told(
                        "without memory too",
                        scene("PROLOG_MIGRATE_POWEROFF_FAILURE").folder("h2"),
                        Recovery.SUCCESS),
                told(
                        "on its way to the front-end too",
                        scene("EPILOG_STOP_FAILURE").memory("h2", COMPLETE),
                        Recovery.RETRY),
                told("and from there", scene("PROLOG_RESUME_FAILURE").memory(FRONT_END, COMPLETE), Recovery.RETRY),
                told(
                        "nothing is brought on storage that both see",
                        Scene.of(VmState.PROLOG_MIGRATE_POWEROFF, "qcow2")
                                .folder("h1", "x")
                                .folder("h2", "x"),
                        Recovery.RETRY),
                told("disks can be made again", scene("PROLOG_FAILURE"), Recovery.RETRY),
                told("and removed", scene("EPILOG_FAILURE"), Recovery.RETRY));
    }

    static Stream<Arguments> nothing() {
        return Stream.of(
                none(
                        "a paused guest may be in the middle of it",
                        scene("SAVE_SUSPEND").guest("h2", PAUSED),
                        Standing.OPEN),
                none("in a migration too", scene("MIGRATE").guest("h2", PAUSED), Standing.OPEN),
                none(
                        "a host that gives no answer may hold it",
                        scene("SAVE_SUSPEND").guest("h2", UNTOLD),
                        Standing.OPEN),
                none(
                        "the one before too",
                        scene("SAVE_SUSPEND").guest("h1", UNTOLD).memory("h2", COMPLETE),
                        Standing.OPEN),
                none(
                        "a guest in no clear state tells nothing",
                        scene("SHUTDOWN").guest("h2", BETWEEN),
                        Standing.OPEN),
                none(
                        "a file that can't be read may be it",
                        scene("SAVE_SUSPEND").memory("h2", MemoryFile.UNTOLD),
                        Standing.OPEN),
                none(
                        "so may a volume that can't be looked at",
                        scene("SAVE_SUSPEND").silent("ceph"),
                        Standing.OPEN),
                none(
                        "Berth itself isn't done",
                        scene("SAVE_SUSPEND").guest("h2", RUNNING).unfinished(),
                        Standing.OPEN),
                none(
                        "a guest on two hosts",
                        scene("MIGRATE").guest("h1", RUNNING).guest("h2", RUNNING),
                        Standing.AT_ODDS),
                none(
                        "half on one and half on the other",
                        scene("MIGRATE").guest("h1", PAUSED).guest("h2", PAUSED),
                        Standing.AT_ODDS),
                none(
                        "a paused guest beside a complete file",
                        scene("SAVE_SUSPEND").guest("h2", PAUSED).memory("h2", COMPLETE),
                        Standing.AT_ODDS),
                none(
                        "a guest beside a complete block",
                        scene("BOOT_SUSPENDED").guest("h2", RUNNING).block(),
                        Standing.AT_ODDS),
                none(
                        "two different files",
                        scene("SAVE_MIGRATE").memory("h1", COMPLETE).memory("h2", COMPLETE),
                        Standing.AT_ODDS),
                none("a guest where OpenNebula never put it", scene("BOOT").elsewhere("h9"), Standing.AT_ODDS),
                none(
                        "saved where the restore doesn't look",
                        scene("BOOT_MIGRATE").memory("h1", COMPLETE),
                        Standing.AT_ODDS),
                none("nothing to restore", scene("BOOT_SUSPENDED"), Standing.AT_ODDS),
                none("a start that would lose its memory", scene("BOOT").memory("h2", COMPLETE), Standing.AT_ODDS),
                none(
                        "a restore while it runs where it was",
                        scene("BOOT_MIGRATE").guest("h1", RUNNING),
                        Standing.AT_ODDS),
                none("suspended to OpenNebula and running", scene("SUSPENDED").guest("h2", RUNNING), Standing.AT_ODDS),
                none("off to OpenNebula and running", scene("POWEROFF").guest("h2", RUNNING), Standing.AT_ODDS),
                none("suspended without a checkpoint", scene("SUSPENDED"), Standing.AT_ODDS),
                none("running to OpenNebula and saved", scene("RUNNING").block(), Standing.AT_ODDS),
                none("running at the wrong host", scene("RUNNING").guest("h1", RUNNING), Standing.AT_ODDS),
                none(
                        "folders at both ends may be halves",
                        scene("PROLOG_MIGRATE_FAILURE").folder("h1").memory("h2", COMPLETE),
                        Standing.AT_ODDS),
                none(
                        "the same folder, and a driver that removes the source's",
                        scene("PROLOG_MIGRATE_POWEROFF").folder("h1", "x").folder("h2", "x"),
                        Standing.AT_ODDS),
                none(
                        "an end that can't be seen",
                        scene("PROLOG_MIGRATE_POWEROFF").folder("h1").folderUntold("h2"),
                        Standing.OPEN),
                none(
                        "arrived without its memory",
                        scene("PROLOG_MIGRATE_FAILURE").folder("h2").memory(FRONT_END, COMPLETE),
                        Standing.AT_ODDS),
                none(
                        "a migration whose memory is gone",
                        scene("PROLOG_MIGRATE_FAILURE").folder("h1"),
                        Standing.AT_ODDS),
                none("removal while it runs", scene("EPILOG").guest("h2", RUNNING), Standing.AT_ODDS),
                none("lost on the way", scene("MIGRATE"), Standing.AT_ODDS),
                none("a disk is attached", scene("HOTPLUG").guest("h2", RUNNING), Standing.OPEN),
                none("a state nobody has heard of", Scene.of(VmState.UNHEARD_OF).guest("h2", RUNNING), Standing.OPEN),
                none("running and found gone", scene("RUNNING"), Standing.OPEN),
                none("it runs as OpenNebula says", scene("RUNNING").guest("h2", RUNNING), Standing.AGREED),
                none("it is saved as OpenNebula says", scene("SUSPENDED").memory("h2", COMPLETE), Standing.AGREED),
                none("it is off as OpenNebula says", scene("UNDEPLOYED"), Standing.AGREED));
    }

    private static Scene scene(String state) {
        return Scene.of(VmState.valueOf(state));
    }

    private static Arguments told(String what, Scene scene, Recovery recovery) {
        return arguments(what, scene, recovery);
    }

    private static Arguments none(String what, Scene scene, Standing standing) {
        return arguments(what, scene, standing);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recoveries")
    void isSafeToTell(String what, Scene scene, Recovery recovery) {
        var verdict = scene.explained().verdict();

        assertThat(verdict.recovery()).as(what + ": " + verdict.why()).contains(recovery);
        assertThat(verdict.standing()).isEqualTo(Standing.RECOVERABLE);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nothing")
    void nothingIsToldWhen(String what, Scene scene, Standing standing) {
        var verdict = scene.explained().verdict();

        assertThat(verdict.recovery()).as(what).isEmpty();
        assertThat(verdict.standing()).as(what + ": " + verdict.why()).isEqualTo(standing);
        if (standing != Standing.AGREED) {
            assertThat(verdict.next()).as("what to do").isNotEmpty();
        }
    }

    /** Over all states: no recovery without knowing, none with two of it, and never one that deletes. */
    @ParameterizedTest
    @EnumSource(VmState.class)
    void whatIsNotKnownIsNeverGuessed(VmState state) {
        for (var guest : GuestSight.values()) {
            var unknown = Scene.of(state).guest("h1", UNTOLD).guest("h2", guest).explained();
            var twice = Scene.of(state)
                    .guest("h1", RUNNING)
                    .guest("h2", guest)
                    .block()
                    .explained();

            assertThat(unknown.verdict().recovery()).isEmpty();
            assertThat(twice.verdict().recovery()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(VmState.class)
    void aRecoveryNeverDeletesAndFitsWhatIsThere(VmState state) {
        for (var guest : new GuestSight[] {ABSENT, RUNNING, PAUSED}) {
            for (var memory : MemoryFile.values()) {
                var explanation =
                        Scene.of(state).memory("h2", memory).guest("h2", guest).explained();

                assertThat(explanation.verdict().recovery()).isNotEqualTo(Optional.of(Recovery.DELETE));
                if (explanation.truth() instanceof Truth.Runs) {
                    assertThat(explanation.verdict().recovery())
                            .as("a retry would save, start or move what already runs")
                            .isNotEqualTo(Optional.of(Recovery.RETRY));
                }
            }
        }
    }

    @Test
    void onlyAStateThatHasFailedIsSurelyOver() {
        assertThat(scene("BOOT_STOPPED_FAILURE").block().explained().mayBeUnderWay())
                .isFalse();
        assertThat(scene("BOOT_STOPPED").block().explained().mayBeUnderWay()).isTrue();
        assertThat(Arrays.stream(VmState.values()).filter(VmState::hasFailed)).hasSize(15);
    }
}
