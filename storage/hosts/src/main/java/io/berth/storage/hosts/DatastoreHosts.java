package io.berth.storage.hosts;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.Printable;
import io.berth.driver.host.HostCommand;
import io.berth.driver.host.HostTransport;
import io.berth.driver.host.Questions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Runs commands on a datastore's hosts. Thread-safe. */
public final class DatastoreHosts {
    private final String datastore;
    private final List<HostRef> hosts;
    private final String wanted;
    private final HostTransport transport;

    /**
     * @param hosts of the datastore, nearest first; at least one
     * @param wanted what a host of the datastore does, for advice: {@code sees /srv/berth}
     */
    public DatastoreHosts(String datastore, List<HostRef> hosts, String wanted, HostTransport transport) {
        this.datastore = datastore;
        this.hosts = List.copyOf(hosts);
        this.wanted = wanted;
        this.transport = transport;
    }

    /** On that host and no other. */
    public HostAnswer on(HostRef host, HostCommand command) {
        return new HostAnswer(host, command, transport.run(host, command));
    }

    /** Changes a file: on the first host that can be reached. Once it was sent, no other host is asked. */
    public HostAnswer change(HostCommand command) {
        return onFirst(() -> command, DatastoreHosts::wasNeverSent);
    }

    /**
     * Reads files: on the first host that answers, so that one whose mount hangs doesn't blind the others.
     *
     * @param command made anew for each host, with a listener of its own
     */
    public HostAnswer read(Supplier<HostCommand> command) {
        return onFirst(command, failure -> wasNeverSent(failure) || failure.isUnknownOutcome());
    }

    /** Asks every host that can be reached, all at the same time; the answers in the order of the settings. */
    public <T> List<T> onEachReachable(Function<HostRef, T> question) {
        try (var questions = Questions.atOnce()) {
            var asked = hosts.stream()
                    .map(host -> questions.ask(() -> question.apply(host)))
                    .toList();
            var answers = new ArrayList<T>();
            for (var answer : asked) {
                try {
                    answers.add(answer.get());
                } catch (Failure failure) {
                    if (!wasNeverSent(failure)) {
                        throw failure;
                    }
                }
            }
            return answers;
        }
    }

    private HostAnswer onFirst(Supplier<HostCommand> command, Predicate<Failure> tryNext) {
        var refusals = new ArrayList<String>();
        for (var host : hosts) {
            try {
                return on(host, command.get());
            } catch (Failure failure) {
                if (!tryNext.test(failure)) {
                    throw failure;
                }
                refusals.add(failure.getMessage());
            }
        }
        throw Failure.of(
                        FailureKind.STORAGE,
                        "storage.unreachable",
                        "no host of datastore " + Printable.line(datastore) + " answers")
                .why(String.join("; ", refusals))
                .next("bring one of its hosts back or add one that " + Printable.line(wanted))
                .build();
    }

    private static boolean wasNeverSent(Failure failure) {
        return failure.kind() == FailureKind.ENVIRONMENT;
    }
}
