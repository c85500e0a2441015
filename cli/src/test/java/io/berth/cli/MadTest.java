package io.berth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.opennebula.standin.Payload;
import io.berth.opennebula.standin.Requests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenNebula's drivers as commands and as the processes that oned starts. */
@Timeout(60)
class MadTest {
    private static final String VMM = "-t 15 -r 0 kvm -p";
    private static final String CHECKPOINT = "/var/lib/one//datastores/100/5/checkpoint";
    private static final String SITE_SAYS = "the site's file says something";

    @TempDir
    Path folder;

    private final CommandLineFixture berth = new CommandLineFixture();

    @BeforeEach
    void makeSite() throws IOException {
        for (var part : List.of("one/etc/vmm_exec", "one/var/remotes", "opt/bin", "opt/share/opennebula")) {
            Files.createDirectories(folder.resolve(part));
        }
        Files.writeString(folder.resolve("one/var/config"), "SCRIPTS_REMOTE_DIR=/var/tmp/one\n");
        Files.writeString(
                folder.resolve("one/etc/vmm_exec/vmm_execrc"),
                "echo \"" + SITE_SAYS + "\"\nLIVE_DISK_SNAPSHOTS=\"kvm-qcow2\"\nPRIORITY=10\n");
        berth.environment.put("ONE_LOCATION", folder.resolve("one").toString());
    }

