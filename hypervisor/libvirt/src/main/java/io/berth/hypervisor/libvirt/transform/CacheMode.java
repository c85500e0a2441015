package io.berth.hypervisor.libvirt.transform;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.Printable;
import io.berth.driver.hypervisor.Phase;
import io.berth.driver.xml.Xml;
import java.util.Set;
import org.w3c.dom.Element;

/**
 * Sets the cache mode of the guest's disks that it can write. With {@code none} or {@code directsync} no host keeps
 * blocks of them, so that the guest may move.
 *
 * <p>The guest sees whether its disk has a write cache ({@code none}, {@code writeback}, {@code unsafe}) or not ({@code
 * writethrough}, {@code directsync}), so that on a restore only a mode of the same kind is set.
 */
public final class CacheMode implements DomainTransformation {
    private static final Set<String> WITH_WRITE_CACHE = Set.of("none", "writeback", "unsafe", "default");
    private static final Set<String> MODES = Set.of("none", "writeback", "unsafe", "writethrough", "directsync");

    private final String mode;

    /** @throws Failure {@code settings.cache-mode} */
    public CacheMode(String mode) {
        if (!MODES.contains(mode)) {
            throw Failure.of(
                            FailureKind.CALLER,
                            "settings.cache-mode",
                            "there is no cache mode '" + Printable.line(mode) + "'")
                    .next("choose one of none, writeback, unsafe, writethrough, directsync")
                    .build();
        }
        this.mode = mode;
    }

    @Override
    public String name() {
        return "cache-mode";
    }

    @Override
    public Set<Phase> phases() {
        return Set.of(Phase.DEPLOY, Phase.RESTORE);
    }

    @Override
    public DomainXml apply(DomainXml domain, Phase phase, HostFacts facts) {
        return domain.edited(root -> Disks.writable(root).forEach(disk -> set(disk, phase)));
    }

    private void set(Element disk, Phase phase) {
        var now = Xml.child(disk, "driver")
                .flatMap(driver -> Xml.attribute(driver, "cache"))
                .orElse("default");
        var allowed = switch (phase) {
            case DEPLOY -> true;
            case RESTORE -> WITH_WRITE_CACHE.contains(now) == WITH_WRITE_CACHE.contains(mode);
        };
        if (allowed) {
            Xml.childOrNew(disk, "driver").setAttribute("cache", mode);
        }
    }
}
