package io.berth.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.UnaryOperator;

/** A checkpoint's record on the loop datastore, rewritten by somebody who knows how to seal it. */
final class RecordFile {
    private static final String SEAL = "sha256=";

    private final Path file;

    private RecordFile(Path file) {
        this.file = file;
    }

    static RecordFile beside(Path volume) {
        var name = volume.getFileName().toString().replaceFirst("\\.img$", ".record");
        return new RecordFile(volume.resolveSibling(name));
    }

    void rewrite(UnaryOperator<String> change) {
        try {
            var text = Files.readString(file);
            var body = change.apply(text.substring(0, text.lastIndexOf(SEAL)));
            var digest = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
            Files.writeString(file, body + SEAL + HexFormat.of().formatHex(digest) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
