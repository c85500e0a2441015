package io.berth.bench.figure;

/**
 * A measured value.
 *
 * @param note where it comes from; may be empty
 * @param slowness how many times longer this machine takes to start a process than the one that the limit was set on: 1
 *     where that has no say in the value
 */
public record Figure(Target target, double value, String note, double slowness) {
    public boolean isReached() {
        return isWithin(value);
    }

    /** The value of something that is mostly the start of a process, as it would be where the limit was set. */
    public double scaled() {
        return value / slowness;
    }

    /** Whether it is, by {@link #scaled}. */
    public boolean isReachedThere() {
        return isWithin(scaled());
    }

    private boolean isWithin(double measured) {
        return switch (target.better()) {
            case LOWER -> measured <= target.limit();
            case HIGHER -> measured >= target.limit();
        };
    }
}
