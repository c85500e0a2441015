package io.berth.storage.loop;

import io.berth.driver.HostRef;
import io.berth.driver.host.CommandResult;
import io.berth.driver.host.HostCommand;
import io.berth.driver.host.HostTransport;
import io.berth.storage.files.FakeHelperTransport;
import java.util.List;

/** A fault built into the driver's ground: a command that isn't done, is done otherwise, or answers wrongly. */
enum Sabotage {
    TRANSITIONS_ARE_REPLACED {
        @Override
        CommandResult run(HostTransport transport, HostRef host, HostCommand command) {
            return transport.run(host, is(command, "create-once") ? renamed(command, "replace") : command);
        }
    },
    RECORDS_ARE_WRITTEN_ONCE {
        @Override
        CommandResult run(HostTransport transport, HostRef host, HostCommand command) {
            if (!is(command, "replace")) {
                return transport.run(host, command);
            }
            transport.run(host, renamed(command, "create-once"));
            return FakeHelperTransport.ok("");
        }
    },
    IMAGES_ARE_NOT_REMOVED {
        @Override
        CommandResult run(HostTransport transport, HostRef host, HostCommand command) {
            return unlessRemoving(".img", transport, host, command);
        }
    },
    MARKERS_ARE_NOT_REMOVED {
        @Override
        CommandResult run(HostTransport transport, HostRef host, HostCommand command) {
            return unlessRemoving(".allocated", transport, host, command);
        }
    },
    VOLUMES_ARE_NOT_MADE {
        @Override
        CommandResult run(HostTransport transport, HostRef host, HostCommand command) {
            return unless("make-volume", transport, host, command);
        }
    },
    SMALLER_VOLUMES_ARE_GOOD_ENOUGH {
        @Override
        CommandResult run(HostTransport transport, HostRef host, HostCommand command) {
            var result = transport.run(host, command);
            return is(command, "make-volume") ? FakeHelperTransport.ok("") : result;
        }
    },
    FILES_DO_NOT_GROW {
        @Override
        CommandResult run(HostTransport transport, HostRef host, HostCommand command) {
            return unless("grow-volume", transport, host, command);
        }
    },
    DEVICES_DO_NOT_GROW {
        @Override
        CommandResult run(HostTransport transport, HostRef host, HostCommand command) {
            return unless("--set-capacity", transport, host, command);
        }
    },
    DEVICES_ARE_NOT_DETACHED {
        @Override
        CommandResult run(HostTransport transport, HostRef host, HostCommand command) {
            return unless("--detach", transport, host, command);
        }
    },
    EVERY_DEVICE_SEEMS_TO_BE_THIS_HOSTS {
        @Override
        CommandResult run(HostTransport transport, HostRef host, HostCommand command) {
            return unless("-b", transport, host, command);
        }
    },
    NO_DEVICE_IS_SEEN_ON_THE_SECOND_HOST {
        @Override
        CommandResult run(HostTransport transport, HostRef host, HostCommand command) {
            return host.name().equals("h2") ? unless("--list", transport, host, command) : transport.run(host, command);
        }
    },
    ONLY_ONE_FILE_IS_GATHERED {
        @Override
        CommandResult run(HostTransport transport, HostRef host, HostCommand command) {
            if (!is(command, "gather")) {
                return transport.run(host, command);
            }
            var output =
                    transport.run(host, command.withOutputLines(line -> {})).output();
            var second = output.indexOf("\n\n");
            output.substring(0, second < 0 ? output.length() : second + 2)
                    .lines()
                    .forEach(command.outputLines());
            return FakeHelperTransport.ok("");
        }
    },
    NO_LONG_FILE_IS_READ {
        @Override
        CommandResult run(HostTransport transport, HostRef host, HostCommand command) {
            return is(command, "read") && command.argv().getLast().endsWith(".record")
                    ? FakeHelperTransport.failed(20, "absent: so it seems")
                    : transport.run(host, command);
        }
    },
    DAMAGE_STOPS_THE_LIST {
        @Override
        CommandResult run(HostTransport transport, HostRef host, HostCommand command) {
            if (!is(command, "gather")) {
                return transport.run(host, command);
            }
            var damaged = new boolean[1];
            return transport.run(host, command.withOutputLines(line -> {
                damaged[0] |= line.indexOf('\ufffd') >= 0;
                command.outputLines().accept(damaged[0] ? line.replace('=', ' ') : line);
            }));
        }
    },
    THE_ROOM_IS_UNKNOWN {
        @Override
        CommandResult run(HostTransport transport, HostRef host, HostCommand command) {
            return is(command, "room") ? FakeHelperTransport.ok("0 0\n") : transport.run(host, command);
        }
    };

    abstract CommandResult run(HostTransport transport, HostRef host, HostCommand command);

    private static boolean is(HostCommand command, String word) {
        return command.argv().contains(word);
    }

    private static CommandResult unless(String word, HostTransport transport, HostRef host, HostCommand command) {
        return is(command, word) ? FakeHelperTransport.ok("") : transport.run(host, command);
    }

    private static CommandResult unlessRemoving(
            String end, HostTransport transport, HostRef host, HostCommand command) {
        var meant = is(command, "remove") && command.argv().getLast().endsWith(end);
        return meant ? FakeHelperTransport.ok("") : transport.run(host, command);
    }

    private static HostCommand renamed(HostCommand command, String word) {
        var argv = List.of(command.argv().getFirst(), word, command.argv().getLast());
        return HostCommand.reading(argv.toArray(String[]::new)).withStdin(command.stdin());
    }

    /** The transport with the fault. */
    HostTransport in(HostTransport sound) {
        return new HostTransport() {
            @Override
            public CommandResult run(HostRef host, HostCommand command) {
                return Sabotage.this.run(sound, host, command);
            }

            @Override
            public void close() {
                sound.close();
            }
        };
    }
}
