package io.berth.engine.embedded;

import io.berth.engine.ScriptTest;
import io.berth.engine.ScriptTest.Promise;
import io.berth.engine.StorageScripts;
import io.berth.storage.script.ScriptTrial.Result;
import java.util.Optional;

final class EmbeddedScripts implements StorageScripts {
    private final SiteDrivers drivers;

    EmbeddedScripts(SiteDrivers drivers) {
        this.drivers = drivers;
    }

    @Override
    public ScriptTest test(String datastore) {
        var results = drivers.scriptTrial(datastore).run();
        return new ScriptTest(
                datastore, results.stream().map(EmbeddedScripts::promise).toList());
    }

    private static Promise promise(Result result) {
        return switch (result) {
            case Result.Kept(var text) -> new Promise(text, Optional.empty(), Optional.empty());
            case Result.Broken(var text, var why) -> new Promise(text, Optional.of(why), Optional.empty());
            case Result.Untried(var text, var why) -> new Promise(text, Optional.empty(), Optional.of(why));
        };
    }
}
