package io.berth.cli;

import io.berth.core.plan.Plan;
import io.berth.core.plan.PlanCodec;
import io.berth.core.plan.Step;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.storage.VolumeRef;
import io.berth.driver.xml.Xml;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.UUID;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Runs the command lines of a file, one a line, in this one process: the JVM records an AOT cache from a single
 * process, and the cache has to hold the classes of all commands.
 */
final class AotTraining {
    private static final String HOME = "HOME";

    private AotTraining() {}

    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        commandLines(Path.of(arguments[0]));
        whatOperationsUse();
    }

    private static void commandLines(Path file) throws IOException {
        var home = Files.createTempDirectory("berth-training");
        try (var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            Files.writeString(
                    home.resolve("berth.yaml"), "datastores: {fast: {driver: loop, folder: /srv, hosts: [h1]}}\n");
            for (var line : Files.readAllLines(file)) {
                if (!line.startsWith("#")) {
                    var words = line.isBlank() ? new String[0] : line.strip().split(" +");
                    for (var index = 0; index < words.length; index++) {
                        words[index] = words[index].equals(HOME) ? home.toString() : words[index];
                    }
                    Main.run(nowhere, nowhere, words);
                }
            }
        } finally {
            delete(home);
        }
    }

    /**
     * Operations need hosts, and there are none here: so Berth's own classes are loaded as they are, and the libraries'
     * by using what of them costs most at its first use.
     */
    private static void whatOperationsUse() throws IOException, ReflectiveOperationException {
        var host = new HostRef("h1");
        var volume = new VolumeRef("fast", "berth-training");
        var plan = Plan.of(new OperationId("training"), "training", new VmRef(new UUID(0, 1), "vm"))
                .then(new Step.AttachVolume("attach", volume, host))
                .then(new Step.DetachVolume("detach", volume, host))
                .build();
        PlanCodec.read(PlanCodec.write(plan));
        Xml.serialise(Xml.parse("<domain type='kvm'><name>vm</name></domain>"));
        try (var jars = Files.newDirectoryStream(Path.of(""), "berth*.jar")) {
            for (var jar : jars) {
                loadAll(jar);
            }
        }
    }

    private static void loadAll(Path jar) throws IOException, ReflectiveOperationException {
        try (var file = new JarFile(jar.toFile())) {
            for (var name : file.stream().map(JarEntry::getName).toList()) {
                if (name.endsWith(".class") && name.startsWith("io/berth/") && !name.endsWith("-info.class")) {
                    Class.forName(
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'));
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
