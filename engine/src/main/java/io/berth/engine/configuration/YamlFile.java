package io.berth.engine.configuration;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads YAML into nodes that know their lines. No types are guessed: {@code no} stays the two letters. */
final class YamlFile {
    private static final int LIMIT = 1 << 20;

    private final Path path;

    YamlFile(Path path) {
        this.path = path;
    }

    /** Empty when the file isn't there, or has nothing but comments. */
    Optional<YamlNode.Section> read() {
        String text;
        try {
            if (Files.size(path) > LIMIT) {
                throw unreadable("it is larger than 1 MiB", null);
            }
            text = Files.readString(path);
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        } catch (IOException failure) {
            throw unreadable(failure.toString(), failure);
        }
        return parse(text);
    }

    Optional<YamlNode.Section> parse(String text) {
        try {
            var settings = LoadSettings.builder()
                    .setLabel(path.toString())
                    .setAllowDuplicateKeys(false)
                    .setMaxAliasesForCollections(0)
                    .build();
            return new Compose(settings).composeString(text).map(this::top);
        } catch (MarkedYamlEngineException syntax) {
            var line = syntax.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new ConfigurationFile(path).trouble(line, "it is no YAML", syntax.getProblem(), "correct the line");
        } catch (YamlEngineException syntax) {
            throw new ConfigurationFile(path)
                    .trouble(1, "it is no YAML", String.valueOf(syntax.getMessage()), "correct the file");
        }
    }

    private YamlNode.Section top(Node node) {
        return switch (convert(node)) {
            case YamlNode.Section section -> section;
            case YamlNode.Text other -> throw notASection(other);
            case YamlNode.Items other -> throw notASection(other);
        };
    }

    private Failure notASection(YamlNode found) {
        return new ConfigurationFile(path)
                .trouble(found.line(), "it is " + found.kind(), "keys and values are expected", "write 'key: value'");
    }

    private YamlNode convert(Node node) {
        var line = line(node);
        if (node instanceof ScalarNode scalar) {
            return new YamlNode.Text(line, scalar.getValue());
        }
        if (node instanceof SequenceNode sequence) {
            return new YamlNode.Items(
                    line, sequence.getValue().stream().map(this::convert).toList());
        }
        if (node instanceof MappingNode mapping) {
            var entries = new LinkedHashMap<String, YamlNode.Entry>();
            mapping.getValue().forEach(pair -> {
                if (!(pair.getKeyNode() instanceof ScalarNode key)) {
                    throw new ConfigurationFile(path)
                            .trouble(line(pair.getKeyNode()), "a key is no single word", "", "write 'key: value'");
                }
                var entry = new YamlNode.Entry(line(key), convert(pair.getValueNode()));
                if (entries.putIfAbsent(key.getValue(), entry) != null) {
                    throw new ConfigurationFile(path)
                            .trouble(line(key), "'" + key.getValue() + "' is there twice", "", "remove one of them");
                }
            });
            return new YamlNode.Section(line, entries);
        }
        throw new ConfigurationFile(path)
                .trouble(line, "anchors and aliases aren't read here", "", "write the value where it is meant");
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    private Failure unreadable(String why, @Nullable IOException cause) {
        var failure = Failure.of(FailureKind.ENVIRONMENT, "configuration.unreadable", "can't read " + path)
                .why(why)
                .next("make it readable for this user, or name another folder with --home");
        return (cause == null ? failure : failure.cause(cause)).build();
    }
}
