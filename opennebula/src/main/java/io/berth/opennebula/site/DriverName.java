package io.berth.opennebula.site;

import io.berth.driver.Failure;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the core calls a driver of Berth's: a driver itself isn't told. */
public final class DriverName {
    private static final String LAUNCHER = "one_vmm_berth";

    private DriverName() {}

    /**
     * The VM_MAD of {@code oned.conf} that starts Berth with these arguments; empty when there is none, or more than one.
     *
     * @param environment says where OpenNebula is
     */
    public static Optional<String> of(List<String> arguments, Map<String, String> environment) {
        try {
            var names =
                    OnedConf.parse(SiteFile.read(SitePlaces.find(environment).core())
                                    .text())
                            .sections("VM_MAD")
                            .stream()
                            .filter(driver -> driver.value("EXECUTABLE").endsWith(LAUNCHER)
                                    && driver.value("ARGUMENTS").equals(String.join(" ", arguments)))
                            .map(driver -> driver.value("NAME"))
                            .toList();
            return names.size() == 1 ? Optional.of(names.getFirst()) : Optional.empty();
        } catch (Failure unreadable) {
            return Optional.empty();
        }
    }
}
