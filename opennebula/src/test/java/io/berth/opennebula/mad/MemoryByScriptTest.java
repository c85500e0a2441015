package io.berth.opennebula.mad;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.opennebula.standin.Requests;
import io.berth.opennebula.standin.StandInOned;
import io.berth.opennebula.standin.StubSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A site's own scripts save, restore and move a guest, and what they say of it isn't always so: stock's migration ends with
 * the code of the clock's setting at the target (OpenNebula/one#6634). What libvirt says at hosts is a stand-in's, read from a
 * file for each.
 */
@Timeout(120)
class MemoryByScriptTest {
    private static final String WAITS = "LOG W 5 No answer until it is known where the VM is: ";

    @TempDir
    Path folder;

    private final List<String> done = new ArrayList<>();

    private StubSite site;

    @BeforeEach
    void buildSite() throws IOException {
        site = new StubSite(folder);
        site.installOnHosts("virsh", """
                state=$(cat %s/"$STUB_HOST" 2>/dev/null)
                [ "$state" = silent ] && exit 1
                case "$*" in
                  *list*) [ -z "$state" ] || echo one-5 ;;
                  *domstate*) echo "$state" ;;
                esac""".formatted(folder));
    }

    /** At once: whoever looks sees the one or the other. */
    private void guest(String host, String state) throws IOException {
        var written = Files.writeString(folder.resolve("written"), state);
        Files.move(written, folder.resolve(host), StandardCopyOption.ATOMIC_MOVE);
    }

    @ParameterizedTest
    @CsvSource({"0", "1"})
    void aGuestThatIsAtTheTargetHasMovedWhateverTheScriptSays(int code) throws IOException {
        site.behave("migrate", code, "", "the clock can't be set\n");
        guest("node2", "running");

        assertThat(migrate()).last().isEqualTo("MIGRATE SUCCESS 5 -");
        assertThat(scripts()).containsExactly("premigrate", "pre", "migrate", "clean", "post", "postmigrate");
    }

    @Test
    void aGuestThatIsAtItsHostHasNotMovedThoughTheScriptSaysSo() throws IOException {
        guest("node1", "running");

        assertThat(migrate().getLast())
                .isEqualTo("MIGRATE FAILURE 5 The script says that it is done, but the guest is where it was");
        assertThat(scripts()).as("its directory stays").containsExactly("premigrate", "pre", "migrate", "failmigrate");
    }

    @Test
    void aGuestThatIsAtItsHostHasNotMovedAndTheScriptsReasonIsTheAnswer() throws IOException {
        site.behave("migrate", 1, "", "no route\n");
        guest("node1", "running");

        assertThat(migrate().getLast()).startsWith("MIGRATE FAILURE 5 no route");
        assertThat(scripts()).last().isEqualTo("failmigrate");
    }

    /** Until it is known what is where, neither host's storage is touched. */
    @ParameterizedTest
    @CsvSource({
        "running, running, '', running, MIGRATE SUCCESS, postmigrate",
        "running, running, running, '', MIGRATE FAILURE, failmigrate",
        "running, paused, '', running, MIGRATE SUCCESS, postmigrate",
        "'', paused, '', running, MIGRATE SUCCESS, postmigrate",
        "running, silent, running, '', MIGRATE FAILURE, failmigrate",
        "silent, running, '', running, MIGRATE SUCCESS, postmigrate",
    })
    void whatIsNotKnownIsHeldBackUntilItIs(
            String source, String target, String laterAtSource, String laterAtTarget, String answer, String last)
            throws IOException {
        site.behave("migrate", 1, "", "lost it\n");
        guest("node1", source);
        guest("node2", target);
        try (var oned = start()) {
            oned.say(request());
            oned.hearUntil(line -> line.startsWith(WAITS));
            assertThat(scripts()).containsExactly("premigrate", "pre", "migrate");

            guest("node1", laterAtSource);
            guest("node2", laterAtTarget);

            assertThat(oned.hearUntil(line -> line.startsWith("MIGRATE ")).getLast())
                    .startsWith(answer);
            assertThat(scripts()).last().isEqualTo(last);
        }
    }

    /** The connection is lost, and the script goes on by itself. */
    @Test
    void aScriptThatWasLostSightOfIsWaitedForAsLongAsItRuns() throws IOException {
        site.behave("migrate", losesItsConnectionAndGoesOn());
        site.letHostsFindProcesses();
        guest("node1", "running");
        try (var oned = start()) {
            oned.say(request());
            assertThat(oned.hearUntil(line -> line.startsWith(WAITS)).getLast()).contains("node1: between");

            guest("node1", "");
            guest("node2", "running");
            Files.delete(folder.resolve("goes-on"));

            assertThat(oned.hearUntil(line -> line.startsWith("MIGRATE ")).getLast())
                    .isEqualTo("MIGRATE SUCCESS 5 -");
        }
    }

    @Test
    void aHostThatWasNeverReachedHasMovedNothingAndIsNotAsked() throws IOException {
        site.behave("pre", "touch " + folder + "/no-host");

        assertThat(migrate().getLast()).startsWith("MIGRATE FAILURE 5 ");
        assertThat(scripts()).containsExactly("premigrate", "pre", "failmigrate");
    }

