package io.berth.opennebula.mad;

import io.berth.opennebula.image.NativeDisks;
import io.berth.opennebula.memory.EngineDirectories;
import io.berth.opennebula.memory.Engines;
import io.berth.opennebula.message.TransferFile;
import io.berth.opennebula.run.TransferCommands;
import io.berth.opennebula.run.TransferRequests;
import io.berth.opennebula.run.TransferScripts;
import io.berth.opennebula.shared.RebuiltDirectories;
import io.berth.opennebula.shared.SharedDirectories;
import java.util.List;
import java.util.Optional;

/** Of the transfer manager: files of commands, each for one VM. */
final class TmDuty implements Duty {
    private final TmSettings settings;
    private final EngineDirectories directories;
    private final TransferRequests requests;

    TmDuty(TmSettings settings, Engines engines) {
        this.settings = settings;
        this.directories = new EngineDirectories(engines, settings.guests(), settings.folders());
        var scripts = new TransferScripts(settings.scripts(), settings.options().drivers());
        this.requests = new TransferRequests(
                new NativeDisks(settings.datastores(), settings.disks(), settings.frontEnd()),
                new RebuiltDirectories(settings.datastores(), settings.descriptions()),
                new SharedDirectories(settings.datastores()),
                new TransferCommands(scripts, settings.ssh(), directories));
    }

    @Override
    public int threads() {
        return settings.options().threads();
    }

    @Override
    public boolean knows(String action) {
        return action.equals(TransferRequests.ACTION);
    }

    /** The file is read now: what the core wrote when it asked is what is done, whatever it writes there later. */
    @Override
    public Job job(String action, int vm, String file) {
        var commands = TransferFile.read(file, vm).commands();
        return new Job(action, vm, commands.toString(), Optional.empty(), log -> requests.answer(commands, log));
    }

    /** Files of one VM wait for each other, whatever is in them. */
    @Override
    public boolean isOutdated(String older, String newer) {
        return false;
    }

    /** Nobody can tell whether a script of an earlier driver goes on. */
    @Override
    public List<Job> owed() {
        return List.of();
    }

    /** Scripts go on without us, as under the stock driver. */
    @Override
    public void finish() {
        directories.finish();
    }
}
