package io.berth.opennebula.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.Failure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** Whatever oned.conf hands over, in one piece or in several, it is a transfer manager's options or refused. */
public final class TmOptionsFuzz {
    private TmOptionsFuzz() {}

    /** @param bytes a zero stands between two arguments */
    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            var options = TmOptions.parse(List.of(new String(bytes, StandardCharsets.UTF_8).split("\0")));

            assertThat(options.threads()).isPositive();
            assertThat(options.drivers().stream().flatMap(Set::stream)).noneMatch(String::isBlank);
        } catch (Failure refused) {
            assertThat(refused.code()).isEqualTo("mad.arguments");
        }
    }
}
