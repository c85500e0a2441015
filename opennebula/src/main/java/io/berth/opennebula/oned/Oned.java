package io.berth.opennebula.oned;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.Printable;
import io.berth.driver.xml.Xml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.w3c.dom.Element;

/**
 * OpenNebula's core, asked by XML-RPC as its own commands ask it. Each question is a connection of its own, and takes 30 s
 * and 4 MiB at most. Thread-safe.
 *
 * <p>All methods throw {@link Failure}: {@code oned.unreachable}, {@code oned.no-answer}, {@code oned.not-oned}, {@code
 * oned.too-large}, {@code oned.garbled}, {@code oned.fault}, {@code oned.refused}, {@code oned.error} (all ENVIRONMENT,
 * what changes something: UNKNOWN_OUTCOME once it was sent and no answer came), {@code oned.no-such} (CALLER), {@code
 * oned.wrong-state} (CONFLICT).
 */
public final class Oned {
    private static final int OF_EVERYBODY = -2;
    private static final int ACTIVE = 3;
    private static final int NOT_DONE = -1;
    /** VMs in one answer, so that it stays far below what is read. */
    private static final int PAGE = 100;

    private final OnedAccess access;

    Oned(OnedAccess access) {
        this.access = access;
    }

    /**
     * As OpenNebula's own commands find it: {@code ONE_XMLRPC} and {@code ONE_AUTH}, or this machine's core and the file in
     * the user's home. Nothing is asked yet.
     *
     * @throws Failure {@code oned.bad-endpoint} (CALLER), {@code oned.no-auth} (ENVIRONMENT)
     */
    public static Oned find(Map<String, String> environment) {
        return new Oned(OnedAccess.find(environment));
    }

    /** For example {@code 7.0.1}. */
    public String version() {
        return Printable.line(ask(OnedCall.reading("one.system.version")));
    }

    /** The VM with all of its history. */
    public VirtualMachine vm(int id) {
        return read("VM", OnedCall.reading("one.vm.info", new Argument.Whole(id)), VirtualMachine::of);
    }

    /**
     * The UUID of a VM's guest: what newer drivers answered when they deployed it, else what the core has chosen for it.
     * Empty where neither is one.
     */
    public Optional<UUID> guestUuid(int vm) {
        return read(
                "VM",
                OnedCall.reading("one.vm.info", new Argument.Whole(vm)),
                element -> Fields.uuid(element, "DEPLOY_ID").or(() -> Fields.uuid(element, "TEMPLATE", "OS", "UUID")));
    }

    /** The disks of a VM. */
    public List<Disk> disks(int vm) {
        return read("VM", OnedCall.reading("one.vm.info", new Argument.Whole(vm)), Disk::ofVm);
    }

    /** The same, with what else tells of a VM's directory. */
    public VmStorage storage(int vm) {
        return read("VM", OnedCall.reading("one.vm.info", new Argument.Whole(vm)), VmStorage::of);
    }

    /** The same in the core's own words. */
    public String vmXml(int id) {
        return ask(OnedCall.reading("one.vm.info", new Argument.Whole(id)));
    }

    /** All VMs that aren't done; of each VM's history only its last stay. */
    public List<VirtualMachine> vms() {
        var vms = new ArrayList<VirtualMachine>();
        var page = vms(0);
        while (!page.isEmpty()) {
            vms.addAll(page);
            page = vms(vms.size());
        }
        return vms;
    }

    private List<VirtualMachine> vms(int offset) {
        var call = OnedCall.reading(
                "one.vmpool.info",
                new Argument.Whole(OF_EVERYBODY),
                new Argument.Whole(offset),
                new Argument.Whole(-PAGE),
                new Argument.Whole(NOT_DONE));
        return read(
                "VM_POOL",
                call,
                pool -> Xml.children(pool, "VM").stream()
                        .map(VirtualMachine::of)
                        .toList());
    }

    /** Numbers of all VMs that are on a host, or on their way to or from one. */
    public List<Integer> activeVms() {
        var numbers = new ArrayList<Integer>();
        var page = activeVms(0);
        while (!page.isEmpty()) {
            numbers.addAll(page);
            page = activeVms(numbers.size());
        }
        return numbers;
    }

    private List<Integer> activeVms(int offset) {
        var call = OnedCall.reading(
                "one.vmpool.info",
                new Argument.Whole(OF_EVERYBODY),
                new Argument.Whole(offset),
                new Argument.Whole(-PAGE),
                new Argument.Whole(ACTIVE));
        return read(
                "VM_POOL",
                call,
                pool -> Xml.children(pool, "VM").stream()
                        .map(vm -> Fields.number(vm, "ID"))
                        .toList());
    }

    public List<Host> hosts() {
        return read(
                "HOST_POOL",
                OnedCall.reading("one.hostpool.info"),
                pool -> Xml.children(pool, "HOST").stream().map(Host::of).toList());
    }

    public Datastore datastore(int id) {
        return read("DATASTORE", OnedCall.reading("one.datastore.info", new Argument.Whole(id)), Datastore::of);
    }

    /** The same in the core's own words. */
    public String datastoreXml(int id) {
        return ask(OnedCall.reading("one.datastore.info", new Argument.Whole(id)));
    }

    public List<Datastore> datastores() {
        return read(
                "DATASTORE_POOL",
                OnedCall.reading("one.datastorepool.info"),
                pool -> Xml.children(pool, "DATASTORE").stream()
                        .map(Datastore::of)
                        .toList());
    }

    /** Has the core take it that what it waits for has ended so. It begins with the next thing by itself then. */
    public void recover(int vm, Recovery how) {
        ask(OnedCall.changing("one.vm.recover", new Argument.Whole(vm), new Argument.Whole(how.number())));
    }

    private String ask(OnedCall call) {
        return OnedAnswer.read(call, new OnedConnection(access).exchange(call)).orThrow(access.session());
    }

    private <T> T read(String root, OnedCall call, Function<Element, T> reader) {
        var text = ask(call);
        try {
            var element = Xml.parse(text).getDocumentElement();
            if (!element.getTagName().equals(root)) {
                throw new UnexpectedShape("it is no " + root);
            }
            return reader.apply(element);
        } catch (UnexpectedShape other) {
            throw strange(call, String.valueOf(other.getMessage()));
        } catch (Failure unreadable) {
            throw strange(call, unreadable.why());
        }
    }

    private static Failure strange(OnedCall call, String why) {
        return Failure.of(FailureKind.ENVIRONMENT, "oned.strange", "what the core says can't be understood")
                .why(call.method() + ": " + Printable.line(why))
                .next("this Berth knows OpenNebula 5.12 to 7.4; please report it if that is what you have")
                .build();
    }

    @Override
    public String toString() {
        return "oned at " + access.endpoint();
    }
}
