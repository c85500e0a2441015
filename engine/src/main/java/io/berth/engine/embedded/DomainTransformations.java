package io.berth.engine.embedded;

import io.berth.driver.hypervisor.Phase;
import io.berth.engine.configuration.Transformation;
import io.berth.hypervisor.libvirt.transform.CacheMode;
import io.berth.hypervisor.libvirt.transform.Discard;
import io.berth.hypervisor.libvirt.transform.DomainTransformation;
import io.berth.hypervisor.libvirt.transform.FreePageReporting;
import io.berth.hypervisor.libvirt.transform.MovedPaths;
import io.berth.hypervisor.libvirt.transform.PinCpu;
import io.berth.hypervisor.libvirt.transform.PinMachine;
import io.berth.hypervisor.libvirt.transform.SiteTransformation;
import io.berth.transport.LocalProgram;
import java.util.Map;
import java.util.Set;

/** Makes the transformations that are configured. */
final class DomainTransformations {
    private DomainTransformations() {}

    static DomainTransformation of(Transformation configured) {
        return switch (configured) {
            case Transformation.PinMachine _ -> new PinMachine();
            case Transformation.PinCpu _ -> new PinCpu();
            case Transformation.FreePageReporting _ -> new FreePageReporting();
            case Transformation.Discard _ -> new Discard();
            case Transformation.Cache cache -> new CacheMode(cache.mode());
            case Transformation.MovedPath path -> new MovedPaths(Map.of(path.from(), path.to()));
            case Transformation.Program program ->
                new SiteTransformation(
                        String.valueOf(program.path().getFileName()),
                        program.path(),
                        Set.of(Phase.DEPLOY, Phase.RESTORE),
                        SiteTransformation.LONGEST,
                        LocalProgram::run);
        };
    }
}
