package io.berth.opennebula.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VmPlaceTest {
    @Test
    void aDirectoryAndAFileInItAreReadWithTheCoresDoubleSlash() {
        assertThat(VmPlace.parse("node1:/var/lib/one//datastores/100/5"))
                .contains(new VmPlace("node1", "/var/lib/one/datastores", 100, 5, Optional.empty()));
        assertThat(VmPlace.parse("n-2.example.org:/srv/größe_1/0/5/disk.0"))
                .contains(new VmPlace("n-2.example.org", "/srv/größe_1", 0, 5, Optional.of("disk.0")));
    }

    @Test
    void theDirectoryIsTheSameForAllThatIsInIt() {
        assertThat(VmPlace.parse("n:/d/100/5/disk.0").map(VmPlace::directory)).contains("/d/100/5");
    }

    /** What scripts would take for more than one word, or for another place. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/d/100/5",
                "node1:/etc",
                "node1:/100/5",
                "node1:d/100/5",
                "node1:/d/100/5/../6",
                "node1:/d/./100/5",
                "node1:/d/../100/5",
                "node1:/d/100/5/disk.0/more",
                "node1:/d/100/99999999999",
                "-oProxyCommand=id:/d/100/5",
                "a:b:/d/100/5",
                "$(id):/d/100/5",
                "node1:/d;id/100/5",
                "node1:/d/100/5/$(id)",
                "node1:/d/100/5/*",
                "node1:/d\u0000/100/5",
                "node1:/d\u00a0x/100/5",
            })
    void whateverElseIsNone(String word) {
        assertThat(VmPlace.parse(word)).isEmpty();
    }
}
