package io.berth.engine.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.fleet.FleetLimits;
import io.berth.core.operation.MemoryPlace;
import io.berth.core.operation.OperationSettings;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.driver.storage.StorageCapabilities;
import io.berth.hypervisor.libvirt.EmulatedLive;
import io.berth.hypervisor.libvirt.MigrationSettings;
import io.berth.hypervisor.libvirt.StreamSettings;
import io.berth.hypervisor.libvirt.StreamSink;
import io.berth.storage.ceph.AttachWay;
import io.berth.storage.ceph.CephKey;
import io.berth.storage.files.SharedFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "# only a comment\n", "ssh:\nlog:\n"})
    void whatIsNotWrittenHasItsDefault(String text) {
        assertDefaults(read(text));
    }

    @Test
    void withoutAFileEverythingHasItsDefault() {
        assertDefaults(Configuration.read(folder.resolve("berth.yaml")));
    }

    private static void assertDefaults(Configuration configuration) {
        assertThat(configuration.defaultDatastore()).isEmpty();
        assertThat(configuration.linkFolder()).hasToString("/var/lib/berth/checkpoints");
        assertThat(configuration.datastores()).isEmpty();
        assertThat(configuration.ssh().program()).isEqualTo("ssh");
        assertThat(configuration.ssh().configFile()).isEmpty();
        assertThat(configuration.ssh().connectTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(configuration.ssh().keep()).isEqualTo(Duration.ofMinutes(1));
        assertThat(configuration.helper().localPath()).hasToString("/usr/local/lib/berth/berth-host");
        assertThat(configuration.helper().remotePath()).hasToString("/usr/local/lib/berth/berth-host");
        assertThat(configuration.helper().localStateFolder()).isEmpty();
        assertThat(configuration.libvirt().uri()).isEqualTo("qemu:///system");
        assertThat(configuration.libvirt().writers()).containsExactly(MemoryWriter.values());
        assertThat(configuration.libvirt().transformations())
                .containsExactly(
                        new Transformation.PinMachine(),
                        new Transformation.PinCpu(),
                        new Transformation.FreePageReporting());
        assertThat(configuration.libvirt().streams()).isEqualTo(StreamSettings.defaults());
        assertThat(configuration.libvirt().migration()).isEqualTo(MigrationSettings.defaults());
        assertThat(configuration.limits()).isEqualTo(FleetLimits.USUAL);
        assertThat(configuration.logLevel()).isEqualTo(LogLevel.INFO);
    }

    @Test
    void everyKeyIsRead() {
        var configuration = read("""
                default-datastore: fast
                link-folder: /srv/links
                datastores:
                  fast:
                    driver: loop
                    folder: /srv/fast
                    hosts: [h1, h2]
                    writers: [fast, live-stream]
                  slow:
                    driver: directory
                    folder: /srv/slow
                    writers: snapshot
                    shared: auto
                    attribute-cache-time: 5s
                  near:
                    driver: directory
                    folder: /srv/near
                    checkpoint-location: file
                  own:
                    driver: directory
                    folder: /srv/own
                    shared: no
                    checkpoint-location: system
                  rbd:
                    driver: ceph
                    conf: /etc/ceph/one.conf
                    user: libvirt
                    keyring: /etc/ceph/libvirt.keyring
                    pool: vms
                    namespace: blue
                    data-pool: vms.data
                    attach: [export, krbd]
                  san:
                    driver: script
                    scripts: /etc/berth/san
                    ledger: /srv/ledger
                    run-on: [front]
                    parameters: [tier=fast, "name=a=b; $(c)"]
                    can: [thin, many-hosts]
                ssh:
                  program: /opt/ssh
                  config-file: /etc/berth/ssh_config
                  connect-timeout: 1500ms
                  keep-connections: 90s
                helper:
                  local-path: /opt/helper
                  remote-path: /opt/remote
                  local-state-folder: /srv/state
                libvirt:
                  uri: qemu+unix:///system
                  writers: [snapshot]
                  transformations:
                    - cache-mode:none
                    - discard
                    - paths:/old=/new
                    - program:/etc/berth/change
                  emulated-live: live
                  stream-sink: dd
                  migration-uri: qemu+tls://{host}.example/system
                  migration-bandwidth: 500
                  migration-auto-converge: yes
                  migration-passes: 20
                limits:
                  host: 2
                  datastore: 3
                log:
                  level: debug
                """);

        assertThat(configuration.limits()).isEqualTo(new FleetLimits(2, 3));
        assertThat(configuration.defaultDatastore()).contains("fast");
        assertThat(configuration.linkFolder()).hasToString("/srv/links");
        assertThat(configuration.datastores())
                .containsEntry(
                        "fast",
                        new DatastoreConfiguration(
                                "fast",
                                new StorageConfiguration.Loop(Path.of("/srv/fast")),
                                List.of(new HostRef("h1"), new HostRef("h2")),
                                List.of(MemoryWriter.FAST, MemoryWriter.LIVE_STREAM)))
                .containsEntry(
                        "slow",
                        new DatastoreConfiguration(
                                "slow",
                                new StorageConfiguration.Directory(
                                        Path.of("/srv/slow"),
                                        new SharedFolder(SharedFolder.Mode.AUTO, Duration.ofSeconds(5)),
                                        CheckpointLocation.BLOCK),
                                List.of(),
                                List.of(MemoryWriter.SNAPSHOT)))
                .containsEntry(
                        "near",
                        new DatastoreConfiguration(
                                "near",
                                new StorageConfiguration.Directory(
                                        Path.of("/srv/near"), SharedFolder.YES, CheckpointLocation.FILE),
                                List.of(),
                                OperationSettings.SAFE))
                .containsEntry(
                        "rbd",
                        new DatastoreConfiguration(
                                "rbd",
                                new StorageConfiguration.Ceph(
                                        Path.of("/etc/ceph/one.conf"),
                                        "libvirt",
                                        new CephKey.Keyring("/etc/ceph/libvirt.keyring"),
                                        "vms",
                                        Optional.of("blue"),
                                        Optional.of("vms.data"),
                                        List.of(AttachWay.EXPORT, AttachWay.KRBD)),
                                List.of(),
                                OperationSettings.SAFE))
                .containsEntry(
                        "san",
                        new DatastoreConfiguration(
                                "san",
                                new StorageConfiguration.Script(
                                        Path.of("/etc/berth/san"),
                                        List.of(new HostRef("front")),
                                        Path.of("/srv/ledger"),
                                        new TreeMap<>(Map.of("tier", "fast", "name", "a=b; $(c)")),
                                        new StorageCapabilities(true, false, false, true, false)),
                                List.of(),
                                OperationSettings.SAFE));
        assertThat(configuration.memoryPlaces())
                .containsExactly(
                        Map.entry("near", MemoryPlace.BESIDE_DISKS), Map.entry("own", MemoryPlace.THROUGH_A_FILE));
        assertThat(configuration.ssh().program()).isEqualTo("/opt/ssh");
        assertThat(configuration.ssh().configFile()).contains(Path.of("/etc/berth/ssh_config"));
        assertThat(configuration.ssh().connectTimeout()).isEqualTo(Duration.ofMillis(1500));
        assertThat(configuration.ssh().keep()).isEqualTo(Duration.ofSeconds(90));
        assertThat(configuration.helper().localPath()).hasToString("/opt/helper");
        assertThat(configuration.helper().remotePath()).hasToString("/opt/remote");
        assertThat(configuration.helper().localStateFolder()).contains(Path.of("/srv/state"));
        assertThat(configuration.libvirt().uri()).isEqualTo("qemu+unix:///system");
        assertThat(configuration.libvirt().writers()).containsExactly(MemoryWriter.SNAPSHOT);
        assertThat(configuration.libvirt().transformations())
                .containsExactly(
                        new Transformation.Cache("none"),
                        new Transformation.Discard(),
                        new Transformation.MovedPath("/old", "/new"),
                        new Transformation.Program(Path.of("/etc/berth/change")));
        assertThat(configuration.libvirt().streams()).isEqualTo(new StreamSettings(EmulatedLive.LIVE, StreamSink.DD));
        assertThat(configuration.libvirt().migration())
                .isEqualTo(new MigrationSettings("qemu+tls://{host}.example/system", Optional.of(500), true, 20));
        assertThat(configuration.logLevel()).isEqualTo(LogLevel.DEBUG);
    }

    @Test
    void aDatastoreOfScriptsNeedsTheirFolderAndALedgerOnly() {
        assertThat(read("datastores: {s: {driver: script, scripts: /s, ledger: /l}}")
                        .datastores())
                .containsEntry(
                        "s",
                        new DatastoreConfiguration(
                                "s",
                                new StorageConfiguration.Script(
                                        Path.of("/s"),
                                        List.of(),
                                        Path.of("/l"),
                                        new TreeMap<>(),
                                        new StorageCapabilities(false, false, false, false, false)),
                                List.of(),
                                OperationSettings.SAFE));
    }

    @Test
    void hypervisorsOfScriptsAreReadInTheirOrder() {
        assertThat(read("").hypervisors()).isEmpty();
        assertThat(read("hypervisors: {v: {scripts: /v, hosts: [h1, h2]},"
                                + " a: {scripts: /a, hosts: [h3], parameters: [user=x, folder=/b c]}}")
                        .hypervisors())
                .containsExactly(
                        new ScriptHypervisorConfiguration(
                                "v", Path.of("/v"), List.of(new HostRef("h1"), new HostRef("h2")), new TreeMap<>()),
                        new ScriptHypervisorConfiguration(
                                "a",
                                Path.of("/a"),
                                List.of(new HostRef("h3")),
                                new TreeMap<>(Map.of("user", "x", "folder", "/b c"))));
    }

    @Test
    void aCephDatastoreNeedsItsUserAndPoolOnly() {
        assertThat(read("datastores: {c: {driver: ceph, user: berth, pool: vms}}")
                        .datastores())
                .containsEntry("c", datastoreInCeph(new CephKey.Usual()));
        assertThat(read("datastores: {c: {driver: ceph, user: berth, pool: vms, keyfile: /k}}")
                        .datastores())
                .containsEntry("c", datastoreInCeph(new CephKey.Keyfile("/k")));
    }

    private static DatastoreConfiguration datastoreInCeph(CephKey key) {
        var storage = new StorageConfiguration.Ceph(
                Path.of("/etc/ceph/ceph.conf"),
                "berth",
                key,
                "vms",
                Optional.empty(),
                Optional.empty(),
                List.of(AttachWay.KRBD, AttachWay.NBD, AttachWay.EXPORT));
        return new DatastoreConfiguration("c", storage, List.of(), OperationSettings.SAFE);
    }

    /** The test above would forget a key that is added later. */
    @Test
    void noKeyIsForgottenByTheseTests() {
        var all = List.of(Keys.TOP, Keys.DATASTORE, Keys.SSH, Keys.HELPER, Keys.LIBVIRT, Keys.LOG);

        assertThat(all.stream().mapToInt(List::size).sum())
                .as("a new key needs a line in both tests above")
                .isEqualTo(39);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "link-foler: /x | line 1 | there is no key 'link-foler' | did you mean 'link-folder'?",
                "zzz: 1 | line 1 | there is no key 'zzz' | known here: datastores, ssh",
                "ssh: {conect-timeout: 1s} | line 1 | ssh.conect-timeout | did you mean 'connect-timeout'?",
                "ssh: {connect-timeout: 10} | line 1 | ssh.connect-timeout can't be '10' | no number with a unit",
                "ssh: {connect-timeout: 10 s} | line 1 | can't be '10 s' | no number with a unit",
                "ssh: {connect-timeout: 6m} | line 1 | can't be '6m' | out of range",
                "ssh: {connect-timeout: 999ms} | line 1 | can't be '999ms' | out of range",
                "ssh: [a] | line 1 | ssh is a list |''",
                "libvirt: {migration-uri: 'qemu+ssh://h2/system'} | line 1 | migration-uri can't be | no {host} in it",
                "libvirt: {migration-passes: 1} | line 1 | migration-passes can't be '1' | out of range",
                "libvirt: {migration-bandwidth: 1g} | line 1 | migration-bandwidth can't be '1g' | it is no number",
                "libvirt: {migration-auto-converge: maybe} | line 1 | can't be 'maybe' | it is neither",
                "log: {level: loud} | line 1 | log.level can't be 'loud' | there is no such one",
                "link-folder: relative | line 1 | link-folder can't be 'relative' | doesn't begin with '/'",
                "link-folder: [/a] | line 1 | link-folder is a list |''",
                "datastores: {a: {driver: tape}} | line 1 | datastores.a.driver can't be 'tape' | no such one",
                "datastores: {a: {driver: loop}} | line 1 | datastores.a has no 'folder' | must be written",
                "datastores: {a: {driver: loop, folder: /a, pool: b}} | line 1 | no key 'datastores.a.pool' |''",
                "datastores: {a: {driver: ceph, folder: /a}} | line 1 | no key 'datastores.a.folder' |''",
                "datastores: {a: {driver: ceph, user: u}} | line 1 | datastores.a has no 'pool' | must be written",
                "datastores: {a: {driver: ceph, pool: p}} | line 1 | datastores.a has no 'user' | must be written",
                "datastores: {a: {driver: ceph, pool: 'p/x'}} | line 1 | datastores.a.pool can't be 'p/x' | characters",
                "datastores: {a: {driver: ceph, user: -u}} | line 1 | datastores.a.user can't be '-u' | begins with",
                "datastores: {a: {driver: ceph, attach: [usb]}} | line 1 | datastores.a.attach can't be 'usb' | no such",
                "datastores: {a: {driver: script, ledger: /l}} | line 1 | datastores.a has no 'scripts' | must be written",
                "datastores: {a: {driver: script, scripts: /s}} | line 1 | datastores.a has no 'ledger' | must be written",
                "datastores: {a: {driver: script, parameters: [x]}} | line 1 | .parameters can't be 'x' | name and '='",
                "datastores: {a: {driver: script, parameters: [X=1]}} | line 1 | .parameters can't be 'X=1' | name and",
                "datastores: {a: {driver: script, can: [fly]}} | line 1 | datastores.a.can can't be 'fly' | no such",
                "datastores: {a: {driver: script, scripts: /s, ledger: /l, parameters: [x=1, x=2]}} | line 1 | the parameter 'x' twice | one",
                "datastores: {a: {driver: ceph, user: u, pool: p, keyring: /k, keyfile: /f}} | line 1 | has both | one",
                "datastores: {a: {driver: loop, folder: /a, checkpoint-location: file}} | line 1 | no key 'datastores.a.checkpoint-location' |''",
                "datastores: {a: {driver: directory, folder: /a, checkpoint-location: tape}} | line 1 | checkpoint-location can't be 'tape' | no such",
                "datastores: {a: {driver: directory, folder: /a, shared: auto, checkpoint-location: file}} | line 1 | may not share it | out of reach",
                "datastores: {'a b': {}} | line 1 | a datastore's name can't be 'a b' | other characters",
                "hypervisors: {v: {hosts: [h1]}} | line 1 | hypervisors.v has no 'scripts' | must be written",
                "hypervisors: {v: {scripts: /s}} | line 1 | hypervisors.v has no 'hosts' | must be written",
                "hypervisors: {v: {scripts: s}} | line 1 | hypervisors.v.scripts can't be 's' | begin with '/'",
                "hypervisors: {v: {uri: x}} | line 1 | no key 'hypervisors.v.uri' |''",
                "hypervisors: {v: {scripts: /s, hosts: [a]}, w: {scripts: /s, hosts: [a]}} | line 1 | the host 'a' | one of 'v' already",
                "default-datastore: gone | line 1 | default-datastore is 'gone' | there are []",
                "libvirt: {uri: -c} | line 1 | libvirt.uri can't be '-c' | no URI",
                "libvirt: {transformations: [pin]} | line 1 | libvirt.transformations can't be 'pin' | no such one",
                "libvirt: {transformations: ['cache-mode:x']} | line 1 | can't be 'cache-mode:x' | MODE is none",
                "libvirt: {transformations: ['program:x']} | line 1 | can't be 'program:x' | begin with '/'",
                "libvirt: {writers: [hope]} | line 1 | libvirt.writers can't be 'hope' | no such one",
                "a: 'x | line 1 | no YAML |''",
                "just text | line 1 | a single value | keys and values"
            })
    void whatCannotBeMeantIsRefusedWithLineReasonAndAdvice(String text, String line, String what, String why) {
        assertRefused(text, failure -> {
            assertThat(failure.what()).contains("berth.yaml", line, what);
            assertThat(failure.why()).contains(why);
        });
    }

    @Test
    void theLineIsTheOneOfTheMistake() {
        assertRefused(
                "log:\n  level: info\n\nssh:\n  program: ssh\n  connect-timeout: soon\n",
                failure -> assertThat(failure.what()).contains("line 6"));
        assertRefused(
                "log:\n  level: info\nlog:\n  level: debug\n",
                failure -> assertThat(failure.what()).contains("line 3", "'log' is there twice"));
    }

    @Test
    void anAliasCannotBlowUpTheFile() {
        assertRefused(
                "a: &a [x, x]\nb: &b [*a, *a]\n",
                failure -> assertThat(failure.what()).contains("berth.yaml"));
    }

    @Test
    void aHostileTextIsShownOnOneLine() {
        assertRefused(
                "log: {level: \"a\\nb\\u001b[31m\"}",
                failure -> assertThat(failure.what()).contains("can't be 'a\\nb\\u001b[31m'"));
    }

    private Configuration read(String text) {
        var file = folder.resolve("berth.yaml");
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Configuration.read(file);
    }

    private void assertRefused(String text, Consumer<Failure> expectation) {
        assertThatThrownBy(() -> read(text)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.code()).isEqualTo("configuration.bad");
            assertThat(failure.kind()).isEqualTo(FailureKind.CALLER);
            assertThat(failure.next()).isNotEmpty();
            expectation.accept(failure);
        });
    }
}
