package io.berth.simulator.lifecycle;

import io.berth.driver.HostRef;
import java.util.ArrayList;
import java.util.List;

/** How far an attempt has come, in one of the orders that are possible. */
sealed interface Progress {
    /** It has changed nothing. */
    record Nothing() implements Progress {}

    /** It has found the VM suspended, and changed nothing. */
    record FoundSaved() implements Progress {}

    /** It has found the VM alive, and changed nothing. */
    record FoundAlive() implements Progress {}

    /** It has found no memory in what it deleted. */
    record FoundNone() implements Progress {}

    /** The VM is in its checkpoint, on the way to another host, or because nobody has given the checkpoint up yet. */
    record Halfway(HostRef from) implements Progress {}

    /** The VM is where it came from. */
    record Returned() implements Progress {}

    record Done() implements Progress {}

    /** A VM's life and an attempt's progress after one more move. */
    record Move(Life life, Progress progress) {}

    /** All moves that the attempt can make at once from here. */
    static List<Move> moves(Wish wish, Progress progress, Life life) {
        return switch (progress) {
            case Nothing _ -> first(wish, life);
            case Halfway halfway -> onward(wish, halfway, life);
            case FoundSaved _, FoundAlive _, FoundNone _, Returned _, Done _ -> List.of();
        };
    }

    private static List<Move> first(Wish wish, Life life) {
        var found = switch (life) {
            case Life.Alive _ -> new Move(life, new FoundAlive());
            case Life.Saved _ -> new Move(life, new FoundSaved());
            case Life.Gone _ -> new Move(life, new FoundNone());
        };
        var moves = new ArrayList<>(List.of(found));
        switch (wish) {
            case Wish.Suspend _ -> {
                if (life instanceof Life.Alive(var from)) {
                    moves.add(new Move(new Life.Saved(), new Done()));
                    moves.add(new Move(new Life.Saved(), new Halfway(from)));
                }
            }
            case Wish.Migrate _ -> {
                if (life instanceof Life.Alive(var from)) {
                    moves.add(new Move(new Life.Saved(), new Halfway(from)));
                }
            }
            case Wish.MigrateLive(var target) -> {
                if (life instanceof Life.Alive) {
                    moves.add(new Move(new Life.Alive(target), new Done()));
                }
            }
            case Wish.Start(var targets) -> {
                if (life instanceof Life.Saved) {
                    targets.forEach(target -> moves.add(new Move(new Life.Alive(target), new Done())));
                }
            }
            case Wish.Resume(var target) -> {
                if (life instanceof Life.Saved) {
                    moves.add(new Move(new Life.Alive(target), new Done()));
                }
            }
            case Wish.Verify _ -> {
                if (life instanceof Life.Saved) {
                    moves.add(new Move(life, new Done()));
                }
            }
            case Wish.Delete _ -> {
                if (life instanceof Life.Saved) {
                    moves.add(new Move(new Life.Gone(), new Done()));
                }
            }
            case Wish.Terminate _ -> moves.add(new Move(new Life.Gone(), new Done()));
        }
        return moves;
    }

    private static List<Move> onward(Wish wish, Halfway halfway, Life life) {
        var moves = new ArrayList<Move>();
        if (life instanceof Life.Saved) {
            moves.add(new Move(new Life.Alive(halfway.from()), new Returned()));
            if (wish instanceof Wish.Migrate migrate) {
                moves.add(new Move(new Life.Alive(migrate.target()), new Done()));
            }
        }
        return moves;
    }

    /** Whether somebody may be told so when it has come that far. */
    static boolean allows(Told told, Wish wish, Progress progress, Life life) {
        return switch (told) {
            case DONE -> progress instanceof Done;
            case DONE_WITH_LEFTOVERS -> wish.givesUp() && !(progress instanceof Done);
            case UNDONE -> progress instanceof Nothing || progress instanceof Returned;
            case STRANDED -> progress instanceof Halfway;
            case MEMORY_LOST -> life instanceof Life.Gone;
            case REFUSED -> progress instanceof Nothing;
            case REFUSED_AS_SUSPENDED -> progress instanceof FoundSaved;
            case REFUSED_AS_ALIVE -> progress instanceof FoundAlive;
        };
    }
}
