package io.berth.core.operation;

import io.berth.driver.HostRef;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Asks many hosts the same. */
@FunctionalInterface
public interface Fanout {
    /** The answers by host, in the order of the hosts; a question may not throw. */
    <T> Map<HostRef, T> ask(Collection<HostRef> hosts, Function<HostRef, T> question);

    /** One host after the other. */
    static Fanout inTurn() {
        return new Fanout() {
            @Override
            public <T> Map<HostRef, T> ask(Collection<HostRef> hosts, Function<HostRef, T> question) {
                var answers = new LinkedHashMap<HostRef, T>();
                hosts.forEach(host -> answers.put(host, question.apply(host)));
                return answers;
            }
        };
    }

    /** All at once: a host that doesn't answer costs its timeout once, not once for each. */
    static Fanout atOnce() {
        return new Fanout() {
            @Override
            public <T> Map<HostRef, T> ask(Collection<HostRef> hosts, Function<HostRef, T> question) {
                if (hosts.size() < 2) {
                    return inTurn().ask(hosts, question);
                }
                var answers = new LinkedHashMap<HostRef, T>();
                try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                    var asked = new LinkedHashMap<HostRef, Future<T>>();
                    for (var host : hosts) {
                        Callable<T> task = () -> question.apply(host);
                        asked.put(host, threads.submit(task));
                    }
                    asked.forEach((host, answer) -> answers.put(host, get(answer)));
                }
                return answers;
            }
        };
    }

    private static <T> T get(Future<T> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while hosts were asked", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a question to a host failed", e.getCause());
        }
    }
}
