package io.berth.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.util.LibraryLoaderUtil;

final class NativeLibraryTest {
    private static final String PROPERTY = "org.sqlite.lib.path";

    private final String before = System.getProperty(PROPERTY, "");

    @TempDir
    private Path home;

    @BeforeEach
    void forget() {
        System.clearProperty(PROPERTY);
    }

    @AfterEach
    void remember() {
        if (before.isEmpty()) {
            System.clearProperty(PROPERTY);
        } else {
            System.setProperty(PROPERTY, before);
        }
    }

    @Test
    void libraryIsUnpackedOnceForTheOwnerAlone() throws IOException {
        var library = provide();
        var made = Files.getAttribute(library, "unix:ino");
        assertThat(Files.size(library)).isGreaterThan(100_000);
        assertThat(Files.getPosixFilePermissions(library)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(library.getParent()).isDirectoryNotContaining("glob:**.new");

        forget();
        assertThat(Files.getAttribute(provide(), "unix:ino")).isEqualTo(made);
    }

    @Test
    void libraryThatOthersCouldHaveWrittenIsReplaced() throws IOException {
        var library = provide();
        var good = Files.readAllBytes(library);
        Files.writeString(library, "something else");
        Files.setPosixFilePermissions(library, PosixFilePermissions.fromString("rw-rw-rw-"));
        forget();
        assertThat(provide()).hasBinaryContent(good);

        Files.delete(library);
        Files.createSymbolicLink(library, Files.createFile(home.resolve("foreign")));
        forget();
        assertThat(provide()).isRegularFile().hasBinaryContent(good);
        assertThat(home.resolve("foreign")).isEmptyFile();
    }

    @Test
    void operatorsOwnChoiceIsKept() {
        System.setProperty(PROPERTY, "/opt/sqlite");
        NativeLibrary.provideIn(JournalFolder.at(home));

        assertThat(System.getProperty(PROPERTY)).isEqualTo("/opt/sqlite");
        assertThat(home).isEmptyDirectory();
    }

    private Path provide() {
        NativeLibrary.provideIn(JournalFolder.at(home));
        return Path.of(System.getProperty(PROPERTY), LibraryLoaderUtil.getNativeLibName());
    }
}
