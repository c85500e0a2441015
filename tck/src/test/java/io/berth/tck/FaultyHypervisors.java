package io.berth.tck;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.DefinitionChange;
import io.berth.driver.hypervisor.Departure;
import io.berth.driver.hypervisor.GuestProfile;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.GuestView;
import io.berth.driver.hypervisor.HostMemory;
import io.berth.driver.hypervisor.HypervisorDriver;
import io.berth.driver.hypervisor.ImageHeader;
import io.berth.driver.hypervisor.MemoryEstimate;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.driver.hypervisor.MigrationRequest;
import io.berth.driver.hypervisor.Phase;
import io.berth.driver.hypervisor.RestoreRequest;
import io.berth.driver.hypervisor.SaveRequest;
import io.berth.driver.hypervisor.SavedImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Drivers with one fault each, by what is wrong with them. */
final class FaultyHypervisors {
    private FaultyHypervisors() {}

    static Map<String, Function<FakeGuests, HypervisorDriver>> all() {
        var all = new LinkedHashMap<String, Function<FakeGuests, HypervisorDriver>>();
        all.put("pause does nothing", guests -> new FakeHypervisor(guests) {
            @Override
            public void pause(Call call, HostRef host, VmRef vm) {}
        });
        all.put("resume does nothing", guests -> new FakeHypervisor(guests) {
            @Override
            public void resume(Call call, HostRef host, VmRef vm) {}
        });
        all.put("destroy does nothing", guests -> new FakeHypervisor(guests) {
            @Override
            public void destroy(Call call, HostRef host, VmRef vm) {}
        });
        all.put("undefine does nothing", guests -> new FakeHypervisor(guests) {
            @Override
            public void undefine(Call call, HostRef host, VmRef vm) {}
        });
        all.put("define does nothing", guests -> new FakeHypervisor(guests) {
            @Override
            public void define(Call call, HostRef host, VmRef vm, String definition) {}
        });
        all.put("restore does nothing", guests -> new FakeHypervisor(guests) {
            @Override
            public void restorePaused(Call call, HostRef host, RestoreRequest request) {}
        });
        all.put("destroy can't be repeated", guests -> new FakeHypervisor(guests) {
            @Override
            public void destroy(Call call, HostRef host, VmRef vm) {
                var there = find(host, vm.uuid()).orElseThrow().vm();
                super.destroy(call, host, there);
            }
        });
        all.put("undefine can't be repeated", guests -> new FakeHypervisor(guests) {
            @Override
            public void undefine(Call call, HostRef host, VmRef vm) {
                var there = find(host, vm.uuid()).orElseThrow().vm();
                super.undefine(call, host, there);
            }
        });
        all.put("undefine ends the guest", guests -> new FakeHypervisor(guests) {
            @Override
            public void undefine(Call call, HostRef host, VmRef vm) {
                super.destroy(call, host, vm);
                super.undefine(call, host, vm);
            }
        });
        all.put("find is blind", guests -> new FakeHypervisor(guests) {
            @Override
            public Optional<GuestView> find(HostRef host, UUID vm) {
                return Optional.empty();
            }
        });
        all.put("find looks everywhere", guests -> new FakeHypervisor(guests) {
            @Override
            public Optional<GuestView> find(HostRef host, UUID vm) {
                return super.find(new HostRef("h1"), vm).or(() -> super.find(new HostRef("h2"), vm));
            }
        });
        all.put("list is blind", guests -> new FakeHypervisor(guests) {
            @Override
            public List<GuestView> list(HostRef host) {
                return List.of();
            }
        });
        all.put("more memory is free than there is", guests -> new FakeHypervisor(guests) {
            @Override
            public HostMemory memory(HostRef host) {
                var sound = super.memory(host);
                return new HostMemory(sound.total(), sound.free());
            }
        });
        all.put("no memory is ever free", guests -> new FakeHypervisor(guests) {
            @Override
            public HostMemory memory(HostRef host) {
                return new HostMemory(DataSize.ZERO, super.memory(host).total());
            }
        });
        all.put("obstacles are overlooked", guests -> new FakeHypervisor(guests) {
            @Override
            public List<Failure> obstacles(HostRef host, GuestProfile profile, String definition) {
                return List.of();
            }
        });
        all.put("changes don't follow one another", guests -> new FakeHypervisor(guests) {
            @Override
            public List<DefinitionChange> transform(HostRef host, String definition, Phase phase) {
                return super.transform(host, definition, phase).reversed();
            }
        });
        all.put("the bound is too low", guests -> new FakeHypervisor(guests) {
            @Override
            public MemoryEstimate estimate(HostRef host, VmRef vm) {
                return new MemoryEstimate(DataSize.ofMebibytes(1), DataSize.ofMebibytes(31));
            }
        });
        all.put("a save forgets the owner's pause", guests -> new FakeHypervisor(guests) {
            @Override
            public SavedImage saveMemory(Call call, HostRef host, VmRef vm, SaveRequest request) {
                var changed = new SaveRequest(request.target(), request.capacity(), request.writer(), false);
                return super.saveMemory(call, host, vm, changed);
            }
        });
        all.put("a save lets the guest run on", guests -> new FakeHypervisor(guests) {
            @Override
            public SavedImage saveMemory(Call call, HostRef host, VmRef vm, SaveRequest request) {
                var image = super.saveMemory(call, host, vm, request);
                if (request.writer().keepsGuest()) {
                    super.resume(call, host, vm);
                }
                return image;
            }
        });
        all.put("every writer ends the guest", guests -> new FakeHypervisor(guests) {
            @Override
            public SavedImage saveMemory(Call call, HostRef host, VmRef vm, SaveRequest request) {
                var image = super.saveMemory(call, host, vm, request);
                super.destroy(call, host, vm);
                return image;
            }
        });
        all.put("no writer ends the guest", guests -> new FakeHypervisor(guests) {
            @Override
            public SavedImage saveMemory(Call call, HostRef host, VmRef vm, SaveRequest request) {
                var kept = new SaveRequest(
                        request.target(),
                        request.capacity(),
                        request.writer() == MemoryWriter.FAST ? MemoryWriter.SNAPSHOT : request.writer(),
                        request.ownerPaused());
                return super.saveMemory(call, host, vm, kept);
            }
        });
        all.put("writers that aren't declared work", guests -> new FakeHypervisor(guests) {
            @Override
            public SavedImage saveMemory(Call call, HostRef host, VmRef vm, SaveRequest request) {
                var any = request.writer() == MemoryWriter.STREAM ? MemoryWriter.SNAPSHOT : request.writer();
                return super.saveMemory(
                        call,
                        host,
                        vm,
                        new SaveRequest(request.target(), request.capacity(), any, request.ownerPaused()));
            }
        });
        all.put("a full device is a success", guests -> new FakeHypervisor(guests) {
            @Override
            public SavedImage saveMemory(Call call, HostRef host, VmRef vm, SaveRequest request) {
                try {
                    return super.saveMemory(call, host, vm, request);
                } catch (Failure failure) {
                    return new SavedImage(DataSize.ofMebibytes(1), DataSize.ofMebibytes(1));
                }
            }
        });
        all.put("a failed save ends the guest", guests -> new FakeHypervisor(guests) {
            @Override
            public SavedImage saveMemory(Call call, HostRef host, VmRef vm, SaveRequest request) {
                try {
                    return super.saveMemory(call, host, vm, request);
                } catch (Failure failure) {
                    super.destroy(call, host, vm);
                    throw failure;
                }
            }
        });
        all.put("a failed save lets the guest run", guests -> new FakeHypervisor(guests) {
            @Override
            public SavedImage saveMemory(Call call, HostRef host, VmRef vm, SaveRequest request) {
                try {
                    return super.saveMemory(call, host, vm, request);
                } catch (Failure failure) {
                    super.resume(call, host, vm);
                    throw failure;
                }
            }
        });
        all.put("the length is the device's", guests -> new FakeHypervisor(guests) {
            @Override
            public SavedImage saveMemory(Call call, HostRef host, VmRef vm, SaveRequest request) {
                var written = super.saveMemory(call, host, vm, request).written();
                return new SavedImage(
                        request.capacity().plus(written), request.capacity().plus(written));
            }
        });
        all.put("every image is complete", guests -> new FakeHypervisor(guests) {
            @Override
            public ImageHeader inspect(HostRef host, DevicePath device) {
                var header = super.inspect(host, device);
                return new ImageHeader(
                        ImageHeader.Form.COMPLETE, header.definition(), header.dataOffset(), header.ownerPaused());
            }
        });
        all.put("a restored guest runs at once", guests -> new FakeHypervisor(guests) {
            @Override
            public void restorePaused(Call call, HostRef host, RestoreRequest request) {
                super.restorePaused(call, host, request);
                super.resume(call, host, request.vm());
            }
        });
        all.put("a restore that was refused is a success", guests -> new FakeHypervisor(guests) {
            @Override
            public void restorePaused(Call call, HostRef host, RestoreRequest request) {
                try {
                    super.restorePaused(call, host, request);
                } catch (Failure failure) {
                    // That is the fault.
                }
            }
        });
        all.put("a refused restore leaves a guest", guests -> new FakeHypervisor(guests) {
            @Override
            public void restorePaused(Call call, HostRef host, RestoreRequest request) {
                try {
                    super.restorePaused(call, host, request);
                } catch (Failure failure) {
                    super.define(call, host, request.vm(), request.definition());
                    super.pause(call, host, request.vm());
                    throw failure;
                }
            }
        });
        all.put("a restore over a living guest takes its place", guests -> new FakeHypervisor(guests) {
            @Override
            public void restorePaused(Call call, HostRef host, RestoreRequest request) {
                super.destroy(call, host, request.vm());
                super.restorePaused(call, host, request);
            }
        });
        all.put("a restored guest is always transient", guests -> new FakeHypervisor(guests) {
            @Override
            public void restorePaused(Call call, HostRef host, RestoreRequest request) {
                super.restorePaused(call, host, request);
                super.undefine(call, host, request.vm());
            }
        });
        all.put("a restored guest is always persistent", guests -> new FakeHypervisor(guests) {
            @Override
            public void restorePaused(Call call, HostRef host, RestoreRequest request) {
                super.restorePaused(call, host, request);
                super.define(call, host, request.vm(), request.definition());
            }
        });
        all.put("whoever asks has made the guest", guests -> new FakeHypervisor(guests) {
            @Override
            public boolean isMadeBy(HostRef host, VmRef vm, OperationId operation) {
                return find(host, vm.uuid()).isPresent();
            }
        });
        all.put("nobody has made the guest", guests -> new FakeHypervisor(guests) {
            @Override
            public boolean isMadeBy(HostRef host, VmRef vm, OperationId operation) {
                return false;
            }
        });
        all.put("a moved guest runs at once", guests -> new FakeHypervisor(guests) {
            @Override
            public void migrate(Call call, HostRef from, VmRef vm, MigrationRequest request) {
                super.migrate(call, from, vm, request);
                resume(call, request.to(), vm);
            }
        });
        all.put("a moved guest stays behind as well", guests -> new FakeHypervisor(guests) {
            @Override
            public void migrate(Call call, HostRef from, VmRef vm, MigrationRequest request) {
                var guest = guests.find(from, vm.uuid()).orElseThrow();
                super.migrate(call, from, vm, request);
                guests.guests.add(guest);
                guest.state = GuestState.PAUSED;
            }
        });
        all.put("a moved guest boots anew", guests -> new FakeHypervisor(guests) {
            @Override
            public void migrate(Call call, HostRef from, VmRef vm, MigrationRequest request) {
                super.migrate(call, from, vm, request);
                guests.find(request.to(), vm.uuid()).orElseThrow().nonce = "another";
            }
        });
        all.put("a moved guest is persistent", guests -> new FakeHypervisor(guests) {
            @Override
            public void migrate(Call call, HostRef from, VmRef vm, MigrationRequest request) {
                super.migrate(call, from, vm, request);
                define(call, request.to(), vm, request.definition());
            }
        });
        all.put("a stopped migration makes two", guests -> new FakeHypervisor(guests) {
            @Override
            public void migrate(Call call, HostRef from, VmRef vm, MigrationRequest request) {
                if (call.cancellation().requested()) {
                    var guest = guests.find(from, vm.uuid()).orElseThrow();
                    guests.guests.add(
                            new FakeGuests.Guest(vm, request.to(), GuestState.PAUSED, false, guest.nonce, guest.ticks));
                }
                super.migrate(call, from, vm, request);
            }
        });
        all.put("every guest that is gone was migrated", guests -> new FakeHypervisor(guests) {
            @Override
            public Departure departure(HostRef from, VmRef vm) {
                return Departure.MIGRATED;
            }
        });
        all.put("no guest was ever migrated", guests -> new FakeHypervisor(guests) {
            @Override
            public Departure departure(HostRef from, VmRef vm) {
                return Departure.ENDED;
            }
        });
        all.put("cancelMigration ends the guest", guests -> new FakeHypervisor(guests) {
            @Override
            public void cancelMigration(Call call, HostRef from, VmRef vm) {
                destroy(call, from, vm);
            }
        });
        all.put("a guest may be moved to where it is", guests -> new FakeHypervisor(guests) {
            @Override
            public List<Failure> migrationObstacles(
                    HostRef from, VmRef vm, MigrationRequest request, Set<String> brought) {
                return List.of();
            }
        });
        all.put("a host that is no obstacle is one", guests -> new FakeHypervisor(guests) {
            @Override
            public List<Failure> migrationObstacles(
                    HostRef from, VmRef vm, MigrationRequest request, Set<String> brought) {
                var home = new MigrationRequest(from, request.definition(), request.copied());
                return super.migrationObstacles(from, vm, home, brought);
            }
        });
        all.put("cancelSave pauses", guests -> new FakeHypervisor(guests) {
            @Override
            public void cancelSave(Call call, HostRef host, VmRef vm) {
                super.pause(call, host, vm);
            }
        });
        all.put("cancelSave ends the guest", guests -> new FakeHypervisor(guests) {
            @Override
            public void cancelSave(Call call, HostRef host, VmRef vm) {
                super.destroy(call, host, vm);
            }
        });
        return all;
    }
}
