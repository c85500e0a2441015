package io.berth.storage.script;

import io.berth.driver.DataSize;
import io.berth.driver.HostRef;
import io.berth.driver.storage.VolumeRef;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The promises that {@code docs/reference/script-storage.md} makes in the scripts' name, each with a way to try it. */
final class Contract {
    /** Without these nothing else makes sense. */
    static final List<ContractCheck> PREMISES = List.of(
            ContractCheck.of("every host answers", Contract::everyHostAnswers),
            ContractCheck.of("every script is there, and can be executed", Contract::everyScriptIsThere),
            ContractCheck.of("the ledger is one folder for all that run scripts", Contract::theLedgerIsOne),
            ContractCheck.of("list and devices tell what is there", Contract::theListsCanBeRead));

    static final List<ContractCheck> PROMISES = List.of(
            ContractCheck.of("capacity tells room", Contract::capacityTellsRoom),
            ContractCheck.of("create makes a volume that list names", Contract::createMakesAVolume),
            ContractCheck.of("a volume may have the longest name there is", Contract::longNames),
            ContractCheck.of("create again changes nothing", Contract::createAgain),
            ContractCheck.of("a new volume shows nothing of an earlier one", Contract::newVolumesAreEmpty),
            ContractCheck.of("list can be called four times at once", Contract::tellsTheSameTo),
            ContractCheck.of("attach makes a device that can be written to its end", Contract::attachMakesADevice),
            ContractCheck.of("attach again changes nothing", Contract::attachAgain),
            ContractCheck.of("attach of a volume that isn't there is refused", Contract::attachOfNothing),
            ContractCheck.ofTwoHosts(
                    "devices names what that host has attached, and no more", Contract::devicesOfAHost),
            ContractCheck.ofTwoHosts("another host reads what one wrote", Contract::theOtherHostReads),
            ContractCheck.ofTwoHosts("two hosts at once: as the configuration says", Contract::twoHostsAtOnce),
            ContractCheck.of("detach takes the device away and keeps the content", Contract::detachKeepsContent),
            ContractCheck.of("detach again changes nothing", Contract::detachAgain),
            ContractCheck.ofSkill(
                    "grow",
                    ground -> ground.settings().capabilities().grow(),
                    "grow enlarges a volume that is attached",
                    Contract::growEnlarges),
            ContractCheck.ofSkill(
                    "thin",
                    ground -> ground.settings().capabilities().thin(),
                    "a thin volume takes only what is written to it",
                    Contract::thinIsThin),
            ContractCheck.of("delete removes that volume, and no other", Contract::deleteRemovesOne),
            ContractCheck.of("delete again changes nothing", Contract::deleteAgain));

    private static final String IDEMPOTENT =
            "an answer can get lost, and the script is called again: when all is as asked, end with 0 and change nothing";

    private Contract() {}

    private static void everyHostAnswers(TrialGround ground) {
        Stream.concat(ground.hosts().stream(), ground.settings().runners().stream())
                .distinct()
                .forEach(host -> ground.on(host, "true"));
    }

    private static void everyScriptIsThere(TrialGround ground) {
        for (var function : ScriptFunction.values()) {
            var wanted = function != ScriptFunction.GROW
                    || ground.settings().capabilities().grow();
            var path = ground.settings().scripts() + "/" + function.word();
            for (var host : ground.settings().runners()) {
                ground.require(
                        !wanted || ground.on(host, "test", "-x", path).succeeded(),
                        path + " isn't there on " + host.name() + ", or isn't executable",
                        "put it there, and make it executable");
            }
        }
    }

    private static void theLedgerIsOne(TrialGround ground) {
        var volume = ground.freshName();
        for (var host : ground.settings().runners()) {
            var file = ground.settings().ledger() + "/" + volume.name() + ".g1.consumed";
            ground.require(
                    ground.on(host, "test", "-e", file).succeeded(),
                    host.name() + " doesn't see " + file + ", which another host wrote",
                    "give all hosts that run scripts the same folder, or name one of them in 'run-on'");
        }
    }

    private static void theListsCanBeRead(TrialGround ground) {
        ground.storage().volumes().list();
        for (var host : ground.hosts()) {
            var _ = ground.storage().devices().on(host);
        }
    }

