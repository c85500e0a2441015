package io.berth.opennebula.action;

import io.berth.opennebula.message.Element;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Starting and ending guests. */
final class PowerRecipes {
    private PowerRecipes() {}

    static Recipe deploy(Ask ask) {
        var message = ask.message();
        var domain = domain(message.localDeploymentFile());
        var local = ask.places().hypervisor("deploy", "deploy").local();
        var file = local ? message.localDeploymentFile() : message.remoteDeploymentFile();
        var folder = file.contains("/") ? file.substring(0, Math.max(1, file.lastIndexOf('/'))) : ".";
        var deployed = new Argument.OutputOf("deploy");
        return Steps.first(ask.context())
                .then(
                        ask.network("pre"),
                        makeFolder(folder, local),
                        write(folder + "/vm.xml", message.vm().source(), local),
                        write(
                                folder + "/ds.xml",
                                message.datastore().map(Element::source).orElse(""),
                                local),
                        new ActionStep.Hypervisor(
                                "deploy",
                                "deploy",
                                Side.HOST,
                                List.of(Argument.text(file), ask.host()),
                                domain,
                                AfterFailure.run(ask.network("clean", ask.host()))),
                        ask.network("post", deployed, ask.host())
                                .with(AfterFailure.run(
                                        ask.hypervisor("cancel", deployed, ask.host()),
                                        ask.network("clean", ask.host()))))
                .answering("deploy");
    }

    private static ActionStep makeFolder(String folder, boolean local) {
        return new ActionStep.Program(
                "/bin/mkdir -p", "/bin/mkdir", List.of("-p", folder), Optional.empty(), "", local, AfterFailure.STOP);
    }

    private static ActionStep write(String file, String text, boolean local) {
        return new ActionStep.Program(
                "/bin/cat - >" + file, "/bin/cat", List.of("-"), Optional.of(file), text, local, AfterFailure.STOP);
    }

    /** A definition that is missing or empty is refused before the host is asked for anything. */
    private static String domain(String file) {
        try {
            var text = file.isEmpty() ? "" : Files.readString(Path.of(file));
            if (!text.isEmpty()) {
                return text;
            }
        } catch (IOException unreadable) {
            // Told below, as an empty one.
        }
        throw Ask.refuse(
                "mad.no-deployment",
                "Cannot open deployment file " + file,
                "look whether the front-end's /var/lib/one is full or was cleaned");
    }

    static Recipe end(Ask ask, String action) {
        return Steps.first(ask.hypervisor(action, ask.deployId(), ask.host()))
                .then(ask.network("clean", ask.host()))
                .answering(action);
    }

    static Recipe restart(Ask ask, String action) {
        return Steps.first(ask.hypervisor(action, ask.deployId(), ask.host())).answering(action);
    }

    /** Whatever can be tidied up is; nothing of it stops the rest. */
    static Recipe cleanup(Ask ask) {
        var message = ask.message();
        var steps = new ArrayList<ActionStep>();
        if (!message.deployId().isEmpty()) {
            steps.add(ask.hypervisor("cancel", ask.deployId(), ask.host()));
        }
        steps.add(ask.network("clean", ask.host()));
        if (!message.destination().isEmpty()) {
            steps.add(ask.hypervisor("cancel", "cancel", Side.DESTINATION, List.of(ask.deployId(), ask.destination())));
            steps.add(ask.network("clean", Side.DESTINATION, ask.host()));
        }
        message.transferCommands()
                .forEach(command -> steps.add(new ActionStep.Transfer("tm_delete", command, "", AfterFailure.STOP)));
        return Steps.first(steps.stream()
                        .map(step -> step.with(AfterFailure.GO_ON))
                        .toList())
                .answering("cleanup");
    }
}
