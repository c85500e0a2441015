package io.berth.cli;

import io.berth.cli.output.Cells;
import io.berth.cli.output.Column;
import io.berth.cli.output.JsonField;
import io.berth.cli.output.Listing;
import io.berth.driver.Failure;
import io.berth.engine.ScriptTest.Promise;
import java.util.List;

/** {@code berth storage ...}. */
final class StorageVerbs {
    private StorageVerbs() {}

    static Noun noun() {
        return new Noun(
                "storage",
                "For authors of storage drivers.",
                () -> List.of(Verb.of("test", "Try a datastore's scripts against their contract.", StorageVerbs::test)
                        .details(
                                "", "Makes small volumes of its own on the datastore and removes them. Takes a minute.")
                        .options(ListOptions.all())
                        .argument(Specs.one("DATASTORE", "One with 'driver: script'."))));
    }

    private static ExitCode test(Invocation invocation) {
        var test = invocation.session().engine().scripts().test(invocation.word());
        ListCommand.print(invocation, listing(), test.promises());
        return test.isGood() ? ExitCode.DONE : ExitCode.FAILED;
    }

    static Listing<Promise> listing() {
        return new Listing<>(
                List.of(
                        Column.of("PROMISE", "What the contract says.", Promise::text),
                        Column.of("KEPT", "`yes`, `no`, or `untried`.", StorageVerbs::verdict),
                        Column.of("WHY", "What is wrong, or why it wasn't tried.", promise -> Cells.text(why(promise))),
                        Column.of("MEND", "What to do about it.", promise -> Cells.text(mend(promise)))),
                4,
                List.of(
                        new JsonField<>("promise", "what the contract says", Promise::text),
                        new JsonField<>("kept", "as the column KEPT", StorageVerbs::verdict),
                        new JsonField<>(
                                "code",
                                "of the error, or null",
                                promise -> promise.broken().map(Failure::code).orElse(null)),
                        new JsonField<>("why", "for people", StorageVerbs::why),
                        new JsonField<>("mend", "for people", StorageVerbs::mend)));
    }

    private static String verdict(Promise promise) {
        if (promise.untried().isPresent()) {
            return "untried";
        }
        return promise.broken().isPresent() ? "no" : "yes";
    }

    private static String why(Promise promise) {
        return promise.broken().map(Throwable::getMessage).or(promise::untried).orElse("");
    }

    private static String mend(Promise promise) {
        return promise.broken().map(Failure::next).orElse("");
    }
}
