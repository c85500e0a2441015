package example;

import io.berth.core.operation.ResumeRequest;
import io.berth.core.operation.SuspendRequest;
import io.berth.driver.Cancellation;
import io.berth.driver.Failure;
import io.berth.engine.EngineEvent;
import io.berth.engine.Report;
import io.berth.engine.Watch;
import io.berth.engine.configuration.Configuration;
import io.berth.engine.configuration.Home;
import io.berth.engine.embedded.EmbeddedEngines;
import java.nio.file.Path;

/** Suspends a VM and brings it back where it was. Words: the home, the VM's name. */
final class Nap {
    public static void main(String[] words) {
        var home = Home.in(Path.of(words[0]));
        var watch = new Watch(Nap::tell, Cancellation.never());
        try (var engine = EmbeddedEngines.open(home, Configuration.read(home.configuration()))) {
            var machines = engine.machines();
            require(machines.suspend(SuspendRequest.of(words[1]), watch));
            var where = machines.find(words[1]).view().host();
            require(machines.resume(ResumeRequest.of(words[1], where), watch));
        } catch (Failure refused) {
            System.err.println(refused.getMessage() + ": " + refused.why() + "; " + refused.next());
            System.exit(1);
        }
    }

    private static void tell(EngineEvent event) {
        if (event instanceof EngineEvent.StepBegins step) {
            System.out.println(step.number() + " " + step.text());
        }
    }

    private static void require(Report report) {
        System.out.println(report.result().state() + " after " + report.took().toMillis() + " ms");
        if (!report.result().succeeded()) {
            throw report.result().failure().orElseThrow();
        }
    }
}
