package io.berth.opennebula.explain;

import io.berth.opennebula.explain.Aftermath.Word;
import io.berth.transport.script.SshWay;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What a script of the site's was to do with a guest's memory, and how it is looked whether it has: as everything here looks
 * at hosts, so nothing is changed, and silence says nothing.
 */
public sealed interface ScriptedDeed {
    /** Takes 30 s a host at most. */
    Aftermath look(SshWay way, Word word);

    /**
     * From its host into a file.
     *
     * @param folder that the file is in
     * @param guest its name or UUID
     * @param command how the script's command line begins, as its host sees it
     * @param since how long ago the script began
     */
    record Save(String host, String folder, String guest, String command, Supplier<Duration> since)
            implements ScriptedDeed {
        @Override
        public Aftermath look(SshWay way, Word word) {
            var sight = HostLook.through(way).at(host, folder, guest, command);
            return Aftermath.ofSave(word, sight, since.get());
        }
    }

    /** From its file to a host. */
    record Restore(String host, String guest, String command) implements ScriptedDeed {
        @Override
        public Aftermath look(SshWay way, Word word) {
            return Aftermath.ofRestore(word, HostLook.through(way).at(host, "", guest, command));
        }
    }

    /** From a host to another while it runs. */
    record Move(String host, String destination, String guest, String command) implements ScriptedDeed {
        @Override
        public Aftermath look(SshWay way, Word word) {
            var look = HostLook.through(way);
            var source = look.at(host, "", guest, command);
            return Aftermath.ofMove(word, source, look.at(destination, "", guest, command));
        }
    }
}