    private static void capacityTellsRoom(TrialGround ground) {
        var capacity = ground.storage().volumes().capacity();
        ground.require(
                capacity.total().exceeds(DataSize.ZERO) && !capacity.free().exceeds(capacity.total()),
                "of " + capacity.total() + " in all " + capacity.free() + " are free",
                "print the bytes there are, a blank, and the bytes that can still be written");
    }

    private static void createMakesAVolume(TrialGround ground) {
        var info = ground.listed(ground.freshVolume());
        ground.require(
                !info.allocated().exceeds(info.size()),
                "it takes " + info.allocated() + " of the storage and has " + info.size(),
                "print at most BYTES as USED");
    }

    private static void longNames(TrialGround ground) {
        var start = ground.freshName();
        var end = "_-".repeat(24).substring(0, 48 - start.name().length());
        var volume = ground.longerName(start, end);
        ground.storage().volumes().create(ground.call(), volume, TrialGround.SIZE);
    }

    private static void createAgain(TrialGround ground) {
        var volume = ground.freshVolume();
        var bytes = TrialGround.pattern();
        var device = ground.attach(volume, ground.first());
        ground.write(ground.first(), device, 0, bytes);
        var size = Long.toString(TrialGround.SIZE.bytes());

        mustBeDone(ground, ground.callAgain(ScriptFunction.CREATE, volume.name(), size));

        ground.mustHold(ground.first(), device, 0, bytes, IDEMPOTENT);
    }

    private static void newVolumesAreEmpty(TrialGround ground) {
        var volume = ground.freshVolume();
        var bytes = TrialGround.pattern();
        ground.write(ground.first(), ground.attach(volume, ground.first()), 0, bytes);
        ground.detach(volume, ground.first());
        ground.storage().volumes().delete(ground.call(), volume);
        ground.storage().volumes().create(ground.call(), volume, TrialGround.SIZE);

        var found = ground.read(ground.first(), ground.attach(volume, ground.first()), 0, bytes.length);

        ground.require(
                !Arrays.equals(found, bytes),
                "a new volume begins with what another one held",
                "make 'create' zero or discard what it takes from the storage");
    }

