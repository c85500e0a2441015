package io.berth.journal.sqlite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Keeps sqlite-jdbc's library unpacked in the journal's folder: by itself the driver unpacks and compares it at each
 * start.
 */
final class NativeLibrary {
    private static final String PATH_PROPERTY = "org.sqlite.lib.path";

    private NativeLibrary() {}

    /**
     * Has the driver load its library from the folder. To be called before the driver's first use; does nothing when
     * the property was set already. When the library can't be unpacked or loaded there (no room, a file system mounted
     * noexec) the driver falls back to its own way.
     */
    static void provideIn(JournalFolder folder) {
        if (System.getProperty(PATH_PROPERTY) != null) {
            return;
        }
        try {
            var versionFolder = folder.subfolder("native").subfolder(SQLiteJDBCLoader.getVersion());
            var library = versionFolder.path().resolve(LibraryLoaderUtil.getNativeLibName());
            // A foreign file may be anything: it is replaced, not looked into.
            if (!versionFolder.isOnlyOurs(library)) {
                unpack(versionFolder, library);
            }
            System.setProperty(PATH_PROPERTY, versionFolder.path().toString());
        } catch (IOException | UncheckedIOException slowWay) {
            // The driver does without; what is wrong with the folder the journal itself will tell.
        }
    }

    private static void unpack(JournalFolder folder, Path library) throws IOException {
        var resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
        var half = folder.newPrivateFile(library.getFileName() + ".");
        try (var source = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
            if (source == null) {
                throw new IOException("sqlite-jdbc has no library for this system: " + resource);
            }
            try (var target = FileChannel.open(half, StandardOpenOption.WRITE)) {
                source.transferTo(Channels.newOutputStream(target));
                // The name must not appear before the content, not even after a power failure.
                target.force(true);
            }
            Files.move(half, library, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(half);
        }
    }
}
