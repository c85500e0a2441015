package io.berth.engine.configuration;

import java.nio.file.Path;
import java.util.Set;

/** How a transformation is written. */
final class TransformationForm {
    private static final Set<String> CACHE_MODES = Set.of("none", "writeback", "unsafe", "writethrough", "directsync");
    private static final String ALLOWED = "`pin-machine`, `pin-cpu`, `free-page-reporting`, `discard`,"
            + " `cache-mode:MODE`, `paths:/FROM=/TO` or `program:/PATH`";

    private TransformationForm() {}

    static Form.One<Transformation> form() {
        return new Form.One<>(ALLOWED, TransformationForm::parse);
    }

    private static Transformation parse(String text) throws BadValue {
        var colon = text.indexOf(':');
        return colon < 0 ? named(text) : withArgument(text.substring(0, colon), text.substring(colon + 1));
    }

    private static Transformation named(String name) throws BadValue {
        return switch (name) {
            case "pin-machine" -> new Transformation.PinMachine();
            case "pin-cpu" -> new Transformation.PinCpu();
            case "free-page-reporting" -> new Transformation.FreePageReporting();
            case "discard" -> new Transformation.Discard();
            default -> throw new BadValue("there is no such one");
        };
    }

    private static Transformation withArgument(String name, String argument) throws BadValue {
        return switch (name) {
            case "cache-mode" -> {
                if (!CACHE_MODES.contains(argument)) {
                    throw new BadValue("MODE is none, writeback, unsafe, writethrough or directsync");
                }
                yield new Transformation.Cache(argument);
            }
            case "paths" -> {
                var sign = argument.indexOf('=');
                if (sign < 1) {
                    throw new BadValue("there is no '='");
                }
                yield new Transformation.MovedPath(
                        absolute(argument.substring(0, sign)), absolute(argument.substring(sign + 1)));
            }
            case "program" -> new Transformation.Program(Path.of(absolute(argument)));
            default -> throw new BadValue("there is no such one");
        };
    }

    private static String absolute(String path) throws BadValue {
        if (!path.startsWith("/") || path.chars().anyMatch(Character::isISOControl)) {
            throw new BadValue("a path must begin with '/'");
        }
        return path;
    }
}
