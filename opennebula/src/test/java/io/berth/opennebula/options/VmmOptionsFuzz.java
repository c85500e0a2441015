package io.berth.opennebula.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.Failure;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Whatever oned.conf hands over, in one piece or in several, it is a VM driver's options or refused. */
public final class VmmOptionsFuzz {
    private VmmOptionsFuzz() {}

    /** @param bytes a zero stands between two arguments */
    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            var options = VmmOptions.parse(List.of(new String(bytes, StandardCharsets.UTF_8).split("\0")));

            assertThat(options.threads()).isPositive();
            assertThat(options.retries()).isNotNegative();
            assertThat(options.hypervisor()).matches("[A-Za-z0-9_.-]+").isNotEqualTo("..");
            assertThat(options.shell()).matches("[A-Za-z0-9_./-]+").doesNotStartWith("-");
        } catch (Failure refused) {
            assertThat(refused.code()).isEqualTo("mad.arguments");
        }
    }
}
