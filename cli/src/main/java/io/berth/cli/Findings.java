package io.berth.cli;

import io.berth.cli.output.FailureText;
import io.berth.cli.output.JsonText;
import io.berth.engine.HostCheck.Finding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a look at something found, one thing after the other. */
final class Findings {
    private Findings() {}

    /** Prints them, and says whether all is well. */
    static ExitCode print(Invocation invocation, List<Finding> findings) {
        var session = invocation.session();
        if (invocation.has(Specs.JSON)) {
            session.output()
                    .println(JsonText.of(findings.stream().map(Findings::json).toList()));
        } else {
            findings.forEach(finding -> show(session, finding));
        }
        var isGood = findings.stream().allMatch(finding -> finding.trouble().isEmpty());
        return isGood ? ExitCode.DONE : ExitCode.ENVIRONMENT;
    }

    private static void show(Session session, Finding finding) {
        finding.trouble()
                .ifPresentOrElse(
                        trouble -> {
                            session.output().println(finding.subject() + ": trouble");
                            FailureText.lines(trouble)
                                    .forEach(line -> session.output().println("  " + line));
                        },
                        () -> session.output().println(finding.subject() + ": " + finding.text()));
    }

    private static Map<String, @Nullable Object> json(Finding finding) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        object.put("subject", finding.subject());
        object.put("good", finding.trouble().isEmpty());
        object.put("text", finding.text());
        object.put("code", finding.trouble().map(trouble -> trouble.code()).orElse(null));
        object.put("trouble", finding.trouble().map(Throwable::getMessage).orElse(null));
        return object;
    }
}
