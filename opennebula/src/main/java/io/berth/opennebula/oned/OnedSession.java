package io.berth.opennebula.oned;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who asks, as the core wants to hear it: {@code user:password} or {@code user:token}. It never shows in a text.
 *
 * @param file where it stands
 */
record OnedSession(Path file, String secret) {
    private static final String ONEADMINS = "/var/lib/one/.one/one_auth";
    private static final int LONGEST = 4096;

    /**
     * From the file that {@code ONE_AUTH} names, else {@code ~/.one/one_auth}, else oneadmin's own.
     *
     * @throws Failure {@code oned.no-auth}
     */
    static OnedSession find(Map<String, String> environment) {
        var named = Optional.ofNullable(environment.get("ONE_AUTH")).map(Path::of);
        var file = named.or(() -> usual(environment))
                .orElseThrow(() -> unusable(Path.of(ONEADMINS), "neither it nor ~/.one/one_auth is there"));
        return new OnedSession(file, read(file));
    }

    private static Optional<Path> usual(Map<String, String> environment) {
        var own = Optional.ofNullable(environment.get("HOME")).map(home -> Path.of(home, ".one/one_auth"));
        return Stream.concat(own.stream(), Stream.of(Path.of(ONEADMINS)))
                .filter(Files::exists)
                .findFirst();
    }

    private static String read(Path file) {
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(LONGEST + 1);
            var line = new String(bytes, StandardCharsets.UTF_8).strip();
            if (bytes.length > LONGEST || line.indexOf(':') < 1 || line.chars().anyMatch(Character::isISOControl)) {
                throw unusable(file, "it isn't one line USER:PASSWORD");
            }
            return line;
        } catch (IOException unreadable) {
            throw unusable(file, "it can't be read: " + unreadable.getClass().getSimpleName());
        }
    }

    private static Failure unusable(Path file, String why) {
        return Failure.of(FailureKind.ENVIRONMENT, "oned.no-auth", "there is nothing to prove who asks OpenNebula")
                .why(file + ": " + why)
                .next("run it as oneadmin on the front-end, or let ONE_AUTH name a file as 'oneuser login' writes it")
                .build();
    }

    /** The text without the secret, should somebody have put it there. */
    String hidden(String text) {
        return text.replace(secret, "***");
    }

    @Override
    public String toString() {
        return "session from " + file;
    }
}
