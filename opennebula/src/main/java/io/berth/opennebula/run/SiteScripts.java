package io.berth.opennebula.run;

import io.berth.opennebula.action.ScriptPlaces;
import io.berth.opennebula.options.ActionList;
import io.berth.transport.script.SshWay;
import java.time.Duration;
import java.util.Optional;

/**
 * What is the same for all requests of a driver.
 *
 * @param ssh how hosts are reached
 * @param copier what brings files to hosts; found through {@code PATH} unless absolute, since sites put a wrapper there
 * @param delegated requests on whose connections the caller's keys are taken along
 * @param timeout of a hypervisor's script
 * @param retries of a request that is a single script
 */
public record SiteScripts(
        ScriptPlaces places,
        SshWay ssh,
        String copier,
        ActionList delegated,
        Optional<Duration> timeout,
        int retries) {}
