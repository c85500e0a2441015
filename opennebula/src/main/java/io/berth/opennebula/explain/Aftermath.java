package io.berth.opennebula.explain;

import java.time.Duration;
import java.util.Locale;

/**
 * What came of a script that was to do something with a guest's memory: what hosts show, and then what the script said. A
 * word that nothing contradicts is believed; one that is contradicted isn't, if hosts leave no doubt.
 */
public sealed interface Aftermath {
    /** It is as it was to be. */
    record Done() implements Aftermath {}

    /** It isn't, and won't be. */
    record NotDone() implements Aftermath {}

    /** Something is missing to tell; nothing may be tidied up anywhere. */
    record Untold(String why) implements Aftermath {}

    /** What the script said of itself. */
    enum Word {
        DONE,
        FAILED,
        /** It was lost sight of: it may go on. */
        NONE
    }

    /**
     * Of a save. A guest that is gone after a failure is saved if its memory is whole in its file, and that was written since
     * the script began: a file that some earlier save has left is none of its.
     *
     * @param since the script's beginning
     */
    static Aftermath ofSave(Word word, HostSight host, Duration since) {
        return switch (host.guest()) {
            case RUNNING, PAUSED -> new NotDone();
            case BETWEEN, UNTOLD -> untold(host);
            case ABSENT -> word == Word.DONE || host.folder().hasMemoryWritten(since) ? new Done() : gone(word, host);
            case UNASKED -> believed(word);
        };
    }

    private static Aftermath gone(Word word, HostSight host) {
        var isMemoryKnown = host.folder().memory() != MemoryFile.UNTOLD;
        return word == Word.FAILED && isMemoryKnown
                ? new NotDone()
                : new Untold(seen(host) + ", checkpoint "
                        + host.folder().memory().name().toLowerCase(Locale.ROOT));
    }

    /** Of a restore. A failure proves nothing: libvirt reports some for guests that run, or whose process is left. */
    static Aftermath ofRestore(Word word, HostSight host) {
        return switch (host.guest()) {
            case RUNNING -> new Done();
            case PAUSED, BETWEEN, UNTOLD -> untold(host);
            case ABSENT -> word == Word.DONE ? new Done() : new NotDone();
            case UNASKED -> believed(word);
        };
    }

    /**
     * Of a live migration.
     *
     * @param source looked at before the target: what moves meanwhile isn't missed
     */
    static Aftermath ofMove(Word word, HostSight source, HostSight target) {
        if (source.guest() == GuestSight.UNASKED && target.guest() == GuestSight.UNASKED) {
            return believed(word);
        }
        if (hasArrived(word, source, target)) {
            return new Done();
        }
        return hasStayed(word, source, target) ? new NotDone() : new Untold(seen(source) + ", " + seen(target));
    }

    private static boolean hasArrived(Word word, HostSight source, HostSight target) {
        var isGone = source.guest() == GuestSight.ABSENT;
        var runs = target.guest() == GuestSight.RUNNING;
        return switch (word) {
            // A guest may end by itself as soon as it is there, and a host be lost as soon as it is left.
            case DONE -> isGone || (runs && source.isSilent());
            case FAILED, NONE -> isGone && runs;
        };
    }

    private static boolean hasStayed(Word word, HostSight source, HostSight target) {
        if (target.guest() != GuestSight.ABSENT) {
            return false;
        }
        return switch (source.guest()) {
            case RUNNING, PAUSED -> true;
            // It may have ended by itself, and the script have failed because of that.
            case ABSENT -> word == Word.FAILED;
            case BETWEEN, UNTOLD, UNASKED -> false;
        };
    }

    private static Aftermath believed(Word word) {
        return word == Word.DONE ? new Done() : new NotDone();
    }

    private static Untold untold(HostSight host) {
        return new Untold(seen(host));
    }

    private static String seen(HostSight sight) {
        return sight.host() + ": "
                + (sight.isSilent() ? sight.why() : sight.guest().name().toLowerCase(Locale.ROOT));
    }
}
