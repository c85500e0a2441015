package io.berth.simulator.mutation;

import io.berth.core.plan.Ref;
import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;
import io.berth.driver.hypervisor.GuestState;

/** A handler that does what another does, but for what a mutation changes. */
class Altered implements StepHandler<Step> {
    private final StepHandler<Step> sound;

    Altered(StepHandler<Step> sound) {
        this.sound = sound;
    }

    @Override
    public Probe probe(Step step, StepRun run) {
        return sound.probe(step, run);
    }

    @Override
    public Outputs perform(Step step, StepRun run) {
        return sound.perform(step, run);
    }

    @Override
    public void undo(Step step, StepRun run) {
        sound.undo(step, run);
    }

    @Override
    public void verify(Step step, StepRun run) {
        sound.verify(step, run);
    }

    /** Never looks: what reported an error isn't done. */
    static Altered believingErrors(StepHandler<Step> sound) {
        return new Altered(sound) {
            @Override
            public Probe probe(Step step, StepRun run) {
                return Probe.NOT_DONE;
            }
        };
    }

    /** Never looks: what nobody knows is done. */
    static Altered hoping(StepHandler<Step> sound) {
        return new Altered(sound) {
            @Override
            public Probe probe(Step step, StepRun run) {
                return Probe.done();
            }
        };
    }

    /** Never looks: a save that nobody heard the end of has written all that was expected. */
    static Altered hopingForAnImage(StepHandler<Step> sound) {
        return new Altered(sound) {
            @Override
            public Probe probe(Step step, StepRun run) {
                return step instanceof Step.SaveMemory save
                        ? Probe.done(Outputs.of(Ref.Type.LENGTH, save.expected()))
                        : super.probe(step, run);
            }
        };
    }

    /** Takes the memory for lost as soon as its host is dead, whatever that host has written. */
    static Altered mourning(StepHandler<Step> sound) {
        return new Altered(sound) {
            @Override
            public Probe probe(Step step, StepRun run) {
                return isDead(step, run) ? Probe.NOT_DONE : super.probe(step, run);
            }

            @Override
            public void undo(Step step, StepRun run) {
                if (isDead(step, run)) {
                    run.memoryIsLost();
                } else {
                    super.undo(step, run);
                }
            }

            private boolean isDead(Step step, StepRun run) {
                return step.host().filter(run::isDead).isPresent();
            }
        };
    }

    /** Leaves as it is what ought to be taken back. */
    static Altered withoutUndo(StepHandler<Step> sound) {
        return new Altered(sound) {
            @Override
            public void undo(Step step, StepRun run) {}
        };
    }

    /** Checks nothing, and answers as if it had. */
    static Altered blind(StepHandler<Step> sound) {
        return new Altered(sound) {
            @Override
            public Outputs perform(Step step, StepRun run) {
                return Outputs.of(Ref.Type.DIGEST, "unread");
            }
        };
    }

    /** Lets the source go on, whatever has come to the target. */
    static Altered leavingTheCopy(StepHandler<Step> sound) {
        return new Altered(sound) {
            @Override
            public void undo(Step step, StepRun run) {
                if (step instanceof Step.MigrateGuest migrate) {
                    var hypervisor = run.drivers().hypervisor(migrate.at());
                    hypervisor.cancelMigration(run.determinedCall(), migrate.at(), migrate.vm());
                    hypervisor.resume(run.determinedCall(), migrate.at(), migrate.vm());
                }
            }
        };
    }

    /** Ends what is at the target before it has seen to it that the source doesn't hand over any more. */
    static Altered destroyingFirst(StepHandler<Step> sound) {
        return new Altered(sound) {
            @Override
            public Probe probe(Step step, StepRun run) {
                return Probe.NOT_DONE;
            }

            @Override
            public void undo(Step step, StepRun run) {
                if (step instanceof Step.MigrateGuest migrate) {
                    run.drivers().hypervisor(migrate.to()).destroy(run.determinedCall(), migrate.to(), migrate.vm());
                }
                super.undo(step, run);
            }
        };
    }

    /** Takes any guest that is alive where one was to be restored for that one. */
    static Altered trustingTheRestored(StepHandler<Step> sound) {
        return new Altered(sound) {
            @Override
            public Probe probe(Step step, StepRun run) {
                return isThere(step, run) ? Probe.done() : super.probe(step, run);
            }

            @Override
            public void verify(Step step, StepRun run) {
                if (!isThere(step, run)) {
                    super.verify(step, run);
                }
            }

            private static boolean isThere(Step step, StepRun run) {
                return step instanceof Step.RestorePaused restore
                        && run.drivers()
                                .hypervisor(restore.at())
                                .find(restore.at(), restore.vm().uuid())
                                .filter(view -> view.state() == GuestState.PAUSED)
                                .isPresent();
            }
        };
    }

    /** Takes any copy that stands at the target for the guest. */
    static Altered trustingTheCopy(StepHandler<Step> sound) {
        return new Altered(sound) {
            @Override
            public Probe probe(Step step, StepRun run) {
                if (step instanceof Step.MigrateGuest migrate) {
                    var there = run.drivers()
                            .hypervisor(migrate.to())
                            .find(migrate.to(), migrate.vm().uuid());
                    return Probe.doneIf(there.filter(view -> view.state() == GuestState.PAUSED)
                            .isPresent());
                }
                return super.probe(step, run);
            }
        };
    }
}
