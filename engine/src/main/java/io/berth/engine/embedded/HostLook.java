package io.berth.engine.embedded;

import io.berth.core.Drivers;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.host.HostCommand;
import io.berth.driver.host.HostTransport;
import io.berth.engine.Finding;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Looks whether all that Berth needs of a host itself is there. Thread-safe. */
final class HostLook {
    /** Records of checkpoints are compared by their times; people compare logs. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private final HostRegistry registry;
    private final Drivers drivers;
    private final HostTransport transport;
    private final InstantSource clock;

    HostLook(HostRegistry registry, Drivers drivers, HostTransport transport, InstantSource clock) {
        this.registry = registry;
        this.drivers = drivers;
        this.transport = transport;
        this.clock = clock;
    }

    /** Only the connection when that is in trouble. */
    List<Finding> all(HostRef host) {
        var findings = new ArrayList<Finding>();
        findings.add(connection(host));
        if (findings.getFirst().isGood()) {
            findings.add(Finding.of("helper", () -> run(host, HostCommand.HELPER, "version")));
            findings.add(Finding.of("hypervisor", () -> hypervisor(host)));
            findings.add(Finding.of("clock", () -> clock(host)));
        }
        return List.copyOf(findings);
    }

    Finding connection(HostRef host) {
        return Finding.of("connection", () -> {
            var address = registry.entry(host).address();
            greet(host);
            return "the helper answers (" + address + ")";
        });
    }

    /**
     * Through the helper, as everything later.
     *
     * @throws Failure when it doesn't answer, or the host is unfit
     */
    void greet(HostRef host) {
        run(host, "uname", "-r");
    }

    private String hypervisor(HostRef host) {
        var hypervisor = drivers.hypervisor(host);
        var writers = new TreeSet<>(hypervisor.capabilities(host).writers());
        return hypervisor.type() + " (" + hypervisor.versions(host) + "), "
                + hypervisor.list(host).size() + " VMs, writers " + writers;
    }

    private String clock(HostRef host) {
        var asked = clock.millis();
        var there = milliseconds(host, run(host, "date", "+%s%3N"));
        var answered = clock.millis();
        // It was read at some moment in between.
        var ahead = Math.max(0, there - answered);
        var behind = Math.max(0, asked - there);
        var off = Duration.ofMillis(Math.max(ahead, behind));
        if (off.compareTo(TOLERANCE) > 0) {
            throw Failure.of(FailureKind.ENVIRONMENT, "host.clock-off", "the host's clock isn't the front-end's")
                    .host(host)
                    .why("it is " + off.toMillis() + " ms " + (ahead > 0 ? "ahead" : "behind"))
                    .next("have both follow a time service (chrony, systemd-timesyncd)")
                    .build();
        }
        return "within " + TOLERANCE.toMillis() + " ms of the front-end's";
    }

    private static long milliseconds(HostRef host, String answer) {
        try {
            return Long.parseLong(answer);
        } catch (NumberFormatException notANumber) {
            throw unfit(host, "date")
                    .why("it doesn't tell milliseconds")
                    .cause(notANumber)
                    .build();
        }
    }

    private String run(HostRef host, String... argv) {
        var answer = transport.run(host, HostCommand.reading(argv));
        if (!answer.succeeded()) {
            throw unfit(host, String.join(" ", argv))
                    .output(answer.errorOutput())
                    .build();
        }
        return answer.output().strip();
    }

    private static Failure.Builder unfit(HostRef host, String command) {
        return Failure.of(FailureKind.ENVIRONMENT, "host.unfit", "the host doesn't run a simple command")
                .host(host)
                .command(command)
                .next("run it there by hand");
    }
}
