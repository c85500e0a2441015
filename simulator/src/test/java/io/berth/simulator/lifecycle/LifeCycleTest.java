package io.berth.simulator.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class LifeCycleTest {
    private static final HostRef HERE = new HostRef("here");
    private static final HostRef THERE = new HostRef("there");
    private static final VmRef VM = new VmRef(new UUID(1, 1), "vm");

    private final LifeCycle life = new LifeCycle(new Life.Alive(HERE));
    private int asked;

    private Attempt ask(Wish wish) {
        var attempt = new Attempt(++asked, VM, wish);
        life.asked(attempt);
        return attempt;
    }

    private Attempt done(Wish wish) {
        var attempt = ask(wish);
        life.told(attempt, Told.DONE);
        return attempt;
    }

    @Test
    void oneThingAfterTheOtherIsExplained() {
        done(new Wish.Suspend(false));
        done(new Wish.Verify());
        done(new Wish.Resume(THERE));
        life.seen(new Life.Alive(THERE));

        assertThat(life.contradiction()).isEmpty();
    }

    @Test
    void aCheckpointIsntUsedTwice() {
        done(new Wish.Suspend(false));
        done(new Wish.Resume(HERE));
        done(new Wish.Resume(THERE));

        assertThat(life.contradiction()).isPresent();
    }

    @Test
    void twoAtOnceMayEndInEitherOrder() {
        var suspend = ask(new Wish.Suspend(false));
        var resume = ask(new Wish.Resume(THERE));
        life.told(resume, Told.DONE);
        life.told(suspend, Told.DONE);
        life.seen(new Life.Alive(THERE));

        assertThat(life.contradiction()).isEmpty();
    }

    @Test
    void whatWasToldAsUndoneHasNoEffectLater() {
        var suspend = ask(new Wish.Suspend(false));
        life.told(suspend, Told.UNDONE);
        life.seen(new Life.Saved());

        assertThat(life.contradiction()).isPresent();
    }

    @Test
    void whatWasNeverToldMayHaveAnEffectAtAnyTime() {
        ask(new Wish.Suspend(false));
        life.seen(new Life.Alive(HERE));
        life.seen(new Life.Saved());

        assertThat(life.contradiction()).isEmpty();
    }

    @Test
    void aPowerCutTakesNothingFromAVmThatIsSuspended() {
        done(new Wish.Suspend(false));
        life.perishedOn(HERE);
        life.seen(new Life.Gone());

        assertThat(life.contradiction()).isPresent();
    }

    @Test
    void aPowerCutDuringASuspendTakesItOrDoesnt() {
        var lucky = ask(new Wish.Suspend(false));
        life.perishedOn(HERE);
        life.told(lucky, Told.DONE);
        life.seen(new Life.Saved());

        assertThat(life.contradiction()).isEmpty();
    }

    @Test
    void lostMemoryIsToldOnlyWhenItIsLost() {
        var suspend = ask(new Wish.Suspend(false));
        life.told(suspend, Told.MEMORY_LOST);

        assertThat(life.contradiction()).isPresent();
    }

    @Test
    void lostMemoryMayBeToldWhenTheVmWasStartedAnewSince() {
        var suspend = ask(new Wish.Suspend(false));
        life.perishedOn(HERE);
        life.startedOn(HERE);
        life.told(suspend, Told.MEMORY_LOST);
        life.seen(new Life.Alive(HERE));

        assertThat(life.contradiction()).isEmpty();
    }

    @Test
    void nobodyIsRefusedForAStateThatNeverWas() {
        var suspend = ask(new Wish.Suspend(false));
        life.told(suspend, Told.REFUSED_AS_SUSPENDED);

        assertThat(life.contradiction()).isPresent();
    }

    @Test
    void aMigrationThatFailsLeavesTheVmWhereItWas() {
        var migrate = ask(new Wish.Migrate(THERE, false));
        life.told(migrate, Told.UNDONE);
        life.seen(new Life.Alive(THERE));

        assertThat(life.contradiction()).isPresent();
    }

    @Test
    void aMigrationThatIsStrandedLeavesItSuspended() {
        var migrate = ask(new Wish.Migrate(THERE, false));
        life.told(migrate, Told.STRANDED);
        life.seen(new Life.Saved());

        assertThat(life.contradiction()).isEmpty();
    }

    @Test
    void theAccountTellsWhatCantBeExplained() {
        done(new Wish.Resume(THERE));

        assertThat(life.contradiction().orElseThrow())
                .last()
                .asString()
                .contains("Resume")
                .contains("DONE");
    }
}