    @Test
    void whoTakesTheRequestBackIsNotAnsweredAndNothingIsTidiedUp() throws IOException {
        site.behave("migrate", 1, "", "lost it\n");
        guest("node1", "silent");
        try (var oned = start()) {
            oned.say(request());
            oned.hearUntil(line -> line.startsWith(WAITS));
            oned.say("DRIVER_CANCEL  5 ");
            assertThat(oned.hear()).isEqualTo("LOG I 5 Driver command for 5 cancelled");
            oned.say("FINALIZE");

            assertThat(oned.end()).isEqualTo(Driver.End.FINISHED);
            assertThat(oned.isQuiet()).isTrue();
        }
        assertThat(scripts()).containsExactly("premigrate", "pre", "migrate");
    }

    /** The core would take it for running, and start it anew beside its checkpoint. */
    @ParameterizedTest
    @CsvSource({"exit 1", "kill -9 $PPID"})
    void aSaveThatIsDoneIsASuccessWhateverTheScriptSays(String end) throws IOException {
        site.behave("save", "printf LibvirtQemudSave >\"$(cat \"$call/arguments\" | cut -d '' -f 2)\"; " + end);
        Files.createDirectories(Path.of(site.asHere("/var/lib/one/datastores/100/5")));

        assertThat(save()).last().isEqualTo("SAVE SUCCESS 5 -");
        assertThat(scripts()).containsExactly("save", "clean");
    }

    @Test
    void aSaveOfAGuestThatRunsOnHasFailed() throws IOException {
        site.behave("save", 1, "", "no room\n");
        guest("node1", "running");

        assertThat(save().getLast()).startsWith("SAVE FAILURE 5 no room");
    }

    /** Stock calls it a failure, and the script goes on. */
    @Test
    void aSaveThatWasLostSightOfIsAnsweredWhenItsScriptHasEnded() throws IOException {
        site.behave("save", losesItsConnectionAndGoesOn());
        site.letHostsFindProcesses();
        guest("node1", "running");
        try (var oned = start()) {
            oned.say(request("SAVE", "node1"));
            oned.hearUntil(line -> line.startsWith(WAITS));

            Files.delete(folder.resolve("goes-on"));

            assertThat(oned.hearUntil(line -> line.startsWith("SAVE ")).getLast())
                    .startsWith("SAVE FAILURE 5 ");
        }
    }

    /** Ending it, or restoring it elsewhere, is what a failure would lead to. */
    @Test
    void aRestoreIsASuccessWhenTheGuestRunsAndAnsweredOnlyWhenThatIsKnown() throws IOException {
        site.behave("restore", 1, "", "can't remove the file\n");
        guest("node1", "paused");
        try (var oned = start()) {
            oned.say(request("RESTORE", "node1"));
            oned.hearUntil(line -> line.startsWith(WAITS));

            guest("node1", "running");

            assertThat(oned.hearUntil(line -> line.startsWith("RESTORE ")).getLast())
                    .isEqualTo("RESTORE SUCCESS 5 -");
        }
        assertThat(scripts()).containsExactly("pre", "restore", "post");
    }

    @Test
    void aRestoreWhoseGuestIsNotThereHasFailed() throws IOException {
        site.behave("restore", 1, "", "no memory\n");

        try (var oned = start()) {
            assertThat(oned.ask(request("RESTORE", "node1")).getLast()).startsWith("RESTORE FAILURE 5 no memory");
        }
    }

    /** Until it may end, or the test has. */
    private String losesItsConnectionAndGoesOn() throws IOException {
        var goesOn = Files.createFile(folder.resolve("goes-on"));
        return "exec </dev/null >/dev/null 2>&1; kill -9 $PPID; while [ -e " + goesOn + " ]; do sleep 0.05; done";
    }

    private List<String> save() throws IOException {
        try (var oned = start()) {
            return oned.ask(request("SAVE", "node1"));
        }
    }

    private String request(String action, String host) {
        return Requests.line(
                action, 5, site.asHere(Requests.message(5, host, "", "<NIC><VN_MAD>bridge</VN_MAD></NIC>")));
    }

    private List<String> migrate() throws IOException {
        try (var oned = start()) {
            return oned.ask(request());
        }
    }

    private StandInOned start() throws IOException {
        return new StandInOned(site.settings("-t 15 -r 0 kvm -p"));
    }

    private String request() {
        var command = "<TM_COMMAND><![CDATA[MIGRATE shared node1 node2 /d 5 100\n]]></TM_COMMAND>";
        return Requests.line(
                "MIGRATE",
                5,
                site.asHere(Requests.message(5, "node1", command, "<NIC><VN_MAD>bridge</VN_MAD></NIC>")
                        .replace("<MIGR_HOST></MIGR_HOST>", "<MIGR_HOST>node2</MIGR_HOST>")));
    }

    /** All since the start. */
    private List<String> scripts() throws IOException {
        site.takeCalls()
                .forEach(
                        call -> done.add(call.program().substring(call.program().lastIndexOf('/') + 1)));
        return done;
    }
}
