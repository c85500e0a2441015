package io.berth.opennebula.explain;

import io.berth.opennebula.explain.Awaited.Boot;
import io.berth.opennebula.explain.Awaited.Migration;
import io.berth.opennebula.explain.Awaited.Off;
import io.berth.opennebula.explain.Awaited.Otherwise;
import io.berth.opennebula.explain.Awaited.Preparation;
import io.berth.opennebula.explain.Awaited.Removal;
import io.berth.opennebula.explain.Awaited.Restore;
import io.berth.opennebula.explain.Awaited.Running;
import io.berth.opennebula.explain.Awaited.Save;
import io.berth.opennebula.explain.Awaited.Shutdown;
import io.berth.opennebula.explain.Awaited.Transfer;
import io.berth.opennebula.explain.Awaited.Unheard;
import io.berth.opennebula.explain.Truth.Nowhere;
import io.berth.opennebula.explain.Truth.Runs;
import io.berth.opennebula.explain.Truth.Saved;
import io.berth.opennebula.explain.Truth.StandsStill;
import io.berth.opennebula.oned.Recovery;
import java.util.Optional;
import java.util.Set;

/**
 * What may be told to OpenNebula. Nothing is better than something that could cost the VM: a recovery is only named where
 * what it makes the core do next fits what is really there.
 *
 * @param recovery the one that is safe; empty: none is, or none is needed
 * @param why for people
 * @param next what to do, when there is no recovery and something is to be done; may be empty
 */
public record Verdict(Standing standing, Optional<Recovery> recovery, String why, String next) {
    /** Transfer drivers whose {@code mv} doesn't touch a folder that keeps its path. */
    private static final Set<String> LEAVES_SHARED_FOLDERS = Set.of("shared", "qcow2");

    private static final String LOOK_AGAIN = "look again in a moment";

    /** How OpenNebula and the world stand to each other. */
    public enum Standing {
        /** They agree, and nothing is to be done. */
        AGREED,
        /** OpenNebula can be told how it is. */
        RECOVERABLE,
        /** They don't agree, and only a person can put it right. */
        AT_ODDS,
        /** It can't be told how it is, or it may still change by itself. */
        OPEN
    }

    static Verdict of(Awaited awaited, Truth truth, Facts facts) {
        return switch (truth) {
            case Truth.Untold(var why) ->
                open(
                        "it can't be told what is true: " + why,
                        "put that right, then look again; until then tell it nothing");
            case Truth.InHand(var operation) ->
                open("Berth's operation " + operation + " isn't over", "run 'berth recover', then look again");
            case Truth.Contradictory(var what) ->
                odds(
                        "it is there more than once, or where OpenNebula never put it: " + what,
                        "find out which of them is the VM before anything is started or ended");
            case StandsStill(var host) -> standing(awaited, host);
            case Runs runs -> new Runner(runs.host()).verdict(awaited);
            case Saved saved -> saved(awaited, saved, facts);
            case Nowhere _ -> nowhere(awaited, facts);
        };
    }

    private static Verdict standing(Awaited awaited, String host) {
        return awaited instanceof Otherwise
                ? otherwise()
                : open(
                        "its guest stands paused at " + host
                                + ": it may be in the middle of being saved, moved or restored",
                        LOOK_AGAIN + "; when it stays so, 'virsh domjobinfo' there says whether anything works on it");
    }

