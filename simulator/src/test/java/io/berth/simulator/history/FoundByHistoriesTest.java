package io.berth.simulator.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.simulator.fault.Variation;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What random histories have found wrong once, played again on purpose. */
final class FoundByHistoriesTest {
    private static final HostRef FIRST = new HostRef("h1");
    private static final HostRef SECOND = new HostRef("h2");
    private static final int TO_THE_END = 4000;

    private final Play play = new Play(7, Variation.NONE);

    @AfterEach
    void nothingBreaks() {
        if (!play.isBroken()) {
            play.end();
        }
        play.close();
        assertThat(play.setting().checker().violations()).isEmpty();
    }

    private void ask(int lane, Request request) {
        play.perform(new Act.Ask(lane, request));
    }

    private void goOn(int lane) {
        play.perform(new Act.Go(lane, TO_THE_END));
    }

    /** Until the lane is about to do that. */
    private void goUntil(int lane, String what) {
        play.perform(new Act.Go(lane, 0));
        while (!play.crew().lane(lane).isAbout(what)) {
            assertThat(play.crew().lane(lane).isIdle()).as("never " + what).isFalse();
            play.perform(new Act.Go(lane, 1));
        }
    }

    private void done(int lane, Request request) {
        ask(lane, request);
        goOn(lane);
    }

    private static Request suspend(String vm, String datastore) {
        return new Request.Suspend(vm, datastore, MemoryWriter.STREAM);
    }

    @Test
    void anOperationThatItsOwnerFinishesIsntRecovered() {
        ask(0, suspend("bare", "thick"));
        goUntil(0, "finish SUCCEEDED");
        ask(2, new Request.Recover(false));
        goUntil(2, "acquire");
        goOn(0);
        done(0, new Request.Resume("bare", SECOND, false));

        goOn(2);
    }

    @Test
    void aUsedCheckpointWhoseGuestHasNotRunYetIsntGarbage() {
        done(2, suspend("auto", "thick"));
        ask(0, new Request.CollectGarbage(true));
        goUntil(0, "ledger.list");
        ask(2, new Request.Resume("auto", SECOND, false));
        goUntil(2, "record consume DONE; resume INTENT;");
        play.perform(new Act.Kill(1));

        goOn(0);

        play.perform(new Act.CutPower(SECOND));
    }

    @Test
    void nothingIsAttachedToAHostThatWasCalledDeadAndIsBack() {
        done(0, suspend("auto", "thin"));
        play.perform(new Act.CutPower(SECOND));
        ask(2, new Request.Resume("auto", SECOND, true));
        goUntil(2, "acquire");
        play.perform(new Act.GivePower(SECOND));

        goOn(2);
    }

    @Test
    void whatWasSeenWithoutTheLeaseIsNoReason() {
        ask(2, new Request.MigrateLive("bare", FIRST));
        goUntil(2, "ledger.list");
        play.perform(new Act.Stall(1));
        play.pass(Duration.ofSeconds(35));
        done(0, suspend("bare", "thin"));
        play.perform(new Act.Wake(1));

        goOn(2);
    }

    @Test
    void aConsumptionThatArrivesAfterItWasUndoneConsumesNothing() {
        done(0, suspend("auto", "thin"));
        ask(2, new Request.Resume("auto", SECOND, false));
        goUntil(2, "ledger.advance 1 CONSUMED");
        play.perform(new Act.Strike(2, Mishap.DELAYED));
        play.perform(new Act.Go(2, 1));
        ask(3, new Request.Recover(false));
        goUntil(3, "guard.raise");
        play.perform(new Act.Strike(3, Mishap.NOT_DONE_LOST));
        goOn(3);

        play.perform(new Act.Deliver());
    }

    /** Through a host that nobody could tell of the new epoch. */
    @Test
    void aStateThatArrivesWhenItsVolumeIsGoneIsGarbage() {
        ask(2, suspend("bare", "thin"));
        goUntil(2, "ledger.advance 1 WRITING");
        play.perform(new Act.CutNetwork(FIRST));
        play.perform(new Act.Strike(2, Mishap.DELAYED));
        play.perform(new Act.Go(2, 1));
        done(3, new Request.Recover(false));
        play.perform(new Act.HealNetwork(FIRST));

        play.perform(new Act.Deliver());

        assertThat(play.setting().world().datastores())
                .anySatisfy(store -> assertThat(store.entries()).isNotEmpty());
    }

    @Test
    void whatIsLostIsToldAsLostThoughItsRecoveryTakesTwo() {
        ask(3, new Request.MigrateLive("calm", FIRST));
        goUntil(3, "guests.migrate");
        goUntil(3, "guests.find");
        play.perform(new Act.Vanish("calm"));
        play.perform(new Act.Kill(2));
        ask(0, new Request.Recover(true));
        goUntil(0, "guests.define");
        play.perform(new Act.Strike(0, Mishap.FAIL_ALWAYS));

        goOn(0);
    }

    @Test
    void theTailOfAVolumeThatIsGoneNeedsNoDiscarding() {
        ask(2, suspend("auto", "thin"));
        goUntil(2, "devices.discard");
        play.perform(new Act.CutNetwork(FIRST));
        goOn(2);
        play.perform(new Act.HealNetwork(FIRST));

        done(0, new Request.Terminate("auto", false, false));
    }
}
