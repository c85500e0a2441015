package io.berth.opennebula.action;

import io.berth.opennebula.message.TransferCommand;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** One step of a request. Each is a script of the site's, or a small program on the host. */
public sealed interface ActionStep {
    /** As the log names it, and as later steps refer to its output. */
    String name();

    AfterFailure afterFailure();

    /** The same step with something to do when it fails. */
    ActionStep with(AfterFailure after);

    /**
     * A script of the hypervisor's. It gets the VM's id and the host's name behind its arguments.
     *
     * @param name also the word that a list of local actions has for it
     * @param script its usual file
     * @param input its standard input: as it is on the host, as base64 when it runs on the front-end
     */
    record Hypervisor(
            String name, String script, Side side, List<Argument> arguments, String input, AfterFailure afterFailure)
            implements ActionStep {
        public Hypervisor {
            arguments = List.copyOf(arguments);
        }

        @Override
        public Hypervisor with(AfterFailure after) {
            return new Hypervisor(name, script, side, arguments, input, after);
        }
    }

    /**
     * A script of the hypervisor's that does something with the guest's memory. What it says is held against where the guest
     * is: stock's ends with the code of what it does last (OpenNebula/one#6634).
     */
    record Memory(Hypervisor script, MemoryWork work) implements ActionStep {
        @Override
        public String name() {
            return script.name();
        }

        @Override
        public AfterFailure afterFailure() {
            return script.afterFailure();
        }

        @Override
        public Memory with(AfterFailure after) {
            return new Memory(script.with(after), work);
        }
    }

    /**
     * A program that every host has.
     *
     * @param program absolute path
     * @param outputFile where its output goes
     * @param local whether it runs on the front-end, with base64 for input
     */
    record Program(
            String name,
            String program,
            List<String> arguments,
            Optional<String> outputFile,
            String input,
            boolean local,
            AfterFailure afterFailure)
            implements ActionStep {
        public Program {
            arguments = List.copyOf(arguments);
        }

        @Override
        public Program with(AfterFailure after) {
            return new Program(name, program, arguments, outputFile, input, local, after);
        }
    }

    /**
     * A script of each network driver of the VM's, on the host unless it is among the local actions.
     *
     * @param input instead of the usual reduced VM; only for scripts on the host, as in stock
     * @param skipped drivers that are left out
     */
    record Network(
            String name,
            Side side,
            List<Argument> arguments,
            Optional<String> input,
            Set<String> skipped,
            AfterFailure afterFailure)
            implements ActionStep {
        public Network {
            arguments = List.copyOf(arguments);
            skipped = Set.copyOf(skipped);
        }

        @Override
        public Network with(AfterFailure after) {
            return new Network(name, side, arguments, input, skipped, after);
        }
    }

    /** A script of a storage driver's, on the front-end. */
    record Transfer(String name, TransferCommand command, String input, AfterFailure afterFailure)
            implements ActionStep {
        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]*");

        /** Whether it can be a driver's or a script's name, and can't lead out of its folder. */
        public static boolean isName(String name) {
            return NAME.matcher(name).matches();
        }

        @Override
        public Transfer with(AfterFailure after) {
            return new Transfer(name, command, input, after);
        }
    }

    /**
     * A script that a storage driver has beside those of the transfer manager, on the front-end.
     *
     * @param environment variables that it gets beside the driver's own
     */
    record Hook(
            String name,
            TransferCommand command,
            String input,
            Map<String, String> environment,
            AfterFailure afterFailure)
            implements ActionStep {
        public Hook {
            environment = Map.copyOf(environment);
        }

        @Override
        public Hook with(AfterFailure after) {
            return new Hook(name, command, input, environment, after);
        }
    }

    /** A script of a backup datastore's driver, on the front-end. */
    record Datastore(String name, TransferCommand command, String input, AfterFailure afterFailure)
            implements ActionStep {
        @Override
        public Datastore with(AfterFailure after) {
            return new Datastore(name, command, input, after);
        }
    }
}
