package io.berth.cli;

import java.util.ArrayList;
import java.util.List;

/** Fake signals: a test is who presses Ctrl-C. */
final class FakeInterrupts implements Interrupts {
    private final List<Runnable> listeners = new ArrayList<>();
    final List<Integer> ended = new ArrayList<>();

    void press() {
        List.copyOf(listeners).forEach(Runnable::run);
    }

    boolean isListenedTo() {
        return !listeners.isEmpty();
    }

    @Override
    public Listening listen(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public void endProcess(int exitCode) {
        ended.add(exitCode);
    }
}
