package io.berth.opennebula.oned;

import io.berth.driver.xml.Xml;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Element;

/**
 * A VM as OpenNebula has it.
 *
 * @param name the user's
 * @param deployId what its hypervisor calls it: newer drivers the guest's UUID, older ones {@code one-ID}; empty before it
 *     is deployed
 * @param history where it has been, the present record last; empty before it is scheduled
 */
public record VirtualMachine(int id, String name, VmState state, String deployId, List<HistoryRecord> history) {
    public VirtualMachine {
        history = List.copyOf(history);
    }

    static VirtualMachine of(Element vm) {
        return new VirtualMachine(
                Fields.number(vm, "ID"),
                Fields.text(vm, "NAME"),
                VmState.of(Fields.number(vm, "STATE"), Fields.number(vm, "LCM_STATE")),
                Fields.text(vm, "DEPLOY_ID"),
                Xml.at(vm, "HISTORY_RECORDS", "HISTORY").stream()
                        .map(HistoryRecord::of)
                        .sorted(Comparator.comparingInt(HistoryRecord::number))
                        .toList());
    }

    /** The name that OpenNebula's drivers give the guest. */
    public String guestName() {
        return "one-" + id;
    }

    /** Where it is, or where it is to go. */
    public Optional<HistoryRecord> present() {
        return history.isEmpty() ? Optional.empty() : Optional.of(history.getLast());
    }

    /** Where it was before. */
    public Optional<HistoryRecord> previous() {
        return history.size() < 2 ? Optional.empty() : Optional.of(history.get(history.size() - 2));
    }
}
