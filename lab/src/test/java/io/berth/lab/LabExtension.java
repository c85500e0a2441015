package io.berth.lab;

import io.berth.driver.host.HostTransport;
import io.berth.transport.HostAddress;
import io.berth.transport.TransportSettings;
import io.berth.transport.Transports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One lab with hosts h1 and h2 for all tests of this process, given to those that ask for a {@link Lab} or a
 * {@link Site}; and for those that ask for a {@link HostTransport}, a connection to the hosts for each class. After each test every host has its power, cable and storage back.
 */
final class LabExtension implements BeforeAllCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {
    private static final ExtensionContext.Namespace OURS = ExtensionContext.Namespace.create(LabExtension.class);

    static Path root() {
        return Path.of(System.getProperty("berth.root", ".")).toAbsolutePath().normalize();
    }

    /** Closed when the last test has ended. */
    record Running(Path folder, Lab lab, Site site) implements AutoCloseable {
        static Running start() {
            System.setProperty(
                    "berth.host-helper", root().resolve("host-helper/build").toString());
            try {
                var folder = Files.createTempDirectory(Path.of("/var/tmp"), "berth-lab-tests.");
                var lab = new Lab(root(), folder.resolve("lab"));
                try {
                    lab.up("h1", "h2");
                    return new Running(folder, lab, Site.open(lab, folder.resolve("site")));
                } catch (RuntimeException | AssertionError failure) {
                    lab.close();
                    throw failure;
                }
            } catch (IOException noFolder) {
                throw new UncheckedIOException(noFolder);
            }
        }

        @Override
        public void close() {
            try (lab) {
                site.close();
            }
            Damage.removeAll(folder);
        }
    }

    private static Running running(ExtensionContext context) {
        return context.getStore(ExtensionContext.StoreScope.LAUNCHER_SESSION, OURS)
                .computeIfAbsent(Running.class, key -> Running.start(), Running.class);
    }

    private static ExtensionContext.Store connections(ExtensionContext context) {
        return context.getStore(ExtensionContext.StoreScope.LAUNCHER_SESSION, OURS);
    }

    private static HostTransport connection(ExtensionContext context) {
        return connections(context)
                .computeIfAbsent(
                        context.getRequiredTestClass(),
                        _ -> connect(running(context).lab()),
                        HostTransport.class);
    }

    private static HostTransport connect(Lab lab) {
        var ssh = List.of("ssh", "-F", lab.sshConfiguration().toString());
        return new Transports(
                host -> new HostAddress.Ssh("root@" + host),
                TransportSettings.defaults().withSsh(ssh));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        running(context);
        context.getStore(OURS).put(Instant.class, Instant.now());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (running(context).lab().heal()) {
            running(context).site().awaitHosts();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        var connection = connections(context).remove(context.getRequiredTestClass(), HostTransport.class);
        if (connection != null) {
            connection.close();
        }
        var begun = context.getStore(OURS).get(Instant.class, Instant.class);
        if (begun != null) {
            var took = Duration.between(begun, Instant.now());
            System.out.println(context.getDisplayName() + " took " + took.toSeconds() + " s");
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type == Lab.class || type == Site.class || type == HostTransport.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        if (type == HostTransport.class) {
            return connection(context);
        }
        return type == Lab.class ? running(context).lab() : running(context).site();
    }
}
