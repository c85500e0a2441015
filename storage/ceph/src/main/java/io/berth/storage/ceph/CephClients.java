package io.berth.storage.ceph;

import io.berth.driver.Call;
import io.berth.driver.HostRef;
import io.berth.driver.host.HostCommand;
import io.berth.driver.storage.VolumeRef;
import io.berth.storage.hosts.DatastoreHosts;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Which addresses the clients of a host have. A dead host can't be asked, so each writes down what it has before it opens
 * an image for the first time; it goes with the rest of the volume's ledger.
 */
final class CephClients {
    private final CephNames names;
    private final CephPool pool;
    private final DatastoreHosts hosts;

    CephClients(CephNames names, CephPool pool, DatastoreHosts hosts) {
        this.names = names;
        this.pool = pool;
        this.hosts = hosts;
    }

    /** Addresses of clients that have opened a volume: those of one host, and those that are others' alone. */
    record Known(Set<String> own, Set<String> others) {
        Known {
            own = Set.copyOf(own);
            others = Set.copyOf(others);
        }

        boolean isOwn(String client) {
            return isAmong(client, own);
        }

        boolean isAnothers(String client) {
            return isAmong(client, others) && !isOwn(client);
        }

        private static boolean isAmong(String client, Set<String> addresses) {
            return ClientAddress.of(client)
                    .filter(address -> addresses.contains(address.host()))
                    .isPresent();
        }
    }

    /** The addresses of the host's clients, as the ledger keeps them; empty when it can't tell any. */
    String addresses(HostRef host) {
        var answer = hosts.on(host, HostCommand.reading("hostname", "--all-ip-addresses"));
        return answer.succeeded() ? answer.result().output().strip() : "";
    }

    /** Before the host opens it: what dies in between leaves a host that is known and has nothing. */
    void note(Call call, VolumeRef volume, HostRef host, String addresses) {
        // A host that can't tell is one that can't be cut off: no reason not to attach.
        if (!addresses.isEmpty()) {
            pool.put(call, names.client(volume, host), addresses.getBytes(StandardCharsets.UTF_8));
        }
    }

    Known known(VolumeRef volume, HostRef host) {
        var own = new HashSet<String>();
        var others = new HashSet<String>();
        var ofHost = names.client(volume, host);
        pool.entries(names.clients(volume))
                .forEach((key, value) ->
                        value.ifPresent(addresses -> (key.equals(ofHost) ? own : others).addAll(words(addresses))));
        return new Known(own, others);
    }

    private static Set<String> words(String text) {
        return Set.copyOf(Arrays.asList(text.strip().split("\\s+")));
    }
}
