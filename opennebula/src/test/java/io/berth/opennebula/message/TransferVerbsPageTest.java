package io.berth.opennebula.message;

import io.berth.opennebula.testkit.ReferencePage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps the table of verbs in step with the code. */
class TransferVerbsPageTest {
    @Test
    void theTableOfVerbsIsWhatTheCodeKnows() {
        ReferencePage.named("opennebula-tm.md").assertHolds(table());
    }

    private static String table() {
        return Stream.of(TransferVerb.values())
                .map(verb -> "| `" + verb + "` | `" + String.join(" ", verb.words()) + "` |\n")
                .collect(Collectors.joining("", "\n| verb | arguments |\n|---|---|\n", "\n"));
    }
}
