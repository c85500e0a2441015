package io.berth.core.plan;

/** A step's input: known when the plan is made, or found out when it runs. */
public sealed interface Operand<T> permits Operand.Known, Ref {
    /** Known when the plan is made. */
    record Known<T>(T value) implements Operand<T> {
        @Override
        public String toString() {
            return value.toString();
        }
    }
}
