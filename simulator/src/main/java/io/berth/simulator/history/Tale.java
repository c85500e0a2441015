package io.berth.simulator.history;

import io.berth.simulator.fault.Variation;

/** A history for people. */
final class Tale {
    private Tale() {}

    static String of(long seed, Script script, Variation variation) {
        var history = History.again(script, variation, true);
        var text = new StringBuilder("history " + seed + ", " + history.steps() + " steps\n");
        history.violations()
                .forEach(violation -> text.append("  ! ").append(violation).append('\n'));
        text.append("  script:\n");
        script.acts().forEach(act -> text.append("    ").append(line(act)).append('\n'));
        text.append("  what happened:\n");
        history.story().forEach(line -> text.append("    ").append(line).append('\n'));
        return text.toString();
    }

    /** One act as a sentence. */
    static String line(Act act) {
        return switch (act) {
            case Act.Ask(var lane, var request) -> "lane " + lane + " is asked to " + line(request);
            case Act.Go(var lane, var crossings) -> "lane " + lane + " goes on for " + crossings;
            case Act.Cancel(var lane) -> "lane " + lane + " is asked to stop";
            case Act.Strike(var lane, var mishap) -> "lane " + lane + " will meet with " + mishap;
            case Act.Kill(var engine) -> "engine " + engine + " is killed";
            case Act.Stall(var engine) -> "engine " + engine + " stands still";
            case Act.Wake(var engine) -> "engine " + engine + " wakes up";
            case Act.Pass(var time) -> time.toSeconds() + " s pass";
            case Act.CutPower(var host) -> host + " loses power";
            case Act.GivePower(var host) -> host + " gets power";
            case Act.CutNetwork(var host) -> host + " is cut off";
            case Act.HealNetwork(var host) -> host + " can be reached again";
            case Act.LoseWrites _ -> "the storage loses what wasn't flushed";
            case Act.Vanish(var vm) -> vm + "'s process ends by itself";
            case Act.ResumeByHand(var vm) -> "somebody lets " + vm + " run";
            case Act.StartAnew(var vm, var host) -> vm + "'s owner starts it anew on " + host;
            case Act.Decide(var vm) -> "somebody looks at the copy of " + vm + " that stands alone";
            case Act.Deliver _ -> "late commands arrive";
        };
    }

    private static String line(Request request) {
        return switch (request) {
            case Request.Suspend(var vm, var datastore, var writer) ->
                "suspend " + vm + " onto " + datastore + " by " + writer;
            case Request.Resume(var vm, var host, var dead) -> "resume " + vm + " on " + host + dead(dead);
            case Request.Migrate(var vm, var datastore, var writer, var host) ->
                "migrate " + vm + " to " + host + " over " + datastore + " by " + writer;
            case Request.MigrateLive(var vm, var host) -> "migrate " + vm + " to " + host + " while it runs";
            case Request.Stop(var vm, var datastore, var writer) ->
                "stop " + vm + " onto " + datastore + " by " + writer;
            case Request.Start(var vm, var dead) -> "start " + vm + dead(dead);
            case Request.Verify(var vm, var host, var whole) ->
                "verify " + vm + "'s checkpoint from " + host + (whole ? ", all of it" : "");
            case Request.Delete(var vm) -> "delete " + vm + "'s checkpoint";
            case Request.Terminate(var vm, var dead, var directory) ->
                "terminate " + vm + (directory ? " with its directory" : "") + dead(dead);
            case Request.Recover(var dead) -> "recover" + dead(dead);
            case Request.SuspendAll(var datastore, var writer) -> "suspend all onto " + datastore + " by " + writer;
            case Request.ResumeAll(var dead) -> "resume all" + dead(dead);
            case Request.Evacuate(var host, var mode, var datastore) ->
                "empty " + host + ", " + mode + ", over " + datastore;
            case Request.CollectGarbage(var delete) -> "collect garbage" + (delete ? " and delete it" : "");
        };
    }

    private static String dead(boolean declared) {
        return declared ? ", dark hosts being dead" : "";
    }
}
