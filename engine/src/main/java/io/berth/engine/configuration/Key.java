package io.berth.engine.configuration;

import java.util.Optional;

/**
 * One key of the file.
 *
 * @param name in lower case with dashes
 * @param standard what counts when it isn't written; empty: it must be written
 * @param standardText the same for people
 * @param meaning one or two sentences
 */
record Key<T>(String name, Form<T> form, Optional<T> standard, String standardText, String meaning) {
    static <T> Key<T> required(String name, Form<T> form, String meaning) {
        return new Key<>(name, form, Optional.empty(), "none: it must be written", meaning);
    }

    static <T> Key<T> of(String name, Form<T> form, T standard, String standardText, String meaning) {
        return new Key<>(name, form, Optional.of(standard), standardText, meaning);
    }
}
