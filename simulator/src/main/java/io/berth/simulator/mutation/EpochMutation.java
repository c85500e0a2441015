package io.berth.simulator.mutation;

import io.berth.simulator.fault.Variation;

/** Epochs that nobody checks. */
record EpochMutation(boolean journalChecksEpochs, boolean hostsRefuseLowerEpochs) implements Variation {}