    /** The guest runs. */
    private record Runner(String host) {
        Verdict verdict(Awaited awaited) {
            return switch (awaited) {
                case Running(var there) when there.equals(host) -> agreed("its guest runs at " + host);
                case Running(var there) -> elsewhere(there);
                case Awaited.Saved _ ->
                    odds(
                            "its guest runs at " + host + ", and OpenNebula takes it to be saved",
                            "don't resume it: that would double it; end the guest there, or save it anew");
                case Off _ ->
                    odds(
                            "its guest runs at " + host + ", and OpenNebula takes it to be off",
                            "don't start it: that would double it; OpenNebula notices by itself when its monitoring runs");
                case Save(var source) ->
                    source.equals(host)
                            ? tell(Recovery.FAILURE, "it wasn't saved: its guest still runs at " + host)
                            : elsewhere(source);
                case Restore(var target) ->
                    target.equals(host)
                            ? tell(Recovery.SUCCESS, "its guest runs at " + host + ": it was restored")
                            : elsewhere(target);
                case Migration(var source, var target) -> migrated(source, target);
                case Boot boot ->
                    boot.target().equals(host)
                            ? tell(Recovery.SUCCESS, "its guest runs at " + host + ": it was started")
                            : elsewhere(boot.target());
                case Shutdown(var there) ->
                    there.equals(host)
                            ? tell(Recovery.FAILURE, "it didn't end: its guest still runs at " + host)
                            : elsewhere(there);
                case Transfer _, Preparation _, Removal _ ->
                    odds(
                            "its guest runs at " + host + ", and OpenNebula is about to move or remove what it runs on",
                            "end neither until it is clear which of them is right");
                case Otherwise _ -> otherwise();
                case Unheard _ -> unheard();
            };
        }

        private Verdict migrated(String source, String target) {
            if (target.equals(host)) {
                return tell(Recovery.SUCCESS, "its guest runs at " + host + ": it has arrived");
            }
            return source.equals(host)
                    ? tell(Recovery.FAILURE, "its guest still runs at " + host + ": it never left")
                    : elsewhere(target);
        }

        private Verdict elsewhere(String expected) {
            return odds(
                    "its guest runs at " + host + ", and OpenNebula looks for it at " + expected,
                    "no recovery makes OpenNebula find it there: bring it to " + expected
                            + ", live or through a checkpoint");
        }
    }

    /** The memory is saved, and no guest is there. */
    private static Verdict saved(Awaited awaited, Saved saved, Facts facts) {
        var has = "its memory is complete in " + saved.what();
        return switch (awaited) {
            case Awaited.Saved _ -> agreed(has);
            case Save(var source) ->
                saved.isSeenAt(source)
                        ? tell(Recovery.SUCCESS, has + ", and its guest is gone")
                        : misplaced(has, source);
            case Restore(var target) ->
                saved.isSeenAt(target)
                        ? tell(Recovery.RETRY, has + ", and no guest of it is anywhere: it can be restored again")
                        : misplaced(has, target);
            case Transfer transfer -> transferredWith(transfer, saved, facts);
            case Running _ ->
                odds(
                        has + ", and OpenNebula takes it to be running",
                        "don't let OpenNebula start it anew, which would lose that; 'berth vm resume' brings back what Berth saved");
            case Boot _ ->
                odds(
                        has + ", and OpenNebula is about to start it from its disks, which would lose that",
                        "decide which of both it shall be; a disk that was written since makes the memory useless");
            case Off _ ->
                odds(
                        has + ", and OpenNebula takes it to be off",
                        "start it from its disks only if that memory is to be given up");
            case Migration _ ->
                odds(has + ", and OpenNebula waits for it to arrive running", "restore it first, where it shall be");
            case Shutdown _ ->
                odds(has + ", and OpenNebula waits for it to end", "give that memory up first, or restore it");
            case Preparation _, Removal _ ->
                odds(has + ", and OpenNebula makes or removes its disks", "decide whether it is to be kept");
            case Otherwise _ -> otherwise();
            case Unheard _ -> unheard();
        };
    }

    private static Verdict misplaced(String has, String host) {
        return odds(has + ", which " + host + " doesn't see", "bring it into the VM's folder there, then look again");
    }

