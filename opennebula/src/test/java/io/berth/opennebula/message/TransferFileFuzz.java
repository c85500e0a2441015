package io.berth.opennebula.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.Failure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Whatever a transfer file holds, it is a list of commands whose places are below the VM's own, or refused. */
public final class TransferFileFuzz {
    private static final int VM = 5;

    private TransferFileFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        try {
            var commands = TransferFile.parse(text, VM, StandardCharsets.UTF_8).commands();

            assertThat(commands)
                    .hasSizeLessThanOrEqualTo(
                            1 + (int) text.chars().filter(it -> it == '\n').count())
                    .allSatisfy(TransferFileFuzz::assertHarmless);
        } catch (Failure refused) {
            assertThat(refused.code()).startsWith("transfer.");
        }
    }

    private static void assertHarmless(TransferCommand command) {
        TransferVerb.of(command).stream()
                .flatMap(verb -> verb.places(command.arguments()))
                .forEach(TransferFileFuzz::assertIsBelowTheVms);
    }

    private static void assertIsBelowTheVms(String place) {
        var path = Path.of(place.substring(place.indexOf(':') + 1));
        assertThat(path).isAbsolute();
        assertThat(path.normalize()).isEqualTo(path);
        assertThat((Iterable<Path>) path).contains(Path.of(Integer.toString(VM)));
        assertThat(place).doesNotContain(" ", "$", "`", ";", "'", "\"", "\\", "*", "\0");
    }
}
