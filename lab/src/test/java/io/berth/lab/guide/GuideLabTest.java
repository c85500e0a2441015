package io.berth.lab.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.engine.configuration.Home;
import io.berth.engine.remote.DaemonLock;
import io.berth.engine.remote.DaemonSocket;
import io.berth.lab.Lab;
import io.berth.lab.guide.GuidePage.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Follows each page of the documentation as a newcomer would: on two fresh hosts, with an empty home. */
class GuideLabTest {
    private static final Path ROOT =
            Path.of(System.getProperty("berth.root", ".")).toAbsolutePath().normalize();
    private static final long PATIENCE_SECONDS = 120;

    /** Begins a path in the project, in what the lab is told. */
    private static final String SOURCES = "$SOURCES/";

    @TempDir
    private Path folder;

    private Lab lab = new Lab(ROOT, Path.of("unused"));
    private Optional<StandInSite> site = Optional.empty();

    static Stream<String> pages() throws IOException {
        var pages = new ArrayList<String>(List.of("README.md"));
        for (var kind : List.of("docs/tutorial", "docs/how-to")) {
            try (var files = Files.list(ROOT.resolve(kind))) {
                files.filter(file -> file.toString().endsWith(".md"))
                        .map(file -> ROOT.relativize(file).toString())
                        .sorted()
                        .forEach(pages::add);
            }
        }
        return pages.stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void whatThePageTellsToTypeWorksAsShown(String name) throws Exception {
        var page = GuidePage.parse(name, Files.readString(ROOT.resolve(name)));
        assertThat(page.parts()).as("%s has nothing to type", name).anyMatch(Part.Command.class::isInstance);
        lab = new Lab(ROOT, Files.createDirectory(folder.resolve("lab")));
        lab.up("h1", "h2");
        for (var part : page.parts()) {
            switch (part) {
                case Part.Stage stage -> arrange(stage);
                case Part.FrontEnd() ->
                    site = Optional.of(new StandInSite(folder.resolve("one"), lab.sshConfiguration()));
                case Part.Configuration configuration -> configure(configuration);
                case Part.Command command -> type(page, command);
            }
        }
    }

    /** A page that starts one stops it as well, unless it fails before. */
    @AfterEach
    void endTheDaemon() throws Exception {
        if (DaemonSocket.of(Home.in(home())).isAnswered()) {
            var daemon = DaemonLock.lastHolder(home()).stream()
                    .mapToObj(ProcessHandle::of)
                    .flatMap(Optional::stream)
                    .findFirst()
                    .orElseThrow();
            daemon.destroyForcibly();
            daemon.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    @AfterEach
    void endTheSite() {
        site.ifPresent(StandInSite::close);
    }

    @AfterEach
    void endTheLab() {
        if (Files.exists(folder.resolve("lab"))) {
            lab.close();
        }
    }

    private void arrange(Part.Stage stage) throws Exception {
        var argv = new ArrayList<>(List.of(ROOT.resolve("lab/lab").toString()));
        for (var word : stage.words()) {
            argv.add(word.startsWith(SOURCES) ? onHosts(word.substring(SOURCES.length())) : word);
        }
        var ended = run(argv);
        assertThat(ended.code()).as("lab %s: %s", stage.words(), ended.output()).isZero();
    }

    /** Hosts see little of the machine they are made of: what they are to have of the sources goes into their shared folder. */
    private String onHosts(String source) throws Exception {
        var shared = folder.resolve("lab/shared/sources").resolve(source);
        Files.createDirectories(shared.getParent());
        var copied = run(List.of("cp", "-RT", ROOT.resolve(source).toString(), shared.toString()));
        assertThat(copied.code()).as(copied.output()).isZero();
        return "/srv/berth/sources/" + source;
    }

    /** The readers' own ssh configuration knows their hosts; here the lab's does. */
    private void configure(Part.Configuration configuration) throws IOException {
        Files.createDirectories(home());
        Files.writeString(
                home().resolve("berth.yaml"),
                configuration.text() + "ssh:\n  config-file: " + lab.sshConfiguration() + "\n");
    }

    private void type(GuidePage page, Part.Command command) throws Exception {
        var where = page.name() + ":" + command.line() + ": " + command.text();
        var ended = run(List.of("bash", "-c", command.text()));
        assertThat(ended.code() == 0)
                .as("%s%nended with %d:%n%s", where, ended.code(), ended.output())
                .isEqualTo(command.succeeds());
        assertThat(Expected.missing(command.prints(), ended.output()))
                .as("%s%nprinted:%n%s", where, ended.output())
                .isEmpty();
    }

    private record Ended(int code, String output) {}

    private Ended run(List<String> argv) throws IOException, InterruptedException {
        var output = Files.createTempFile(folder, "typed", ".txt");
        var builder = new ProcessBuilder(argv)
                .directory(Files.createDirectories(folder.resolve("reader")).toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment());
        var process = builder.start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError("still runs after " + PATIENCE_SECONDS + " s: " + argv);
        }
        return new Ended(process.exitValue(), Files.readString(output));
    }

    private Map<String, String> environment() {
        var environment = new HashMap<>(Map.of(
                "BERTH_HOME", home().toString(),
                "BERTH_LAB", folder.resolve("lab").toString(),
                "SOURCES", ROOT.toString(),
                "PATH",
                        Path.of(System.getProperty("java.home"), "bin") + ":" + ROOT.resolve("target/dist/bin") + ":"
                                + System.getenv("PATH")));
        site.ifPresent(it -> it.addTo(environment));
        return environment;
    }

    private Path home() {
        return folder.resolve("home");
    }
}
