package io.berth.bench.figure;

/** A measured value. */
public record Figure(Target target, double value, String note) {
    public boolean isReached() {
        return switch (target.better()) {
            case LOWER -> value <= target.limit();
            case HIGHER -> value >= target.limit();
        };
    }
}
