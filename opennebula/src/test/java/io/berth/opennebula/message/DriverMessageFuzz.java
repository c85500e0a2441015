package io.berth.opennebula.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.Failure;
import io.berth.driver.xml.Xml;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** Whatever a message is made of, it is read as the JDK's reader reads it, or refused; what is handed on of it is XML again. */
public final class DriverMessageFuzz {
    private DriverMessageFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            var message = DriverMessage.parse(Base64.getEncoder().encodeToString(bytes));

            TwoReaders.assertAgree(message.root(), new String(bytes, StandardCharsets.UTF_8));
            Xml.parse(NetworkView.of(message.vm()).vm().source());
            assertThat(Stream.of(message.transferCommands(), message.rollbackCommands())
                            .flatMap(List::stream))
                    .noneMatch(command -> command.verb().isBlank());
        } catch (Failure refused) {
            assertThat(refused.code()).matches("(message|xml)\\..*").isNotEqualTo("message.spelling");
        }
    }
}
