package io.berth.hypervisor.libvirt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads the answers to {@link VirshCommands#survey}.
 *
 * <p>The three questions aren't asked in one instant. A domain whose state isn't told comes or goes just then.
 */
final class SurveyParser {
    private static final Pattern LISTED =
            Pattern.compile("(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})(?: (.*))?");
    private static final String DOMAIN = "Domain: '";
    private static final String STATE = "  state.state=";
    private static final String REASON = "  state.reason=";

    private SurveyParser() {}

    static List<SurveyedDomain> parse(String names, String persistent, String states) {
        var kept = persistent.lines().map(String::strip).collect(Collectors.toSet());
        var stateOf = states(states);
        var domains = new ArrayList<SurveyedDomain>();
        names.lines().forEach(line -> {
            var listed = LISTED.matcher(line);
            if (listed.matches()) {
                var name = listed.group(2) == null ? "" : listed.group(2);
                // Some versions pad the column.
                var known = stateOf.containsKey(name) ? name : name.stripTrailing();
                domains.add(new SurveyedDomain(
                        UUID.fromString(listed.group(1)),
                        known,
                        kept.contains(listed.group(1)),
                        stateOf.getOrDefault(known, DomainState.UNTOLD)));
            }
        });
        return domains;
    }

    private static Map<String, DomainState> states(String text) {
        var states = new HashMap<String, DomainState>();
        var name = "";
        var state = -1;
        for (var line : text.lines().toList()) {
            if (line.startsWith(DOMAIN) && line.endsWith("'")) {
                name = line.substring(DOMAIN.length(), line.length() - 1);
                state = -1;
            } else if (line.startsWith(STATE)) {
                state = number(line.substring(STATE.length()));
            } else if (line.startsWith(REASON)) {
                states.put(name, new DomainState(state, number(line.substring(REASON.length()))));
            }
        }
        return states;
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException odd) {
            return -1;
        }
    }
}
