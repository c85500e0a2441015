package io.berth.opennebula.explain;

import io.berth.opennebula.explain.FolderSight.Presence;
import io.berth.opennebula.oned.HistoryRecord;
import io.berth.opennebula.oned.VirtualMachine;
import io.berth.opennebula.oned.VmState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** VM 42, which was at {@code h1} and is, or is to go, at {@code h2}. Nothing of it is anywhere at first. */
final class Scene {
    private final VmState state;
    private final String driver;
    private final Map<String, GuestSight> guests = new LinkedHashMap<>();
    private final Map<String, FolderSight> folders = new LinkedHashMap<>();
    private final List<String> blocks = new ArrayList<>();
    private final List<String> elsewhere = new ArrayList<>();
    private final List<String> unfinished = new ArrayList<>();
    private final List<String> silent = new ArrayList<>();

    private Scene(VmState state, String driver) {
        this.state = state;
        this.driver = driver;
        for (var host : List.of("h1", "h2", HostLook.FRONT_END)) {
            guests.put(host, GuestSight.ABSENT);
            folders.put(host, folder(Presence.MISSING, "", MemoryFile.NONE, ""));
        }
    }

    static Scene of(VmState state) {
        return new Scene(state, "ssh");
    }

    static Scene of(VmState state, String driver) {
        return new Scene(state, driver);
    }

    private static FolderSight folder(Presence presence, String identity, MemoryFile memory, String memoryIdentity) {
        return new FolderSight(presence, identity, memory, memoryIdentity, Optional.empty(), List.of());
    }

    Scene guest(String host, GuestSight sight) {
        guests.put(host, sight);
        return this;
    }

    Scene folder(String host) {
        return folder(host, "folder of " + host);
    }

    Scene folder(String host, String identity) {
        folders.put(host, folder(Presence.THERE, identity, MemoryFile.NONE, ""));
        return this;
    }

    Scene folderUntold(String host) {
        folders.put(host, FolderSight.untold());
        return this;
    }

    Scene memory(String host, MemoryFile memory) {
        return memory(host, memory, "file of " + host);
    }

    Scene memory(String host, MemoryFile memory, String identity) {
        folders.put(host, folder(Presence.THERE, "folder of " + host, memory, identity));
        return this;
    }

    Scene setAside(String host, String file) {
        folders.put(
                host,
                new FolderSight(
                        Presence.THERE, "folder of " + host, MemoryFile.NONE, "", Optional.empty(), List.of(file)));
        return this;
    }

    Scene block() {
        blocks.add("checkpoint fast:berth-1");
        return this;
    }

    Scene elsewhere(String host) {
        elsewhere.add(host);
        return this;
    }

    Scene unfinished() {
        unfinished.add("suspend 01jq");
        return this;
    }

    Scene silent(String who) {
        silent.add(who);
        return this;
    }

    Facts facts() {
        var sights = guests.keySet().stream()
                .map(host -> new HostSight(
                        host,
                        guests.getOrDefault(host, GuestSight.UNTOLD),
                        folders.getOrDefault(host, FolderSight.untold()),
                        "test"))
                .toList();
        var vm = new VirtualMachine(
                42,
                "web",
                state,
                "one-42",
                List.of(
                        new HistoryRecord(0, "h1", "kvm", driver, 100),
                        new HistoryRecord(1, "h2", "kvm", driver, 100)));
        return new Facts(vm, sights, elsewhere, blocks, unfinished, silent);
    }

    Explanation explained() {
        return Explanation.of(
                facts(),
                new Folders(Map.of("h1", "/one/100/42", "h2", "/one/100/42", HostLook.FRONT_END, "/one/100/42")));
    }
}
