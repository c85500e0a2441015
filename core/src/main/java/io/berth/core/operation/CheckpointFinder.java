package io.berth.core.operation;

import io.berth.core.Drivers;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.Printable;
import io.berth.driver.VmRef;
import io.berth.driver.host.Questions;
import io.berth.driver.storage.CheckpointLedger.Entry;
import io.berth.driver.storage.CheckpointState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;

/** Looks for checkpoints on every datastore. */
final class CheckpointFinder {
    private final Drivers drivers;
    private final Fanout fanout;

    CheckpointFinder(Drivers drivers, Fanout fanout) {
        this.drivers = drivers;
        this.fanout = fanout;
    }

    List<Entry> all() {
        try (var questions = fanout.begin()) {
            return lists(questions).stream()
                    .flatMap(list -> list.get().stream())
                    .toList();
        }
    }

    /** What each datastore has, in the order of the datastores. */
    private List<Supplier<List<Entry>>> lists(Questions questions) {
        return drivers.checkpointDatastores().values().stream()
                .map(storage -> questions.ask(() -> storage.ledger().list()))
                .toList();
    }

    /** All of that VM, in whatever state. */
    List<Entry> of(UUID vm) {
        return all().stream().filter(entry -> isOf(entry, vm)).toList();
    }

    /** Complete ones that no guest was made of. There should be one at most. */
    List<Entry> unused(UUID vm) {
        return all().stream()
                .filter(entry -> entry.state() == CheckpointState.COMPLETE && isOf(entry, vm))
                .toList();
    }

    /** Complete ones of a VM of that name or UUID, as far as the datastores answer. */
    List<Entry> unused(String nameOrUuid) {
        try {
            return all().stream()
                    .filter(entry -> entry.state() == CheckpointState.COMPLETE && isMeant(entry, nameOrUuid))
                    .toList();
        } catch (Failure _) {
            return List.of();
        }
    }

    /**
     * The checkpoint of that name, or the unused one of that VM. A datastore that can't be asked is no hindrance when
     * another has it: a suspend, which could make a second one, asks them all.
     *
     * @throws Failure {@code checkpoint.unknown}, {@code checkpoint.ambiguous} (CALLER); a datastore's own when no other
     *     has it
     */
    Entry resolve(String nameOrVm) {
        var entries = new ArrayList<Entry>();
        var silent = new ArrayList<Failure>();
        try (var questions = fanout.begin()) {
            for (var list : lists(questions)) {
                try {
                    entries.addAll(list.get());
                } catch (Failure failure) {
                    silent.add(failure);
                }
            }
        }
        var named = entries.stream()
                .filter(entry -> entry.volume().name().equals(nameOrVm))
                .findFirst();
        if (named.isPresent()) {
            return named.get();
        }
        var ofVm = entries.stream().filter(entry -> isMeant(entry, nameOrVm)).toList();
        var unused = ofVm.stream()
                .filter(entry -> entry.state() == CheckpointState.COMPLETE)
                .toList();
        var candidates = unused.isEmpty() ? ofVm : unused;
        if (candidates.size() > 1) {
            throw Failure.of(
                            FailureKind.CALLER,
                            "checkpoint.ambiguous",
                            "several checkpoints fit '" + shown(nameOrVm) + "'")
                    .why(candidates.stream()
                            .map(entry -> entry.volume() + " " + entry.state())
                            .toList()
                            .toString())
                    .next("name the checkpoint itself")
                    .build();
        }
        return candidates.stream()
                .findFirst()
                .orElseThrow(() -> silent.isEmpty() ? unknown(nameOrVm) : silent.getFirst());
    }

    private static Failure unknown(String nameOrVm) {
        return Failure.of(FailureKind.CALLER, "checkpoint.unknown", "no checkpoint for '" + shown(nameOrVm) + "'")
                .why("no datastore has one")
                .next("see 'berth checkpoint list'")
                .build();
    }

    /** Whose it is; a VM without a name when the record can't be read. */
    static VmRef vmOf(Entry entry) {
        return entry.record()
                .map(record -> record.vm())
                .orElseThrow(() -> CheckpointPlanner.unreadable(entry.volume().name()));
    }

    private static boolean isOf(Entry entry, UUID vm) {
        return entry.record().filter(record -> record.vm().uuid().equals(vm)).isPresent();
    }

    private static boolean isMeant(Entry entry, String nameOrVm) {
        return entry.record()
                .filter(record -> record.vm().name().equals(nameOrVm)
                        || record.vm().uuid().toString().equals(nameOrVm.toLowerCase(Locale.ROOT)))
                .isPresent();
    }

    private static String shown(String text) {
        return Printable.line(text);
    }
}
