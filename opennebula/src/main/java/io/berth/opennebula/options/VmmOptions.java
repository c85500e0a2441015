package io.berth.opennebula.options;

import io.berth.driver.Failure;
import io.berth.driver.Printable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Of the VM driver, with the meaning and the defaults they have in OpenNebula.
 *
 * @param hypervisor folder of the scripts below {@code remotes/vmm}
 * @param threads actions at once, 1 or more
 * @param retries of a single script that failed, one a second
 * @param local actions whose scripts run on the front-end
 * @param delegated actions on whose ssh connections the caller's keys are taken along
 * @param shell what runs on hosts
 * @param parallel whether several actions may go on at one host
 * @param timeout of a hypervisor's script
 */
public record VmmOptions(
        String hypervisor,
        int threads,
        int retries,
        ActionList local,
        ActionList delegated,
        String shell,
        boolean parallel,
        Optional<Duration> timeout) {
    private static final List<Option> KNOWN = List.of(
            new Option("retries", 'r', Option.Value.MAYBE),
            new Option("threads", 't', Option.Value.MAYBE),
            new Option("local", 'l', Option.Value.NEEDED),
            new Option("delegate", 'd', Option.Value.NEEDED),
            new Option("shell", 's', Option.Value.NEEDED),
            new Option("parallel", 'p', Option.Value.NONE),
            new Option("timeout", 'w', Option.Value.MAYBE));
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");

    /** @throws Failure {@code mad.arguments} */
    public static VmmOptions parse(List<String> arguments) {
        var said = new OptionReader(KNOWN).read(arguments);
        var values = said.values();
        if (said.words().isEmpty()) {
            throw OptionReader.wrong("the hypervisor is missing, as in '-t 15 -r 0 kvm -p'");
        }
        var timeout = said.number("timeout", 0, 0);
        return new VmmOptions(
                name(said.words().getFirst(), "hypervisor"),
                said.number("threads", 1, OptionReader.USUAL_THREADS),
                said.number("retries", 0, 0),
                ActionList.parse(values.getOrDefault("local", "")),
                ActionList.parse(values.getOrDefault("delegate", "migrate")),
                name(values.getOrDefault("shell", "bash"), "shell"),
                values.containsKey("parallel"),
                timeout == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(timeout)));
    }

    private static String name(String text, String what) {
        // A shell may be given with its path; neither may hold what another shell would take apart.
        var last = text.substring(what.equals("shell") ? text.lastIndexOf('/') + 1 : 0);
        var path = text.substring(0, text.length() - last.length());
        if (!NAME.matcher(last).matches() || !path.matches("(/[A-Za-z0-9_.-]*)*")) {
            throw OptionReader.wrong("'" + Printable.line(text) + "' is no name of a " + what);
        }
        return text;
    }
}
