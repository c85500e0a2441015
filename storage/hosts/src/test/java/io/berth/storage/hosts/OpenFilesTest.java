package io.berth.storage.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpenFilesTest {
    @Test
    void whoHasAFileOpenIsAskedByItsExactName() {
        assertThat(OpenFiles.listing("/srv/a[1]*?\\b").argv())
                .containsExactly(
                        "find",
                        "/proc",
                        "-mindepth",
                        "3",
                        "-maxdepth",
                        "3",
                        "-path",
                        "/proc/*/fd/*",
                        "-lname",
                        "/srv/a\\[1\\]\\*\\?\\\\b");
    }
}
