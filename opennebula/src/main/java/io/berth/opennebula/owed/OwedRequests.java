package io.berth.opennebula.owed;

import io.berth.driver.Failure;
import io.berth.opennebula.message.DriverMessage;
import io.berth.opennebula.oned.Oned;
import io.berth.opennebula.site.DriverName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Requests about VMs' memory that the core waits for, asked of the core itself. Thread-safe.
 *
 * @param driver the name under which the core knows the driver that asks; nothing is owed by one without
 * @param core finds the core
 * @param settled how long a request must have been waited for until it can't be on its way to a driver any more: the core
 *     writes a request into its driver's pipe at once when it begins to wait
 * @param again how long a core that gives no answer is left alone
 */
public record OwedRequests(Optional<String> driver, Supplier<Oned> core, Duration settled, Duration again) {
    private static final Duration USUALLY_SETTLED = Duration.ofSeconds(30);
    private static final Duration USUALLY_AGAIN = Duration.ofSeconds(10);

    /**
     * Of the driver that is started with these arguments.
     *
     * @param environment names the core, and where its configuration is
     */
    public static OwedRequests find(List<String> arguments, Map<String, String> environment) {
        return new OwedRequests(
                DriverName.of(arguments, environment), () -> Oned.find(environment), USUALLY_SETTLED, USUALLY_AGAIN);
    }

    /** Nothing is owed. */
    public static OwedRequests none() {
        return new OwedRequests(
                Optional.empty(),
                () -> {
                    throw new IllegalStateException("nobody may ask");
                },
                Duration.ZERO,
                Duration.ZERO);
    }

    /** @throws Failure what {@link Oned} throws */
    public List<OwedRequest> look() {
        return driver.map(name -> look(core.get(), name)).orElseGet(List::of);
    }

    private static List<OwedRequest> look(Oned oned, String name) {
        return oned.activeVms().stream()
                .map(oned::vm)
                .filter(vm -> vm.present()
                        .filter(stay -> stay.vmDriver().equals(name))
                        .isPresent())
                .flatMap(vm -> OwedRequest.of(vm).stream())
                .toList();
    }

    /**
     * Whether the core waits for it at this moment.
     *
     * @throws Failure what {@link Oned} throws
     */
    public boolean isOwed(OwedRequest request) {
        return OwedRequest.of(core.get().vm(request.vm()))
                .filter(request::equals)
                .isPresent();
    }

    /**
     * What the core said with the request, as far as it says it again.
     *
     * @throws Failure what {@link Oned} throws
     */
    public DriverMessage message(OwedRequest request) {
        var oned = core.get();
        return OwedMessage.of(oned.vm(request.vm()), oned.vmXml(request.vm()), oned::datastoreXml);
    }
}
