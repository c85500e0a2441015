package io.berth.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.fleet.Resource.OfDatastore;
import io.berth.core.fleet.Resource.OfHost;
import io.berth.driver.HostRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final Resource H1 = new OfHost(new HostRef("h1"));
    private static final Resource H2 = new OfHost(new HostRef("h2"));
    private static final Resource H3 = new OfHost(new HostRef("h3"));
    private static final Resource STORE = new OfDatastore("store");

    private final List<String> begun = new ArrayList<>();
    private final Map<String, Turns.Ticket> tickets = new HashMap<>();
    private Turns turns = new Turns(new FleetLimits(1, 2));

    private void queue(String name, Resource... wanted) {
        tickets.put(name, turns.queue(Set.of(wanted), _ -> begun.add(name)));
    }

    private Turns.Ticket ticket(String name) {
        return Objects.requireNonNull(tickets.get(name));
    }

    private void leave(String name) {
        ticket(name).leave();
    }

    @Test
    void noMoreBeginThanAHostTakes() {
        queue("a", H1);
        queue("b", H1);

        assertThat(begun).containsExactly("a");
        leave("a");
        assertThat(begun).containsExactly("a", "b");
    }

    @Test
    void whoWaitsForTheSameHostGoesInTurn() {
        queue("a", H1);
        queue("b", H1);
        queue("c", H1);
        queue("d", H1);

        leave("a");
        leave("b");
        leave("c");

        assertThat(begun).containsExactly("a", "b", "c", "d");
    }

    @Test
    void aBusyHostIsNoReasonForAnotherToStandIdle() {
        turns = new Turns(new FleetLimits(1, 3));
        queue("a", H1, STORE);
        queue("b", H1, STORE);
        queue("c", H1, STORE);
        queue("d", H2, STORE);

        assertThat(begun).containsExactly("a", "d");
    }

    @Test
    void theFirstInLineKeepsAPlaceFreeOnWhatElseItNeeds() {
        queue("a", H1);
        queue("needs both", H1, STORE);
        queue("b", H2, STORE);
        queue("c", H3, STORE);
        assertThat(begun).containsExactly("a", "b");

        leave("a");

        assertThat(begun).containsExactly("a", "b", "needs both");
    }

    @Test
    void aMigrationWaitsForBothItsHosts() {
        queue("a", H1);
        queue("b", H2);
        queue("moves", H1, H2);

        leave("a");
        assertThat(begun).doesNotContain("moves");
        leave("b");

        assertThat(begun).contains("moves");
    }

    @Test
    void whoWithdrawsIsNeverBegunAndHoldsNobodyUp() {
        queue("a", H1);
        queue("b", H1, H2);
        queue("c", H2);
        assertThat(begun).containsExactly("a");

        assertThat(ticket("b").withdraw()).isTrue();
        assertThat(begun).containsExactly("a", "c");
        leave("a");

        assertThat(begun).doesNotContain("b");
        assertThat(ticket("a").withdraw()).isFalse();
    }

    @Test
    void leavingTwiceMakesRoomOnce() {
        queue("a", H1);
        queue("b", H1);
        leave("a");
        leave("a");
        queue("c", H1);

        assertThat(begun).containsExactly("a", "b");
    }

    /** Newcomers for one host keep coming; one that needs a crowded host and the datastore gets its turn all the same. */
    @Test
    void nobodyIsPassedForEver() {
        queue("busy", H1, STORE);
        queue("patient", H1, STORE);
        var random = new Random(3);
        var latest = "busy";
        for (var number = 0; number < 100 && !begun.contains("patient"); number++) {
            queue("n" + number, random.nextBoolean() ? H2 : H3, STORE);
            if (number == 50) {
                leave(latest);
            }
        }

        assertThat(begun).contains("patient");
    }

    @Test
    void limitsHoldWhateverTheOrder() {
        turns = new Turns(new FleetLimits(2, 3));
        var random = new Random(11);
        var hosts = List.of(H1, H2, H3);
        var atWork = new ArrayList<String>();
        var wanted = new HashMap<String, Set<Resource>>();
        for (var number = 0; number < 500; number++) {
            var needs = Set.of(hosts.get(random.nextInt(3)), STORE);
            wanted.put("n" + number, needs);
            queue("n" + number, needs.toArray(Resource[]::new));
        }
        var done = 0;
        while (done < begun.size()) {
            atWork.clear();
            atWork.addAll(begun.subList(done, begun.size()));
            for (var host : hosts) {
                assertThat(atWork)
                        .filteredOn(name -> wanted.getOrDefault(name, Set.of()).contains(host))
                        .hasSizeLessThanOrEqualTo(2);
            }
            assertThat(atWork).hasSizeLessThanOrEqualTo(3);
            leave(begun.get(done++));
        }
        assertThat(begun).hasSize(500).doesNotHaveDuplicates();
    }
}
