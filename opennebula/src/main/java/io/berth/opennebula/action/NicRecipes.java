package io.berth.opennebula.action;

import io.berth.opennebula.message.ElementPath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Network interfaces of running guests, and the context that tells guests of them. */
final class NicRecipes {
    /** Line length of Ruby's base64, which stock hands on here and nowhere else. */
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(60, new byte[] {'\n'});

    private NicRecipes() {}

    /**
     * The interface that is attached or detached.
     *
     * @param path where it stands
     * @param isAlias whether it is an address more on an interface that is there
     */
    private record Interface(String path, boolean isAlias) {
        static Interface of(Ask ask) {
            return Stream.of("NIC", "PCI")
                    .map(kind -> "VM/TEMPLATE/" + kind + "[ATTACH='YES']")
                    .filter(path -> ask.message()
                            .root()
                            .at(ElementPath.of(path))
                            .findAny()
                            .isPresent())
                    .map(path -> new Interface(path, false))
                    .findFirst()
                    .orElse(new Interface("VM/TEMPLATE/NIC_ALIAS[ATTACH='YES']", true));
        }

        Optional<String> text(Ask ask, String child) {
            return ask.text(path + "/" + child);
        }
    }

    static Recipe attach(Ask ask) {
        var nic = Interface.of(ask);
        var wanted = Stream.of("MAC", "BRIDGE", "VN_MAD", "TARGET")
                .flatMap(child -> nic.text(ask, child).stream())
                .map(Argument::text)
                .toList();
        if (wanted.size() < 4) {
            throw Ask.refuse(
                    "mad.request-incomplete",
                    "Missing VN_MAD, BRIDGE, TARGET or MAC in VM NIC",
                    "look at the VM with 'onevm show -x' and at its virtual network");
        }
        var mac = wanted.getFirst();
        var model = Argument.text(nic.text(ask, "MODEL").orElse("-"));
        var undo = AfterFailure.run(ask.hypervisor("detach_nic", ask.deployId(), mac));
        var post = ask.network("post", ask.deployId(), ask.host());
        return Steps.first(ask.network("pre"))
                .thenIf(
                        !nic.isAlias(),
                        ask.hypervisor(
                                "attach_nic", ask.deployId(), mac, wanted.get(1), model, wanted.get(2), wanted.get(3)))
                .then(nic.isAlias() ? post : post.with(undo))
                .then(tellGuest(ask, undo))
                .answering("attach_nic");
    }

    static Recipe detach(Ask ask) {
        var nic = Interface.of(ask);
        var mac = nic.text(ask, "MAC")
                .orElseThrow(() -> Ask.refuse(
                        "mad.request-incomplete",
                        "Error in " + ask.request() + ", MAC needed in NIC",
                        "look at the VM with 'onevm show -x'"));
        return Steps.first()
                .thenIf(!nic.isAlias(), ask.hypervisor("detach_nic", ask.deployId(), Argument.text(mac)))
                .then(ask.network("clean", ask.host()))
                .then(tellGuest(ask, AfterFailure.STOP))
                .answering("detach_nic");
    }

    static Recipe updateContext(Ask ask) {
        return Steps.first(tellGuest(ask, AfterFailure.STOP)).answering("update_conf");
    }

    /** Takes the context disk out, makes it anew, puts it in. */
    private static List<ActionStep> tellGuest(Ask ask, AfterFailure whenItStays) {
        var device = Argument.text(ask.text("VM/TEMPLATE/CONTEXT/TARGET").orElse(""));
        var path = Argument.text(ask.message().diskTargetPath());
        var steps = new ArrayList<ActionStep>();
        steps.add(ask.hypervisor("prereconfigure", ask.deployId(), device).with(whenItStays));
        steps.addAll(ask.context());
        steps.add(ask.hypervisor("reconfigure", ask.deployId(), device, path));
        return steps;
    }

    static Recipe updateSecurityGroup(Ask ask) {
        var group = ask.need("SECURITY_GROUP_ID");
        return new Recipe.Sequence(List.of(ask.network("update_sg", ask.deployId())), "update_sg", Optional.of(group));
    }

    static Recipe updateNetwork(Ask ask) {
        var network = ask.need("VIRTUAL_NETWORK_ID");
        var vm = LINES.encodeToString(ask.message().vm().source().getBytes(StandardCharsets.UTF_8)) + "\n";
        return new Recipe.Sequence(
                List.of(new ActionStep.Network(
                        "update_nic",
                        Side.HOST,
                        List.of(ask.deployId(), Argument.text(network)),
                        Optional.of(vm),
                        Set.of(),
                        AfterFailure.STOP)),
                "update_nic",
                Optional.of(network));
    }
}
