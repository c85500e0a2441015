package io.berth.storage.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.storage.StorageCapabilities;
import io.berth.storage.script.ScriptTrial.Result;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether the trial that authors run lets good scripts pass and notices each mistake. */
class ScriptTrialTest {
    /** Mistakes that authors make, each with the promise that it breaks. */
    enum Mistake {
        FORGOTTEN("attach", "", "every script is there, and can be executed"),
        CHATTY("list", "echo 'Volumes:'; exec \"$0.sound\"", "list and devices tell what is there"),
        WRONG_UNIT("capacity", "echo '10 20'", "capacity tells room"),
        ONLY_SAYS_SO("create", "exit 0", "create makes a volume that list names"),
        TWICE_IS_AN_ERROR(
                "create",
                "\"${0%/*}/list\" | grep -q \"^$1 \" && exit 1; exec \"$0.sound\" \"$@\"",
                "create again changes nothing"),
        EMPTIES_WHAT_IS_THERE(
                "create",
                "rm -f \"$BERTH_PARAMETER_FOLDER/$1.img\"; exec \"$0.sound\" \"$@\"",
                "create again changes nothing"),
        ATTACHES_NOTHING("attach", "exit 0", "attach makes a device that can be written to its end"),
        CAN_T_ATTACH_AGAIN(
                "attach",
                "\"${0%/*}/devices\" \"$2\" | grep -q \"^$1 \" && exit 1; exec \"$0.sound\" \"$@\"",
                "attach again changes nothing"),
        REFUSES_WITHOUT_A_CODE(
                "attach", "\"$0.sound\" \"$@\" || exit 1", "attach of a volume that isn't there is refused"),
        LOSES_CONTENT(
                "detach",
                "\"$0.sound\" \"$@\"; truncate --size 0 \"$BERTH_PARAMETER_FOLDER/$1.img\";"
                        + " truncate --size 8388608 \"$BERTH_PARAMETER_FOLDER/$1.img\"",
                "detach takes the device away and keeps the content"),
        CAN_T_DETACH_AGAIN(
                "detach",
                "\"${0%/*}/devices\" \"$2\" | grep -q \"^$1 \" || exit 1; exec \"$0.sound\" \"$@\"",
                "detach again changes nothing"),
        DELETES_TOO_MUCH(
                "delete", "rm -f \"$BERTH_PARAMETER_FOLDER/$1\"*.img", "delete removes that volume, and no other"),
        CAN_T_DELETE_AGAIN(
                "delete",
                "\"${0%/*}/list\" | grep -q \"^$1 \" || exit 1; exec \"$0.sound\" \"$@\"",
                "delete again changes nothing");

        private final String script;
        private final String lines;
        private final String promise;

        Mistake(String script, String lines, String promise) {
            this.script = script;
            this.lines = lines;
            this.promise = promise;
        }
    }

    private final StandInWorld world = new StandInWorld();

    @Test
    void theExamplesScriptsKeepEachPromiseAndNothingIsLeft() {
        try (world) {
            var results = world.trial().run();

            assertThat(results).noneMatch(Result.Broken.class::isInstance);
            assertThat(results)
                    .filteredOn(Result.Untried.class::isInstance)
                    .singleElement()
                    .satisfies(result -> assertThat(result.promise()).startsWith("grow"));
            assertThat(world.driver().volumes().list()).isEmpty();
            assertThat(world.driver().ledger().list()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMistakeBreaksItsPromise(Mistake mistake) {
        try (world) {
            world.hosts.rename(mistake.script, mistake.script + ".sound");
            if (!mistake.lines.isEmpty()) {
                world.hosts.replace(mistake.script, "#!/bin/sh\n" + mistake.lines + "\n");
            }

            var result = world.trial().tryOne(mistake.promise);

            assertThat(result).isInstanceOf(Result.Broken.class);
            assertThat(((Result.Broken) result).why().next()).isNotBlank();
        }
    }

    @Test
    void aSecondHostThatMayNotHaveItMustBeRefusedIt() {
        var alone = new StorageCapabilities(true, false, true, false, false);
        try (world;
                var strict = new StandInWorld(alone, List.of(), Map.of())) {
            assertThat(strict.trial().tryOne("two hosts at once: as the configuration says"))
                    .isInstanceOf(Result.Broken.class);
        }
    }
}
