package io.berth.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class GuestProcessesTest {
    @TempDir
    Path state;

    private final String uuid = UUID.randomUUID().toString();
    private LocalHost host;

    @BeforeEach
    void open() {
        host = new LocalHost(state);
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void aGuestsProcessIsFoundByItsUuidAlone() throws Exception {
        var guest = fakeGuest("qemu-system-x86_64", uuid, "sleep 60");
        var other = fakeGuest("not-an-emulator", uuid, "sleep 60");
        try {
            Wait.until(() -> !list().isEmpty());
            assertThat(list()).isEqualTo(guest.pid() + " " + uuid + "\n");
            assertThat(host.read("berth-host", "guest-processes").output()).contains(guest.pid() + " " + uuid + "\n");
            assertThat(host.read(
                                    "berth-host",
                                    "guest-processes",
                                    UUID.randomUUID().toString())
                            .output())
                    .isEmpty();
        } finally {
            guest.destroyForcibly();
            other.destroyForcibly();
        }
    }

    @Test
    void endingAGuestWaitsUntilItIsGoneEvenIfItTakesNoNotice() throws Exception {
        var guest = fakeGuest("/usr/bin/qemu-system-x86_64", uuid, "trap '' TERM; while :; do sleep 1; done");
        Wait.until(() -> !list().isEmpty());
        var answer = host.read("berth-host", "end-process", Long.toString(guest.pid()), uuid);
        assertThat(answer.succeeded()).isTrue();
        assertThat(guest.waitFor(0, TimeUnit.SECONDS)).isTrue();
        assertThat(host.read("berth-host", "end-process", Long.toString(guest.pid()), uuid)
                        .succeeded())
                .isTrue();
    }

    @Test
    void aProcessThatIsAnotherGuestsIsSpared() throws Exception {
        var guest = fakeGuest("qemu-kvm", uuid, "sleep 60");
        try {
            Wait.until(() -> !list().isEmpty());
            var answer = host.read(
                    "berth-host",
                    "end-process",
                    Long.toString(guest.pid()),
                    UUID.randomUUID().toString());
            assertThat(answer.exitCode()).isEqualTo(HelperCommand.REFUSED);
            assertThat(guest.isAlive()).isTrue();
        } finally {
            guest.destroyForcibly();
        }
    }

    @Test
    void nonsenseIsRefused() {
        for (var bad : new String[] {"0", "1", "-1", "x", "", "99999999999999999999"}) {
            assertThat(host.read("berth-host", "end-process", bad, uuid).exitCode())
                    .isEqualTo(2);
        }
        assertThat(host.read("berth-host", "guest-processes", "../1").exitCode())
                .isEqualTo(2);
    }

    private String list() {
        return host.read("berth-host", "guest-processes", uuid).output();
    }

    /** A shell that looks like a guest in the list of processes. */
    private static Process fakeGuest(String name, String uuid, String script) throws IOException {
        return new ProcessBuilder(
                        "bash",
                        "-c",
                        "exec -a \"$1\" bash -c \"$2; :\" x -name g -uuid \"$3\" -S",
                        "x",
                        name,
                        script,
                        uuid)
                .start();
    }
}
