package io.berth.core.json;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.NearestWord;
import io.berth.driver.Printable;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** Says what is wrong with JSON that somebody sent. */
public final class BadJson {
    private BadJson() {}

    static Failure failure(String what, String next) {
        return Failure.of(FailureKind.CALLER, "request.bad", what).next(next).build();
    }

    static Failure wrongType(String where, Shape.Type type) {
        return notA(where, Names.lower(type.name()));
    }

    static Failure notA(String where, String kind) {
        return failure(place(where) + " isn't of the type " + kind, "send one");
    }

    static Failure noSuchWord(String where, List<String> words) {
        return failure(place(where) + " is none of the words that are allowed", "send one of " + words);
    }

    static Failure missing(String where) {
        return failure(place(where) + " is missing", "send it");
    }

    static Failure unknown(String where, String name, Collection<String> known) {
        return failure(
                place(where) + " is unknown",
                NearestWord.to(name, known)
                        .map(word -> "did you mean '" + word + "'?")
                        .orElse(known.isEmpty() ? "leave it out" : "there are " + known));
    }

    /** @param reader an {@link IllegalArgumentException} of it is the sender's fault */
    public static <T> T at(String where, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (Failure failure) {
            throw failure;
        } catch (IllegalArgumentException | java.time.DateTimeException | ArithmeticException wrong) {
            throw Failure.of(FailureKind.CALLER, "request.bad", place(where) + " has a value that can't be")
                    .why(Printable.line(String.valueOf(wrong.getMessage())))
                    .next("send another")
                    .cause(wrong)
                    .build();
        }
    }

    private static String place(String where) {
        return where.isEmpty() ? "what was sent" : "'" + Printable.line(where) + "'";
    }
}
