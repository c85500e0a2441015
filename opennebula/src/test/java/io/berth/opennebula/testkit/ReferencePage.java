package io.berth.opennebula.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of the reference that is kept in step with the code: {@code -Dberth.docs=write} writes it anew. */
public final class ReferencePage {
    private static final Path FOLDER = Path.of(System.getProperty("berth.root"), "docs/reference");
    private static final String BEGINS =
            "<!-- Made from the code: `bin/mvn -pl opennebula -am test -Dberth.docs=write` writes it anew. -->\n";
    private static final String ENDS = "<!-- End of what is made from the code. -->\n";

    private final Path file;

    private ReferencePage(String name) {
        this.file = FOLDER.resolve(name);
    }

    public static ReferencePage named(String name) {
        return new ReferencePage(name);
    }

    /** All of it is that text. */
    public void assertIs(String text) {
        try {
            if ("write".equals(System.getProperty("berth.docs"))) {
                Files.writeString(file, text);
            }
            assertThat(text).isEqualTo(Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The part that is made from the code is that text; the rest is people's. */
    public void assertHolds(String part) {
        try {
            var page = Files.readString(file);
            var begins = page.indexOf(BEGINS) + BEGINS.length();
            assertIs(page.substring(0, begins) + part + page.substring(page.indexOf(ENDS)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
