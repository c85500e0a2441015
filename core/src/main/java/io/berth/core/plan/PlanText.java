package io.berth.core.plan;

import io.berth.driver.Printable;
import io.berth.driver.storage.Sharing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A plan as a person reads it ({@code --dry-run}). */
public final class PlanText {
    private PlanText() {}

    /** One line a step, numbered, with points of no return, the tidying up and other ways marked. */
    public static List<String> lines(Plan plan) {
        var lines = new ArrayList<String>();
        add(plan, 1, lines);
        return lines;
    }

    private static int add(Plan plan, int first, List<String> lines) {
        var next = addSteps(plan, first, lines);
        if (plan.onward().isPresent()) {
            lines.add("    --- then ---");
            next = add(plan.onward().get(), next, lines);
        }
        if (plan.retreat().isPresent()) {
            lines.add("    --- instead, if that was undone ---");
            next = add(plan.retreat().get(), next, lines);
        }
        return next;
    }

    private static int addSteps(Plan plan, int first, List<String> lines) {
        for (var index = 0; index < plan.steps().size(); index++) {
            if (index == plan.pointOfNoReturn() && index > 0) {
                lines.add("    --- no way back from here ---");
            }
            if (index == plan.cleanup()) {
                lines.add("    --- tidying up ---");
            }
            lines.add(String.format("%3d %s", first + index, line(plan.steps().get(index))));
        }
        return first + plan.steps().size();
    }

    /** What the step does, in a few words. */
    public static String line(Step step) {
        return switch (step) {
            case Step.CreateVolume s -> "make volume " + s.volume() + " of " + s.size();
            case Step.AttachVolume s -> "attach " + s.volume() + " to " + s.at();
            case Step.ClearDevice s -> "make old content of " + s.device() + " unreadable";
            case Step.PublishLink s -> "link " + s.path() + " on " + s.at() + " to " + s.device();
            case Step.AdvanceCheckpoint s ->
                "mark " + s.volume() + " " + s.to() + " (generation " + s.generation() + ")";
            case Step.RehearseLedger s ->
                "take every transition of " + s.record().volume() + ", CONSUMED first";
            case Step.WriteSample s -> "write samples to both ends of " + s.device() + " on " + s.at();
            case Step.CompareSample s -> "read the samples from " + s.device() + " on " + s.at() + " and compare";
            case Step.PauseGuest s -> "pause " + s.vm() + " on " + s.at();
            case Step.MeasureGuest s -> "measure the memory of " + s.vm();
            case Step.SaveMemory s -> "write the memory of " + s.vm() + " to " + s.device() + " (" + s.writer() + ")";
            case Step.CreateStagingFile s -> "make a file of " + s.size() + " on " + s.datastore() + " at " + s.at();
            case Step.UploadImage s -> "copy the image of " + s.vm() + " from " + s.file() + " to " + s.device();
            case Step.FlushDevice s -> "flush " + s.device() + " on " + s.at();
            case Step.VerifyImage s ->
                "read " + (s.whole() ? "the whole image" : "head and end") + " back from " + s.device();
            case Step.MakeTransient s -> "make " + s.at() + " forget the guest's definition";
            case Step.CommitCheckpoint s -> "mark " + s.record().volume() + " COMPLETE with length and digest";
            case Step.IdentifyImage s -> "look whether " + s.device() + " holds " + s.vm().uuid();
            case Step.AdoptImage s -> "describe " + s.volume() + " and mark it COMPLETE";
            case Step.DestroyGuest s -> "end the paused guest on " + s.at();
            case Step.ForgetGuest s -> "make sure that " + s.at() + " has forgotten the guest";
            case Step.EndGuest s -> "end " + s.vm() + " on " + s.at() + " and make the host forget it";
            case Step.MarkReleased s -> "note that the source of " + s.volume() + " is released";
            case Step.DropCache s -> "drop " + s.at() + "'s cached blocks of " + s.device();
            case Step.RestorePaused s -> "restore " + s.vm() + " on " + s.at() + " from " + s.device() + ", paused";
            case Step.ResumeGuest s -> "let " + s.vm() + " run on " + s.at();
            case Step.MakePersistent s -> "make " + s.at() + " keep the guest's definition";
            case Step.MigrateGuest s ->
                "bring the memory of " + s.vm() + disks(s.copied()) + " from " + s.at() + " to " + s.to();
            case Step.FindSharing s ->
                "find out whether " + s.at() + " and " + s.to() + " share the VM directories on " + s.datastore();
            case Step.BringDirectory s ->
                "bring directory " + s.directory() + " from " + s.at() + " to " + s.to() + without(s.hollow())
                        + unlessShared(s.sharing());
            case Step.LeaveDirectory s ->
                "remove directory " + s.directory() + " from " + s.at() + unlessShared(s.sharing());
            case Step.SetDirectoryAside s -> "set directory " + s.directory() + " on " + s.at() + " aside";
            case Step.DeleteDirectory s ->
                "delete directory " + s.directory() + " on " + s.at() + " with all that is in it";
            case Step.KeepDirectory s -> "leave directory " + s.directory() + " on " + s.where() + " where it is";
            case Step.RemoveLink s -> "remove the link " + s.path() + " on " + s.at();
            case Step.RemoveStagingFile s -> "remove the file on " + s.datastore() + " at " + s.at();
            case Step.DiscardTail s -> "give the unused end of " + s.volume() + " back";
            case Step.DetachVolume s -> "detach " + s.volume() + " from " + s.at();
            case Step.DeleteVolume s -> "delete " + s.volume();
        };
    }

    private static String disks(List<CopiedDisk> copied) {
        return copied.isEmpty()
                ? ""
                : copied.stream()
                        .map(disk -> disk.target() + unlessShared(disk.sharing()))
                        .collect(Collectors.joining(", ", " and its disks ", ""));
    }

    private static String without(List<String> hollow) {
        return hollow.isEmpty()
                ? ""
                : ", without what is in " + hollow.stream().map(Printable::line).collect(Collectors.joining(", "));
    }

    private static String unlessShared(Optional<Ref<Sharing>> sharing) {
        return sharing.isPresent() ? ", unless they share it" : "";
    }
}
