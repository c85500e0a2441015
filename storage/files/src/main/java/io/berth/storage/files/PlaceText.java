package io.berth.storage.files;

import io.berth.driver.storage.DiskPlace;
import io.berth.driver.storage.VmDirectory;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** The helper's answer to {@code directory-place}: a word, and names in which unusual bytes are {@code \xHH}. */
final class PlaceText {
    private static final String ESCAPE = "\\x";
    private static final int ESCAPE_LENGTH = 4;

    private PlaceText() {}

    /** Empty when it makes no sense, or a name isn't UTF-8 or is none that a VM directory can have. */
    static Optional<Optional<DiskPlace>> parse(String answer, String datastore) {
        var words = answer.strip().split(" ", -1);
        try {
            return switch (words[0] + " " + words.length) {
                case "outside 1" -> Optional.of(Optional.empty());
                case "loose 1" -> Optional.of(Optional.of(new DiskPlace.Loose()));
                case "inside 3" ->
                    Optional.of(Optional.of(
                            new DiskPlace.Inside(new VmDirectory(datastore, unescape(words[1])), unescape(words[2]))));
                case "linked 3" ->
                    Optional.of(Optional.of(
                            new DiskPlace.Linked(new VmDirectory(datastore, unescape(words[1])), unescape(words[2]))));
                default -> Optional.empty();
            };
        } catch (IllegalArgumentException | CharacterCodingException senseless) {
            return Optional.empty();
        }
    }

    private static String unescape(String word) throws CharacterCodingException {
        var bytes = new ByteArrayOutputStream();
        for (var i = 0; i < word.length(); ) {
            if (word.startsWith(ESCAPE, i) && i + ESCAPE_LENGTH <= word.length()) {
                bytes.write(HexFormat.fromHexDigits(word, i + ESCAPE.length(), i + ESCAPE_LENGTH));
                i += ESCAPE_LENGTH;
            } else {
                bytes.write(word.charAt(i));
                i++;
            }
        }
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes.toByteArray()))
                .toString();
    }
}
