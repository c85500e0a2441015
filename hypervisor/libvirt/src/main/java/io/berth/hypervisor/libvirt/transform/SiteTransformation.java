package io.berth.hypervisor.libvirt.transform;

import io.berth.driver.hypervisor.Phase;
import io.berth.driver.xml.Xml;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A site's own change: a program on the front-end that gets the definition on its standard input, and the phase ({@code
 * deploy} or {@code restore}) as its only argument, and writes the definition to its standard output. Any failure of it
 * refuses the operation.
 */
public final class SiteTransformation implements DomainTransformation {
    /** How long a program may take unless configured otherwise. */
    public static final Duration LONGEST = Duration.ofSeconds(10);

    private final String name;
    private final Path program;
    private final Set<Phase> phases;
    private final Duration longest;
    private final SiteProgram runner;

    /** @param longest after which the program is killed and the operation refused */
    public SiteTransformation(String name, Path program, Set<Phase> phases, Duration longest, SiteProgram runner) {
        this.name = name;
        this.program = program;
        this.phases = Set.copyOf(phases);
        this.longest = longest;
        this.runner = runner;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<Phase> phases() {
        return phases;
    }

    @Override
    public DomainXml apply(DomainXml domain, Phase phase, HostFacts facts) {
        var output = runner.run(
                program,
                List.of(phase.name().toLowerCase(Locale.ROOT)),
                domain.text().getBytes(StandardCharsets.UTF_8),
                longest,
                Xml.LONGEST);
        return new DomainXml(Xml.serialise(Xml.parse(output)));
    }
}
