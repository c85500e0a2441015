package io.berth.cli.output;

import io.berth.driver.DataSize;
import java.io.PrintStream;
import java.util.Locale;

/** One line at the bottom of a terminal that tells how far things are. Thread-safe. */
public final class ProgressLine {
    private static final long LOOK_AT_MOST_EVERY = 80_000_000;
    private static final int BAR = 24;
    private static final String CLEAR = "\r\u001b[K";

    private final PrintStream terminal;
    private final int columns;
    private String text = "";
    private long begun;
    private long shown;
    private boolean visible;

    public ProgressLine(PrintStream terminal, int columns) {
        this.terminal = terminal;
        this.columns = columns;
    }

    /** Something new is done. */
    public synchronized void begin(String what) {
        text = what;
        begun = System.nanoTime();
        shown = 0;
        show("  " + what);
    }

    public synchronized void moved(DataSize done, DataSize expected) {
        var now = System.nanoTime();
        if (now - shown < LOOK_AT_MOST_EVERY) {
            return;
        }
        shown = now;
        show(bar(done, expected) + " " + done + rate(done, now - begun) + "  " + text);
    }

    /** Leaves no trace. */
    public synchronized void clear() {
        if (visible) {
            terminal.print(CLEAR);
            terminal.flush();
            visible = false;
        }
    }

    private void show(String line) {
        terminal.print(CLEAR + (line.length() < columns ? line : line.substring(0, columns - 1)));
        terminal.flush();
        visible = true;
    }

    /** The expected size is a bound: a bar that stops short of its end is normal. */
    private static String bar(DataSize done, DataSize expected) {
        if (expected.equals(DataSize.ZERO)) {
            return "  ";
        }
        var full = (int) Math.min(BAR, done.bytes() * BAR / expected.bytes());
        return "  [" + "#".repeat(full) + " ".repeat(BAR - full) + "]";
    }

    private static String rate(DataSize done, long nanoseconds) {
        var perSecond = done.bytes() * 1e9 / Math.max(1, nanoseconds);
        return String.format(Locale.ROOT, "  %s/s", new DataSize((long) perSecond));
    }
}
