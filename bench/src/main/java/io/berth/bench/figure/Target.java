package io.berth.bench.figure;

/**
 * What a value is and where it should be.
 *
 * @param id {@code core.help}; the part before the dot is the group
 * @param what it is, for people
 * @param unit {@code ms}, {@code s}, {@code ratio}, {@code MiB}, {@code %} or {@code count}
 */
public record Target(String id, String what, String unit, double limit, Better better) {
    public static Target atMost(double limit, String unit, String id, String what) {
        return new Target(id, what, unit, limit, Better.LOWER);
    }

    public static Target atLeast(double limit, String unit, String id, String what) {
        return new Target(id, what, unit, limit, Better.HIGHER);
    }

    /** @param note where the value comes from: the range, the parts; may be empty */
    public Figure at(double value, String note) {
        return new Figure(this, value, note, 1);
    }

    /** @param slowness as of {@link Figure}, of a value that is mostly the start of a process */
    public Figure at(double value, String note, double slowness) {
        return new Figure(this, value, note, slowness);
    }
}
