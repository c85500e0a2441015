package io.berth.cli;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;

/** Writes the completion for bash: the commands are in the script, names are asked of berth itself. */
final class BashCompletion {
    private BashCompletion() {}

    static String script(List<Noun> nouns, List<Verb> alone) {
        var first = Stream.concat(nouns.stream().map(Noun::name), alone.stream().map(Verb::name))
                .collect(Collectors.joining(" "));
        var verbs = new StringBuilder();
        var options = new StringBuilder();
        var names = new StringBuilder();
        for (var noun : nouns) {
            verbs.append(arm(noun.name(), noun.verbs().stream().map(Verb::name).toList()));
            for (var verb : noun.verbs()) {
                options.append(arm("\"" + noun.name() + " " + verb.name() + "\"", options(verb)));
                if (!verb.arguments().isEmpty() && !verb.name().equals("add") && isListed(nouns, asked(noun, verb))) {
                    names.append("    \"%s %s\") __berth_names %s list %s ;;\n"
                            .formatted(noun.name(), verb.name(), asked(noun, verb), column(asked(noun, verb))));
                }
            }
        }
        alone.forEach(verb -> options.append(arm("\"" + verb.name() + " \"", options(verb))));
        return TEMPLATE.replace("@FIRST@", first)
                .replace("@VERBS@\n", verbs)
                .replace("@OPTIONS@\n", options)
                .replace("@NAMES@\n", names);
    }

    private static String arm(String pattern, List<String> words) {
        return "    %s) words=\"%s\" ;;\n".formatted(pattern, String.join(" ", words));
    }

    private static List<String> options(Verb verb) {
        return Stream.concat(verb.options().stream(), Specs.common().stream())
                .map(OptionSpec::longestName)
                .toList();
    }

    /** Whose names complete the command; VMs for what takes VMs. */
    private static String asked(Noun noun, Verb verb) {
        return verb.arguments().getFirst().paramLabel().equals("VM") ? "vm" : noun.name();
    }

    private static boolean isListed(List<Noun> nouns, String noun) {
        return nouns.stream()
                .filter(each -> each.name().equals(noun))
                .flatMap(each -> each.verbs().stream())
                .anyMatch(verb -> verb.name().equals("list"));
    }

    private static String column(String noun) {
        return noun.equals("operation") ? "ID" : "NAME";
    }

    private static final String TEMPLATE = """
            # Completion of berth for bash: eval "$(berth completion bash)"
            __berth_names() {
              local line
              COMPREPLY=()
              while IFS= read -r line; do
                [[ $line == "$current"* ]] && COMPREPLY+=("$(printf '%q' "$line")")
              done < <(berth "${home[@]}" "$1" "$2" --no-header -l "$3" 2>/dev/null)
            }

            __berth() {
              local current=${COMP_WORDS[COMP_CWORD]} noun='' verb='' word words='' index
              local -a home=()
              COMPREPLY=()
              for ((index = 1; index < COMP_CWORD; index++)); do
                word=${COMP_WORDS[index]}
                if [[ $word == --home ]]; then
                  home=(--home "${COMP_WORDS[index + 1]}")
                  ((index++))
                elif [[ $word != -* && -z $noun ]]; then
                  noun=$word
                elif [[ $word != -* && -z $verb ]]; then
                  verb=$word
                fi
              done
              if [[ -z $noun ]]; then
                mapfile -t COMPREPLY < <(compgen -W "@FIRST@" -- "$current")
                return
              fi
              if [[ -z $verb && $current != -* ]]; then
                case $noun in
            @VERBS@
                esac
                mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
                return
              fi
              if [[ $current == -* ]]; then
                case "$noun $verb" in
            @OPTIONS@
                esac
                mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
                return
              fi
              case "$noun $verb" in
            @NAMES@
              esac
            }
            complete -o default -F __berth berth
            """;
}
