package io.berth.opennebula.action;

import io.berth.opennebula.options.ActionList;
import java.util.Locale;
import java.util.Set;

/**
 * Where a site's scripts are and which of them run on the front-end.
 *
 * @param hypervisor folder below {@code vmm}
 * @param here remotes on the front-end, {@code /var/lib/one/remotes}
 * @param there remotes on hosts, {@code /var/tmp/one}
 * @param local actions of hypervisor and network that run on the front-end
 * @param localNetwork {@code DRIVER-ACTION} that do as well
 */
public record ScriptPlaces(String hypervisor, String here, String there, ActionList local, Set<String> localNetwork) {
    public ScriptPlaces {
        localNetwork = Set.copyOf(localNetwork);
    }

    /** A script and on which machine it runs. */
    public record Place(String path, boolean local) {}

    /** @param script its usual name */
    public Place hypervisor(String action, String script) {
        return place("vmm/" + hypervisor, action, script, local.contains(action));
    }

    public Place network(String driver, String action) {
        return place(
                "vnm/" + driver,
                action,
                action,
                local.contains(action) || localNetwork.contains(driver + "-" + action));
    }

    private Place place(String folder, String action, String script, boolean isLocal) {
        return new Place(
                (isLocal ? here : there) + "/" + folder + "/"
                        + local.script(action).orElse(script.toLowerCase(Locale.ROOT)),
                isLocal);
    }

    public String transferFolder() {
        return here + "/tm";
    }

    public String datastoreFolder() {
        return here + "/datastore";
    }
}
