package io.berth.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.DataSize;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every hypervisor driver does: extend it in a test and give it worlds. Each test gets a world of its own and
 * closes it; a world may keep its hosts up in between.
 */
public abstract class HypervisorDriverBehaviour
        implements GuestsBehaviour, SavesBehaviour, RestoresBehaviour, MigrationsBehaviour {
    private @Nullable HypervisorSubject subject;

    /** A world without guests. */
    protected abstract HypervisorWorld openWorld();

    @BeforeEach
    final void open() {
        subject = new HypervisorSubject(openWorld());
    }

    @AfterEach
    final void close() {
        var opened = subject;
        if (opened != null) {
            opened.world().close();
        }
    }

    @Override
    public final HypervisorSubject guests() {
        var opened = subject;
        if (opened == null) {
            throw new IllegalStateException("no world is open");
        }
        return opened;
    }

    @Test
    final void theDriverDeclaresWhatTheEngineCanNotDoWithout() {
        assertThat(guests().driver().type()).matches("[a-z][a-z0-9-]*");
        var capabilities = guests().driver().capabilities(guests().first());
        assertThat(capabilities.writers()).isNotEmpty();
        assertThat(capabilities.restorePaused()).isTrue();
    }

    @Test
    final void eachHostTellsHowMuchMemoryItHasAndHasFree() {
        for (var host : List.of(guests().first(), guests().second())) {
            var memory = guests().driver().memory(host);
            assertThat(memory.free()).as("free on %s", host).isGreaterThan(DataSize.ofMebibytes(1));
            assertThat(memory.total()).as("memory of %s", host).isGreaterThanOrEqualTo(memory.free());
        }
    }
}
