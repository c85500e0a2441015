package io.berth.bench.figure;

/** On which side of its limit a value should be. */
public enum Better {
    LOWER,
    HIGHER
}
