package io.berth.core.plan;

import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.storage.Sharing;
import java.util.function.Function;

/**
 * A typed reference to what a step finds out when it runs. The runner journals the value when it is known and hands it
 * to later steps.
 *
 * @param step name of the step that declares it
 * @param type what it is, and the output's name
 */
public record Ref<T>(String step, Type<T> type) implements Operand<T> {

    /** The kinds of run-time values, each with its text form in the journal. */
    public static final class Type<T> {
        public static final Type<DevicePath> DEVICE = new Type<>("device", DevicePath::path, DevicePath::new);
        public static final Type<DataSize> LENGTH =
                new Type<>("length", size -> Long.toString(size.bytes()), text -> new DataSize(Long.parseLong(text)));
        public static final Type<String> DIGEST = new Type<>("digest", text -> text, text -> text);
        public static final Type<Sharing> SHARING = new Type<>("sharing", Sharing::name, Sharing::valueOf);

        private final String output;
        private final Function<T, String> format;
        private final Function<String, T> parse;

        private Type(String output, Function<T, String> format, Function<String, T> parse) {
            this.output = output;
            this.format = format;
            this.parse = parse;
        }

        /** The output's name among those of its step. */
        public String output() {
            return output;
        }

        public String format(T value) {
            return format.apply(value);
        }

        public T parse(String text) {
            return parse.apply(text);
        }

        @Override
        public String toString() {
            return output;
        }
    }

    @Override
    public String toString() {
        return "<" + step + "." + type.output() + ">";
    }
}