    @Test
    void theArgumentsOfOnedComeInOneWordThatLooksLikeAnOption() {
        berth.input = "INIT\nFINALIZE\n";

        assertThat(berth.run("mad", "vmm", "-t 15 -r 0 kvm -p")).isZero();
        assertThat(berth.output()).isEqualTo("INIT SUCCESS - -\n");
        assertThat(berth.run("mad", "vmm", "-t", "15", "--retries=0", "kvm", "-h"))
                .as("-h is no help here, but an option that the driver doesn't know")
                .isEqualTo(2);
        assertThat(berth.errors()).contains("mad.arguments");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h"})
    void helpIsHelp(String word) {
        assertThat(berth.run("mad", "vmm", word)).isZero();

        assertThat(berth.output()).startsWith("Usage: berth mad vmm").contains("ARGUMENTS");
    }

    @Test
    void aFrontEndWithoutOpenNebulasConfigIsToldBeforeAnythingIsServed() throws IOException {
        Files.delete(folder.resolve("one/var/config"));
        berth.input = "INIT\n";

        assertThat(berth.run("mad", "vmm", "kvm")).isEqualTo(5);

        assertThat(berth.output()).isEmpty();
        assertThat(berth.errors()).contains("mad.config");
    }

    @Test
    void theTransferManagerServesWithTheArgumentsOfOned() {
        berth.input = "INIT\nTRANSFER  5 /no/such.file\nFINALIZE\n";

        assertThat(berth.run("mad", "tm", "-t 15 -d shared,ssh")).isZero();
        assertThat(berth.output())
                .isEqualTo("INIT SUCCESS - -\nTRANSFER FAILURE 5 Transfer file '/no/such.file' does not exist\n");
        assertThat(berth.run("mad", "tm", "--help")).isZero();
        assertThat(berth.output()).startsWith("Usage: berth mad tm");
        assertThat(berth.run("mad", "tm", "-x")).isEqualTo(2);
    }

    /** Scripts get what the site's files set, and the working folder of OpenNebula's own launcher. */
    @Test
    void theTransferManagersScriptsFindWhatTheyFindUnderTheStockLauncher() throws Exception {
        install();
        Files.writeString(folder.resolve("one/etc/defaultrc"), "PRIORITY=7\nhttp_proxy=http://proxy\n");
        Files.writeString(folder.resolve("one/etc/tmrc"), "QCOW2_OPTIONS=\"-o compat=0.10\"\n");
        Files.createDirectories(folder.resolve("one/lib/ruby/vendors/some/lib"));
        Files.createDirectories(folder.resolve("one/var/remotes/tm/shared"));
        script("one/var/remotes/tm/shared/mv", """
                #!/bin/sh
                { pwd; echo "$QCOW2_OPTIONS|$http_proxy|$PRIORITY|$RUBYLIB|$#|$1"; cat; } >%s/seen
                """.formatted(folder));
        Files.writeString(folder.resolve("transfer"), "MV shared n1:/d/1/5 n2:/d/1/5 5 1\n");
        var process = start(
                "one_tm_berth",
                "-t 15 -d shared",
                "INIT\nTRANSFER  5 " + folder.resolve("transfer") + "\nFINALIZE\n",
                "2>&-");

        assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
        assertThat(folder.resolve("output")).content().isEqualTo("INIT SUCCESS - -\nTRANSFER SUCCESS 5 -\n");
        var one = folder.resolve("one");
        assertThat(folder.resolve("seen"))
                .content()
                .isEqualTo(one.resolve("var") + "\n-o compat=0.10|http://proxy|7|"
                        + one.resolve("lib/ruby/vendors/some/lib") + "|4|n1:/d/1/5\n");
    }

    /** With standard error closed, as oned does it, and a JVM that has much to say. */
    @Test
    void theProcessThatOnedStartsSaysNothingButItsLinesAndEndsWhenTold() throws Exception {
        install();
        var process = start("one_vmm_berth", VMM, "INIT\nNONSENSE\nFINALIZE\n", "2>&-");

        assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
        assertThat(folder.resolve("output"))
                .content()
                .isEqualTo("INIT SUCCESS - -\nLOG W -1 Ignored: NONSENSE is no request that this driver knows\n");
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void whatTheProcessSaysBesidesIsKeptWhereOpenNebulasDriversKeepIt() throws Exception {
        install();
        var process = start("one_vmm_berth", VMM, "INIT\n", "2>&-", "ONE_MAD_DEBUG=1");

        assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
        assertThat(folder.resolve("output")).content().isEqualTo("INIT SUCCESS - -\n");
        assertThat(folder.resolve("one/var/one_vmm_berth.log")).content().contains(SITE_SAYS, "bool PrintFlagsFinal");
        assertThat(process.exitValue()).as("the core is gone").isEqualTo(3);
    }

    /** Through the link that is laid into the site's scripts: its folder says which hypervisor it is for. */
    @Test
    void aScriptOfTheSitesRunsTheHypervisorsOwnWhereNothingElseIsAskedFor() throws Exception {
        install();
        var scripts = Files.createDirectories(folder.resolve("one/var/remotes/vmm/qemu"));
        Files.createSymbolicLink(scripts.resolve("tmsave"), folder.resolve("opt/share/opennebula/memory_script"));
        Files.writeString(folder.resolve("one/var/config"), "SCRIPTS_REMOTE_DIR=" + folder.resolve("host") + "\n");
        Files.createDirectories(folder.resolve("host/vmm/qemu"));
        script("host/vmm/qemu/save", "#!/bin/sh\necho \"$*\" >%s/seen\ncat >>%s/seen\n".formatted(folder, folder));
        Files.createDirectories(folder.resolve("path"));
        script("path/ssh", "#!/bin/sh\nwhile [ \"$1\" = -o ]; do shift 2; done\nshift\nexec \"$@\"\n");
        var message = Requests.message(5, "node1");
        Files.writeString(folder.resolve("input"), Payload.encode(message));
        var builder =
                new ProcessBuilder(scripts.resolve("tmsave").toString(), "one-5", CHECKPOINT, "node1", "5", "node1");
        builder.environment().put("ONE_LOCATION", folder.resolve("one").toString());
        builder.environment().put("PATH", folder.resolve("path") + ":" + System.getenv("PATH"));
        var process = builder.redirectInput(folder.resolve("input").toFile())
                .redirectOutput(folder.resolve("output").toFile())
                .redirectError(folder.resolve("errors").toFile())
                .start();

        assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("errors")))
                .isZero();
        assertThat(folder.resolve("output"))
                .as("the core takes it for the answer")
                .isEmptyFile();
        assertThat(folder.resolve("seen"))
                .content()
                .isEqualTo("one-5 " + CHECKPOINT + " node1 5 node1\n" + Payload.asStockWritesIt(message) + "\n");
    }

    /** Through the link that has the place of the storage driver's own script. Berth itself is a stand-in here. */
    @ParameterizedTest
    @CsvSource({
        "<BERTH_CAPACITY>beside</BERTH_CAPACITY>, 7, opennebula capacity 7",
        "<DS_SHARED>yes</DS_SHARED>, 7, stock 7",
        "<BERTH_CAPACITY>beside</BERTH_CAPACITY>, 7 8, stock 7 8",
    })
    void berthIsAskedForTheRoomOfDatastoresThatSaySo(String attribute, String arguments, String asked)
            throws Exception {
        install();
        script("opt/bin/berth", "#!/bin/sh\necho \"$*\"; cat; exit 5\n");
        var driver = Files.createDirectories(folder.resolve("one/var/remotes/tm/qcow2"));
        script("one/var/remotes/tm/qcow2/monitor.before-berth", "#!/bin/sh\necho \"stock $*\"; cat; exit 5\n");
        Files.createSymbolicLink(driver.resolve("monitor"), folder.resolve("opt/share/opennebula/capacity_script"));
        var message = Payload.encode("<D><TEMPLATE>" + attribute + "</TEMPLATE></D>");
        Files.writeString(folder.resolve("input"), message);
        var command = new ArrayList<>(List.of(driver.resolve("monitor").toString()));
        command.addAll(List.of(arguments.split(" ")));
        var process = new ProcessBuilder(command)
                .redirectInput(folder.resolve("input").toFile())
                .redirectOutput(folder.resolve("output").toFile())
                .start();

        assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("what was asked failed").isEqualTo(5);
        assertThat(folder.resolve("output")).content().isEqualTo(asked + "\n" + message);
    }