    /** Nothing with memory is there. */
    private static Verdict nowhere(Awaited awaited, Facts facts) {
        var gone = "neither a guest nor a complete checkpoint is anywhere";
        return switch (awaited) {
            case Off _ -> agreed("it is off: " + gone);
            case Save _ ->
                tell(
                        Recovery.FAILURE,
                        gone + ": its memory is lost. OpenNebula then finds it powered off, with its disks");
            case Boot boot -> tell(boot.again(), gone + ": it can be started from its disks");
            case Shutdown _ -> tell(Recovery.SUCCESS, gone + ": it has ended");
            case Transfer transfer when !transfer.withMemory() -> transferred(transfer, facts);
            case Preparation _ -> tell(Recovery.RETRY, gone + ": it hasn't run yet, its disks can be made again");
            case Removal _ -> tell(Recovery.RETRY, gone + ": what is left of it can be removed");
            case Running(var host) ->
                open(
                        gone + ", and OpenNebula takes it to run at " + host,
                        "OpenNebula finds it powered off when its monitoring runs; it can be started from its disks then");
            case Awaited.Saved _, Restore _, Transfer _ ->
                odds(
                        gone + ": there is nothing to restore it from",
                        "look for its checkpoint elsewhere (another host, a volume of the storage); without one only its"
                                + " disks are left");
            case Migration _ -> odds(gone + ": it was lost on the way", "look at both hosts' logs; its disks are left");
            case Otherwise _ -> otherwise();
            case Unheard _ -> unheard();
        };
    }

    /** A folder that has arrived without the memory in it hasn't arrived. */
    private static Verdict transferredWith(Transfer transfer, Saved saved, Facts facts) {
        var verdict = transferred(transfer, facts);
        var calledDone = verdict.recovery().filter(Recovery.SUCCESS::equals).isPresent();
        return calledDone && !saved.isSeenAt(transfer.to())
                ? misplaced("its memory is complete in " + saved.what(), transfer.to())
                : verdict;
    }

    /**
     * Stock's scripts make the target's folder anew and remove the source's in the end. So a folder that is at one place
     * only tells how far they were; two may be halves of each other.
     */
    private static Verdict transferred(Transfer transfer, Facts facts) {
        var source = facts.folder(transfer.from());
        var target = facts.folder(transfer.to());
        var from = source.presence();
        var to = target.presence();
        var places =
                "its folder is at " + transfer.from() + ": " + word(from) + ", at " + transfer.to() + ": " + word(to);
        if (from == FolderSight.Presence.THERE && to == FolderSight.Presence.MISSING) {
            return tell(Recovery.RETRY, places + ": it can be brought again");
        }
        if (from == FolderSight.Presence.MISSING && to == FolderSight.Presence.THERE) {
            return tell(Recovery.SUCCESS, places + ": it has arrived, and was removed where it came from");
        }
        if (source.isSameAs(target)
                && facts.transferDriver()
                        .filter(LEAVES_SHARED_FOLDERS::contains)
                        .isPresent()) {
            return tell(Recovery.RETRY, "its folder is on storage that both see, which nothing has to be brought to");
        }
        return odds(
                places,
                "compare them by hand: repeating the transfer could delete the better one, and calling it done the only one");
    }

    private static String word(FolderSight.Presence presence) {
        return switch (presence) {
            case THERE -> "there";
            case MISSING -> "not there";
            case UNTOLD -> "not known";
        };
    }

    private static Verdict otherwise() {
        return open(
                "OpenNebula waits for something that has nothing to do with the VM's memory",
                "'onevm show' says what; this command can't tell whether it was done");
    }

    private static Verdict unheard() {
        return open("this state is none that Berth knows, or its history doesn't fit it", "look with 'onevm show'");
    }

    private static Verdict agreed(String why) {
        return new Verdict(Standing.AGREED, Optional.empty(), why, "");
    }

    private static Verdict tell(Recovery recovery, String why) {
        return new Verdict(Standing.RECOVERABLE, Optional.of(recovery), why, "");
    }

    private static Verdict odds(String why, String next) {
        return new Verdict(Standing.AT_ODDS, Optional.empty(), why, next);
    }

    private static Verdict open(String why, String next) {
        return new Verdict(Standing.OPEN, Optional.empty(), why, next);
    }
}
