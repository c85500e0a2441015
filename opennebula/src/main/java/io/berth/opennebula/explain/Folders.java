package io.berth.opennebula.explain;

import java.util.Map;

/**
 * Where the VM's folder is on each machine.
 *
 * @param byHost by the host's name, as in the history; the front-end under its own
 */
record Folders(Map<String, String> byHost) {
    Folders {
        byHost = Map.copyOf(byHost);
    }

    String at(String host) {
        return byHost.getOrDefault(host, "");
    }
}