    /** As after an update of the program or of Java, or a copy that broke off. */
    @ParameterizedTest
    @ValueSource(strings = {"of an older program", "broken"})
    void aCacheThatDoesNotFitAnyMoreIsPassedOver(String kind) throws Exception {
        install();
        var lib = Files.createDirectories(folder.resolve("opt/lib"));
        Files.copy(
                Path.of(System.getProperty("berth.root"), "bin/berth"),
                folder.resolve("opt/bin/berth"),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(lib.resolve("java-home"), System.getProperty("java.home") + "\n");
        writeJar(lib.resolve("berth.jar"));
        var cache = lib.resolve("berth.aot");
        if (kind.equals("broken")) {
            Files.writeString(cache, "no cache at all\n".repeat(1000));
        } else {
            var java = Path.of(System.getProperty("java.home"), "bin/java").toString();
            var training = new ProcessBuilder(
                            java,
                            "-XX:AOTCacheOutput=" + cache,
                            "-XX:+UseSerialGC",
                            "-jar",
                            lib + "/berth.jar",
                            "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("training").toFile())
                    .start();
            assertThat(training.waitFor(50, TimeUnit.SECONDS)).isTrue();
            assertThat(cache).as(Files.readString(folder.resolve("training"))).isNotEmptyFile();
            Files.setLastModifiedTime(lib.resolve("berth.jar"), FileTime.from(Instant.EPOCH));
        }
        var process = start("one_vmm_berth", VMM, "INIT\nFINALIZE\n", "2>&-");

        assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
        assertThat(folder.resolve("output")).content().isEqualTo("INIT SUCCESS - -\n");
        assertThat(process.exitValue()).isZero();
    }

    private static void writeJar(Path file) throws IOException {
        var manifest = new Manifest();
        var attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, "io.berth.cli.Main");
        attributes.put(
                Attributes.Name.CLASS_PATH,
                Stream.of(System.getProperty("java.class.path").split(":"))
                        .map(path -> Path.of(path).toUri().toString())
                        .collect(Collectors.joining(" ")));
        new JarOutputStream(Files.newOutputStream(file), manifest).close();
    }

    @Test
    void aFullDiskUnderItsLogsCostsNothingButTheLogs() throws Exception {
        install();
        Files.createSymbolicLink(folder.resolve("one/var/one_vmm_berth.log"), Path.of("/dev/full"));
        var process = start("one_vmm_berth", VMM, "INIT\nFINALIZE\n", "2>&-", "ONE_MAD_DEBUG=1");

        assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
        assertThat(folder.resolve("output")).content().isEqualTo("INIT SUCCESS - -\n");
        assertThat(process.exitValue()).isZero();
    }

    /** The launchers as they are installed; in place of {@code bin/berth} a JVM that is told to be talkative. */
    private void install() throws IOException {
        for (var file : List.of("one_vmm_berth", "one_tm_berth", "start_mad", "memory_script", "capacity_script")) {
            Files.copy(
                    Path.of(System.getProperty("berth.root"), "opennebula/src/main/mads", file),
                    folder.resolve("opt/share/opennebula").resolve(file));
        }
        script("opt/bin/berth", """
                #!/bin/sh
                exec '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:+DisplayVMOutputToStderr -XX:+PrintFlagsFinal \\
                  --enable-native-access=ALL-UNNAMED -cp '%s' io.berth.cli.Main "$@"
                """.formatted(
                        Path.of(System.getProperty("java.home"), "bin/java"), System.getProperty("java.class.path")));
    }

    private Process start(String launcher, String arguments, String said, String redirection, String... variables)
            throws IOException {
        Files.writeString(folder.resolve("input"), said);
        script("oned", "#!/bin/sh\nexec \"$@\" " + redirection + "\n");
        var builder = new ProcessBuilder(
                folder.resolve("oned").toString(),
                folder.resolve("opt/share/opennebula").resolve(launcher).toString(),
                arguments);
        builder.environment().put("ONE_LOCATION", folder.resolve("one").toString());
        for (var variable : variables) {
            var parts = variable.split("=", 2);
            builder.environment().put(parts[0], parts[1]);
        }
        return builder.redirectInput(folder.resolve("input").toFile())
                .redirectOutput(folder.resolve("output").toFile())
                .start();
    }

    private void script(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text, UTF_8);
        makeExecutable(folder.resolve(name));
    }

    private static void makeExecutable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
