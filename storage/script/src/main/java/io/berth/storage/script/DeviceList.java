package io.berth.storage.script;

import io.berth.driver.DevicePath;
import io.berth.driver.HostRef;
import io.berth.driver.Printable;
import io.berth.driver.host.HostCommand;
import io.berth.storage.hosts.DatastoreHosts;
import io.berth.storage.hosts.HostAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The volumes that the script {@code devices} says a host has attached: lines of {@code NAME PATH}. Paths are followed to
 * the devices themselves on that host, so that two names of one device are seen to be one.
 */
final class DeviceList {
    private static final Pattern LINE = Pattern.compile("([A-Za-z0-9][A-Za-z0-9_-]{1,47}) (/\\P{Cntrl}+)");

    private final Scripts scripts;
    private final DatastoreHosts hosts;

    DeviceList(Scripts scripts, DatastoreHosts hosts) {
        this.scripts = scripts;
        this.hosts = hosts;
    }

    /** The device by the volume's name. */
    Map<String, DevicePath> on(HostRef host) {
        var named = named(host);
        return named.isEmpty() ? named : followed(host, named);
    }

    /** The paths as the script tells them; whose they are is known without following them. */
    Map<String, DevicePath> named(HostRef host) {
        var answer = scripts.askAt(host, ScriptFunction.DEVICES);
        var devices = new LinkedHashMap<String, DevicePath>();
        answer.result().output().lines().forEach(line -> add(devices, answer, line));
        return devices;
    }

    private static void add(Map<String, DevicePath> devices, HostAnswer answer, String line) {
        var matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw ScriptFailures.unreadable(
                    answer, ScriptFunction.DEVICES, "'" + Printable.line(line) + "' isn't 'NAME PATH'");
        }
        if (devices.put(matcher.group(1), new DevicePath(matcher.group(2))) != null) {
            throw ScriptFailures.unreadable(answer, ScriptFunction.DEVICES, matcher.group(1) + " is there twice");
        }
    }

    private Map<String, DevicePath> followed(HostRef host, Map<String, DevicePath> named) {
        var argv = Stream.concat(
                Stream.of("realpath", "-m", "--"), named.values().stream().map(DevicePath::path));
        var answer = hosts.on(host, HostCommand.reading(argv.toArray(String[]::new)));
        List<String> paths = new ArrayList<>(answer.result().output().lines().toList());
        if (!answer.succeeded() || paths.size() != named.size()) {
            throw ScriptFailures.blind(answer, "the devices on " + host.name() + " can't be told apart");
        }
        var devices = new LinkedHashMap<String, DevicePath>();
        named.keySet().forEach(volume -> devices.put(volume, new DevicePath(paths.removeFirst())));
        return devices;
    }
}
