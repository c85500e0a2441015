package io.berth.tck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Writes what {@link TriedOn} promises. */
final class OutcomeReport implements BeforeAllCallback, AfterTestExecutionCallback, TestWatcher, AfterAllCallback {
    private static final String FOLDER = "berth.tck.report";
    private static final ExtensionContext.Namespace OURS = ExtensionContext.Namespace.create(OutcomeReport.class);

    /** How the tests of one class went so far. A driver that no test ever met has declared nothing. */
    private record Outcome(AtomicReference<@Nullable DeclaredSkills> declared, AtomicInteger failed) {}

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getStore(OURS).put(Outcome.class, new Outcome(new AtomicReference<>(), new AtomicInteger()));
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        outcome(context).declared().set(DeclaredSkills.of(context.getRequiredTestInstance()));
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        outcome(context).failed().incrementAndGet();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        var folder = System.getProperty(FOLDER);
        var outcome = outcome(context);
        var declared = outcome.declared().get();
        if (folder != null && declared != null) {
            var suite = context.getRequiredTestClass();
            var file = Path.of(folder, declared.kind(), suite.getName() + ".md");
            Files.createDirectories(file.getParent());
            Files.writeString(file, line(declared, suite, outcome.failed().get()));
        }
    }

    private static String line(DeclaredSkills declared, Class<?> suite, int failed) {
        return "| `%s` | %s | %s | %s | %s |\n"
                .formatted(
                        declared.driver(),
                        suite.getAnnotation(TriedOn.class).value(),
                        String.join(", ", declared.can()),
                        String.join(", ", declared.refuses()),
                        failed == 0 ? "passed" : failed + " tests failed");
    }

    private static Outcome outcome(ExtensionContext context) {
        var outcome = context.getStore(OURS).get(Outcome.class, Outcome.class);
        if (outcome == null) {
            throw new IllegalStateException("no suite has begun");
        }
        return outcome;
    }
}
