package io.berth.storage.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderSettingsTest {
    private static final List<HostRef> HOSTS = List.of(new HostRef("h1"));

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "srv", "/srv/../etc", "/srv/.", "/srv//x", "/srv/", "/srv/a\nb", "/srv/a\0b"})
    void aFolderThatIsNoPlainAbsolutePathIsRefused(String folder) {
        var failure = catchThrowableOfType(Failure.class, () -> new FolderSettings("local", folder, HOSTS));

        assertThat(failure.code()).isEqualTo("datastore.bad-settings");
        assertThat(failure.next()).isNotBlank();
    }

    @Test
    void aDatastoreNeedsANameAndAHost() {
        assertThat(catchThrowableOfType(Failure.class, () -> new FolderSettings(" ", "/srv", HOSTS))
                        .code())
                .isEqualTo("datastore.bad-settings");
        assertThat(catchThrowableOfType(Failure.class, () -> new FolderSettings("local", "/srv", List.of()))
                        .code())
                .isEqualTo("datastore.bad-settings");
    }

    @Test
    void anyOtherNameIsFine() {
        assertThat(new FolderSettings("local", "/srv/a b/$(x)'\"", HOSTS).folder())
                .isEqualTo("/srv/a b/$(x)'\"");
    }
}
