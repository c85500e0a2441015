package io.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.Failure;
import io.berth.engine.Finding;
import io.berth.engine.Watch;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code berth datastore check} on real storage that two hosts see, and on storage that only seems so. */
@ExtendWith(LabExtension.class)
class DatastoreCheckLabTest {
    private final Site site;

    DatastoreCheckLabTest(Site site) {
        this.site = site;
    }

    @ParameterizedTest
    @ValueSource(strings = {Site.FAST, Site.PLAIN})
    void soundFoldersAreGoodOnEveryHostAndKeepNothing(String datastore) {
        assertSound(site, datastore);
    }

    @Test
    void aCephPoolIsGoodOnEveryHostAndKeepsNothing() {
        try (var withCeph = site.withCeph()) {
            assertSound(withCeph, Site.RBD);
            assertThat(new CephTraces(site.lab()).all()).isEmpty();
        }
    }

    /** h1 has another file system in the place where h2 has the shared one. */
    @Test
    void aFolderThatHostsDoNotShareIsFoundOut() {
        site.lab().in("h1", "mount", "-t", "tmpfs", "none", "/srv/berth/plain").orFail();
        try {
            var troubles = troubles(
                    site.engine().datastores().check(Site.PLAIN, Watch.none()).findings());

            assertThat(troubles)
                    .isNotEmpty()
                    .allSatisfy(trouble -> assertThat(trouble.next()).isNotEmpty());
        } finally {
            site.lab().in("h1", "umount", "/srv/berth/plain").orFail();
        }
        site.engine().upkeep().recover(Set.of(), Watch.none());
        assertSound(site, Site.PLAIN);
    }

    private static void assertSound(Site site, String datastore) {
        var check = site.engine().datastores().check(datastore, Watch.none());

        assertThat(troubles(check.findings())).isEmpty();
        assertThat(check.findings())
                .extracting(Finding::subject)
                .contains("h1 compare", "h1 delete", "h2 compare", "h2 delete");
        // Whoever doesn't know a datastore can't look after what was checked there.
        assertThat(site.engine().upkeep().collectGarbage(false).items())
                .noneMatch(leftover -> leftover.volume().datastore().equals(datastore));
        assertThat(site.engine().upkeep().unfinished()).isEmpty();
    }

    private static List<Failure> troubles(List<Finding> findings) {
        return findings.stream().flatMap(finding -> finding.trouble().stream()).toList();
    }
}
