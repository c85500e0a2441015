package io.berth.lab;

import io.berth.driver.HostRef;
import io.berth.engine.Engine;
import io.berth.engine.Watch;
import io.berth.opennebula.memory.Verdict;
import io.berth.opennebula.testkit.Descriptions;
import io.berth.opennebula.testkit.StandInCore;
import io.berth.opennebula.walk.Demand;
import io.berth.opennebula.walk.Sight;
import io.berth.opennebula.walk.Standing;
import io.berth.opennebula.walk.Standing.Home;
import io.berth.opennebula.walk.Standing.State;
import io.berth.opennebula.walk.SystemDatastore;
import io.berth.opennebula.walk.WalkedSite;
import io.berth.opennebula.walk.WalkedVm;
import io.berth.opennebula.walk.Weather;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A site of the lab's hosts: two that guests run on, a third in the place of the front-end's own machine, five system
 * datastores, and both drivers as processes. The core is a stand-in, the site's scripts were written for tests; guests, hosts,
 * storage and what befalls them are real. For one thread.
 */
final class LabSite implements WalkedSite<LabVm>, AutoCloseable {
    private static final HostRef FRONT_END = new HostRef("h3");
    private static final List<HostRef> NODES = List.of(Site.H1, Site.H2);
    private static final List<HostRef> HOSTS = List.of(Site.H1, Site.H2, FRONT_END);
    /** The lab's machine emulates all of them. */
    private static final int CROWD = 4;

    private static final int SECONDS_AWAY = 8;
    /** Nobody could tell what is on it while its only host is away. */
    private static final String ONE_HOSTS_OWN = """
              odd:
                driver: loop
                folder: %s
                hosts: [h1]
            """.formatted(Site.ODD_FOLDER);

    private static final int RECOVERIES = 3;

    private final Lab lab;
    private final FrontEnd front;
    private final StandInCore core;
    private final Engine engine;
    private final LabWeather weather;
    private final Onlooker onlooker;
    private final CoreDrivers drivers;
    private final Map<Integer, LabVm> vms = new LinkedHashMap<>();
    private final Map<Integer, GuestDefinition> definitions = new LinkedHashMap<>();
    private final List<String> story = new ArrayList<>();
    private List<String> garbage = List.of();

    /** @param mishaps that may happen there */
    LabSite(Lab lab, Path folder, Random random, Set<LabWeather.Mishap> mishaps) {
        this.lab = lab;
        lab.up(FRONT_END.name());
        lab.ceph().up();
        HOSTS.forEach(host -> GuestDefinition.tellOfCeph(lab, host));
        for (var datastore : LabDatastore.values()) {
            HOSTS.forEach(host -> run(host, "mkdir", "-p", datastore.folder()));
        }
        this.core = toldOfDatastores();
        this.front = new FrontEnd(lab, folder, configuration(lab), HOSTS).with(environment(folder));
        this.engine = front.engine();
        this.weather = new LabWeather(lab, NODES, random, mishaps, this::awaitHosts);
        this.onlooker = new Onlooker(lab, HOSTS, weather::hasPower, engine);
        this.drivers = new CoreDrivers(front, story::add);
    }