    private static void tellsTheSameTo(TrialGround ground) {
        var volumes = IntStream.range(0, 4).mapToObj(i -> ground.freshVolume()).toList();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 4)
                    .mapToObj(i -> executor.submit(() -> volumes.forEach(ground::listed)))
                    .toList()
                    .forEach(TrialGround::await);
        }
    }

    private static void attachMakesADevice(TrialGround ground) {
        var volume = ground.freshVolume();
        for (var host : ground.hosts()) {
            var device = ground.attach(volume, host);
            var end = ground.listed(volume).size().bytes() - TrialGround.BLOCK;
            var bytes = TrialGround.pattern();
            ground.write(host, device, end, bytes);
            ground.mustHold(
                    host, device, end, bytes, "see that the device takes writes up to the size that 'list' tells");
            ground.detach(volume, host);
        }
    }

    private static void attachAgain(TrialGround ground) {
        var volume = ground.freshVolume();
        var device = ground.attach(volume, ground.first());

        mustBeDone(ground, ground.callAgainAt(ground.first(), ScriptFunction.ATTACH, volume));

        ground.require(ground.attach(volume, ground.first()).equals(device), "it is another device now", IDEMPOTENT);
        ground.detach(volume, ground.first());
        ground.require(
                isDetached(ground, volume, ground.first()),
                "after one detach a device is left",
                "let a second attach use the device that is there");
    }

    private static void attachOfNothing(TrialGround ground) {
        var volume = ground.freshName();

        var ending = ground.callAgainAt(ground.first(), ScriptFunction.ATTACH, volume);

        ground.require(
                ending instanceof ScriptEnding.Refused,
                "the script doesn't end with a code that says so",
                "look first whether the volume is there, and end with exit code 80 if it isn't");
        ground.require(
                isDetached(ground, volume, ground.first()),
                "'devices' names a volume that isn't there",
                "let 'attach' leave nothing behind when it refuses");
    }

    private static void devicesOfAHost(TrialGround ground) {
        var volume = ground.freshVolume();
        ground.attach(volume, ground.first());

        ground.require(
                isDetached(ground, volume, ground.second()),
                "'devices' names it on " + ground.second().name() + " too, where nobody attached it",
                "let 'devices' tell of the host that its argument names");
    }

    private static void theOtherHostReads(TrialGround ground) {
        var volume = ground.freshVolume();
        var bytes = TrialGround.pattern();
        ground.write(ground.first(), ground.attach(volume, ground.first()), 0, bytes);
        ground.detach(volume, ground.first());

        var elsewhere = ground.attach(volume, ground.second());

        ground.mustHold(
                ground.second(),
                elsewhere,
                0,
                bytes,
                "see that 'detach' ends only when all that was written is on the storage");
    }

    private static void twoHostsAtOnce(TrialGround ground) {
        var volume = ground.freshVolume();
        ground.attach(volume, ground.first());
        if (ground.settings().capabilities().manyHosts()) {
            ground.attach(volume, ground.second());
            return;
        }
        ground.require(
                ground.callAgainAt(ground.second(), ScriptFunction.ATTACH, volume) instanceof ScriptEnding.Refused,
                "a second host could attach it, or the refusal has no code of the contract's",
                "end 'attach' with exit code 82 while another host has the volume; or, if that is sound, add many-hosts to"
                        + " what the datastore 'can'");
        ground.require(
                isDetached(ground, volume, ground.second()),
                "the refused attach left a device",
                "let 'attach' leave nothing behind when it refuses");
    }

    private static void detachKeepsContent(TrialGround ground) {
        var volume = ground.freshVolume();
        var bytes = TrialGround.pattern();
        ground.write(ground.first(), ground.attach(volume, ground.first()), TrialGround.BLOCK, bytes);
        ground.detach(volume, ground.first());

        var again = ground.attach(volume, ground.first());

        ground.mustHold(ground.first(), again, TrialGround.BLOCK, bytes, "'detach' must keep what the volume holds");
    }

    private static void detachAgain(TrialGround ground) {
        var volume = ground.freshVolume();
        ground.attach(volume, ground.first());
        ground.detach(volume, ground.first());

        mustBeDone(ground, ground.callAgainAt(ground.first(), ScriptFunction.DETACH, volume));
    }

    private static void growEnlarges(TrialGround ground) {
        var volume = ground.freshVolume();
        var bytes = TrialGround.pattern();
        var device = ground.attach(volume, ground.first());
        ground.write(ground.first(), device, 0, bytes);

        ground.storage().volumes().grow(ground.call(), volume, new DataSize(TrialGround.SIZE.bytes() * 2));

        ground.mustHold(ground.first(), device, 0, bytes, "'grow' must keep what the volume holds");
    }

    private static void thinIsThin(TrialGround ground) {
        var info = ground.listed(ground.freshVolume());
        ground.require(
                info.allocated().bytes() < info.size().bytes() / 2,
                "an empty volume of " + info.size() + " takes " + info.allocated(),
                "print as USED what it takes of the storage; or don't say that the datastore 'can' thin");
    }

    private static void deleteRemovesOne(TrialGround ground) {
        var volume = ground.freshName();
        var similar = ground.longerName(volume, "-2");
        for (var each : List.of(volume, similar)) {
            ground.storage().volumes().create(ground.call(), each, TrialGround.SIZE);
        }

        ground.storage().volumes().delete(ground.call(), volume);

        ground.listed(similar);
    }

    private static void deleteAgain(TrialGround ground) {
        var volume = ground.freshVolume();
        ground.storage().volumes().delete(ground.call(), volume);

        mustBeDone(ground, ground.callAgain(ScriptFunction.DELETE, volume.name()));
    }

    private static boolean isDetached(TrialGround ground, VolumeRef volume, HostRef host) {
        return !ground.storage().devices().named(host).containsKey(volume.name());
    }

    private static void mustBeDone(TrialGround ground, ScriptEnding ending) {
        ground.require(ending instanceof ScriptEnding.Done, "called again it doesn't end with 0", IDEMPOTENT);
    }
}
