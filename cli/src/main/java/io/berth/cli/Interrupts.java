package io.berth.cli;

/** Ctrl-C and SIGTERM. */
interface Interrupts {
    /** Runs {@code listener} at each of them instead of ending the process, until closed. */
    Listening listen(Runnable listener);

    /** Ends the process at once. Only when nothing is under way. */
    void endProcess(int exitCode);

    /** Nobody interrupts. */
    static Interrupts none() {
        return new Interrupts() {
            @Override
            public Listening listen(Runnable listener) {
                return () -> {};
            }

            @Override
            public void endProcess(int exitCode) {
                throw new IllegalStateException("nothing to end here");
            }
        };
    }

    /** Until closed. */
    @FunctionalInterface
    interface Listening extends AutoCloseable {
        @Override
        void close();
    }
}