    private static StandInCore toldOfDatastores() {
        try {
            var core = new StandInCore();
            for (var datastore : LabDatastore.values()) {
                core.says(
                        "one.datastore.info " + datastore.number(),
                        Descriptions.datastore(datastore.number(), 1, datastore.driver(), datastore.attributes()));
            }
            return core;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> environment(Path folder) {
        try {
            return core.environment(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String configuration(Lab lab) {
        var hosts = String.join(", ", HOSTS.stream().map(HostRef::name).toList());
        return Site.withDatastores(lab, Site.ceph(hosts) + LabDatastore.configuration(hosts))
                .replace(ONE_HOSTS_OWN, "")
                .replace("hosts: [h1, h2]", "hosts: [" + hosts + "]")
                .replace("connect-timeout: 2s", "connect-timeout: 8s");
    }

    private void awaitHosts() {
        Site.awaitHosts(engine, HOSTS);
    }

    private Ran run(HostRef host, String... argv) {
        return lab.in(host.name(), argv).orFail();
    }

    @Override
    public HostRef frontEnd() {
        return FRONT_END;
    }

    @Override
    public List<HostRef> nodes() {
        return NODES;
    }

    @Override
    public List<SystemDatastore> datastores() {
        return List.of(LabDatastore.values());
    }

    @Override
    public int crowd() {
        return CROWD;
    }

    @Override
    public List<LabVm> vms() {
        return List.copyOf(vms.values());
    }

    @Override
    public LabVm add(int number, Home home) {
        weather.clearUp();
        var name = WalkedVm.name(number);
        var definition = GuestDefinition.of(lab, home.host(), name);
        definitions.put(number, definition);
        makeDisks(number, home);
        core.says(
                "one.vm.info " + number,
                Descriptions.vm(number, 3, 3, definition.uuid().toString(), List.of()));
        var vm = new LabVm(number, definition.uuid(), new Standing(State.RUNNING, home), lab.hear(name));
        vms.put(number, vm);
        for (var answer = Optional.<Verdict>empty(); answer.isEmpty(); ) {
            answer = ask(vm, new Demand.Deploy(home.host()));
            if (answer.filter(Verdict.NotDone.class::isInstance).isPresent()) {
                throw new AssertionError(vm + " isn't deployed: " + answer);
            }
        }
        return vm;
    }

    /** What the core has its storage drivers do before a VM is deployed. */
    private void makeDisks(int number, Home home) {
        var datastore = LabDatastore.of(home);
        var directory = datastore.directory(number);
        run(home.host(), "mkdir", "-p", directory);
        if (datastore.hasImages()) {
            lab.ceph()
                    .run(
                            "rbd",
                            "create",
                            "--pool",
                            Ceph.POOL,
                            "--image",
                            LabDatastore.image(number),
                            "--size",
                            "16",
                            "--image-feature",
                            "layering")
                    .orFail();
            run(home.host(), "fallocate", "-l", "64KiB", directory + "/disk.1");
        } else {
            run(home.host(), "fallocate", "-l", "16MiB", directory + "/disk.0");
        }
    }

    @Override
    public Optional<Verdict> ask(LabVm vm, Demand demand) {
        Optional<Verdict> verdict;
        try (var _ = weather.whileAnswering(drivers::kill)) {
            verdict = meet(vm, demand);
        }
        onlooker.lookAnew();
        if (verdict.filter(Verdict.Done.class::isInstance).isPresent()) {
            listen(vm, demand);
        }
        return verdict;
    }

    private Optional<Verdict> meet(LabVm vm, Demand demand) {
        var requests = new CoreRequests(vm);
        return switch (demand) {
            case Demand.Save(var host) -> drivers.ask(requests.at(host, "SAVE"), patience());
            case Demand.Restore(var host) -> drivers.ask(requests.at(host, "RESTORE"), patience());
            case Demand.MigrateLive(var from, var to) -> drivers.ask(requests.migrate(from, to), patience());
            case Demand.ShutDown(var host) -> drivers.ask(requests.at(host, "CANCEL"), patience());
            case Demand.Deploy(var host) -> drivers.ask(requests.deploy(host, deployment(vm)), patience());
            case Demand.Move(var from, var to) -> transfer(requests, vm, requests.movingFile(from, to));
            case Demand.Delete(var home) -> transfer(requests, vm, requests.deletingFile(home));
        };
    }

    private String deployment(LabVm vm) {
        var definition = definitions.get(vm.number());
        if (definition == null) {
            throw new AssertionError(vm + " isn't known");
        }
        return file(
                "deployment." + vm.number(),
                definition.on(LabDatastore.of(vm.standing().home()), vm.number()));
    }

    private Optional<Verdict> transfer(CoreRequests requests, LabVm vm, String text) {
        return drivers.askToTransfer(requests.transfer(file("transfer." + vm.number(), text)), patience());
    }

    private String file(String name, String text) {
        return front.write(name, text.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** Who waits for an answer has the hosts back after a while. */
    private Runnable patience() {
        return new Runnable() {
            private int seconds;

            @Override
            public void run() {
                if (++seconds % SECONDS_AWAY == 0) {
                    weather.clearUp();
                }
            }
        };
    }

    /** The guest itself says whether it is the one that it was. */
    private void listen(LabVm vm, Demand demand) {
        switch (demand) {
            case Demand.Restore(var host) -> listenTo(vm, host);
            case Demand.MigrateLive(var _, var to) -> listenTo(vm, to);
            case Demand.Deploy(var host) -> {
                if (weather.hasPower(host)) {
                    vm.hear(lab.boots(vm.name()));
                }
            }
            case Demand.Save _, Demand.ShutDown _, Demand.Move _, Demand.Delete _ -> {}
        }
    }

    private void listenTo(LabVm vm, HostRef host) {
        if (weather.hasPower(host)) {
            vm.hear(lab.goesOn(vm.name(), vm.heard()));
        }
    }

    @Override
    public Sight look(LabVm vm) {
        return onlooker.look(vm);
    }

    @Override
    public Weather weather() {
        return weather;
    }

    /** The core doesn't tell that a suspended VM was terminated: its checkpoint is deleted by a person. */
    @Override
    public void giveUp(LabVm vm) {
        if (look(vm).isSaved()) {
            var report = engine.checkpoints().delete(vm.name(), true, Watch.none());
            story.add("checkpoint deleted: " + report.result().state());
            onlooker.lookAnew();
        }
    }

    @Override
    public void forget(LabVm vm) {
        vms.remove(vm.number());
        definitions.remove(vm.number());
    }

    @Override
    public void recover() {
        for (var round = 0; round < RECOVERIES && !engine.upkeep().unfinished().isEmpty(); round++) {
            engine.upkeep().recover(Set.of(), Watch.none()).forEach(recovered -> story.add("recovered: " + recovered));
            onlooker.lookAnew();
        }
    }

    /** There must be nothing that nobody owns. */
    @Override
    public void collectGarbage() {
        garbage = engine.upkeep().collectGarbage(false).items().stream()
                .map(leftover -> "garbage: " + leftover)
                .toList();
    }

    @Override
    public List<String> wrongs() {
        return onlooker.broken(vms());
    }

    @Override
    public List<String> wrongsAtRest() {
        onlooker.requireGoingOn(vms());
        var unfinished = engine.upkeep().unfinished().stream().map(entry -> "unfinished: " + entry);
        return Stream.of(wrongs().stream(), onlooker.left(vms()).stream(), unfinished, garbage.stream())
                .flatMap(wrongs -> wrongs)
                .toList();
    }

    @Override
    public void beginAction() {
        story.clear();
        onlooker.lookAnew();
    }

    @Override
    public List<String> story() {
        return List.copyOf(story);
    }

    /** Whatever is left of it is ended and removed by force. */
    @Override
    public void close() {
        weather.clearUp();
        try (core;
                engine) {
            drivers.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (var host : HOSTS) {
            lab.in(host.name(), "sh", "-c", "virsh -q list --name | grep ^one- | xargs -r -n1 virsh -q destroy");
            lab.in(host.name(), "sh", "-c", "virsh -q list --all --name | grep ^one- | xargs -r -n1 virsh -q undefine");
            run(host, "rm", "-rf", "/srv/berth/one", "/srv/local/one");
        }
    }
}
