package io.berth.engine.configuration;

import io.berth.driver.HostRef;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The keys of a hypervisor that a site's own scripts speak to. */
final class HypervisorKeys {
    static final Key<Path> SCRIPTS = Key.required(
            "scripts",
            Forms.absolutePath(),
            "The folder with the executables, the same path on each of the hosts. What each must do is told in"
                    + " [script-hypervisor.md](script-hypervisor.md).");
    static final Key<List<HostRef>> HOSTS = Key.required(
            "hosts", new Form.Many<>(Forms.host()), "The hosts whose guests are this hypervisor's, and not libvirt's.");
    static final Key<List<ScriptParameter>> PARAMETERS = new Key<>(
            "parameters",
            new Form.Many<>(ScriptParameter.form()),
            Optional.of(List.of()),
            "none",
            "What the scripts find in their environment: `user=vbox` as `BERTH_PARAMETER_USER`. No place for secrets.");

    static final List<Key<?>> ALL = List.of(SCRIPTS, HOSTS, PARAMETERS);

    private HypervisorKeys() {}
}
