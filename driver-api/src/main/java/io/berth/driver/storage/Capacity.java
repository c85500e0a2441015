package io.berth.driver.storage;

import io.berth.driver.DataSize;

/** Room on a datastore. {@code free} is what can still be written, not what could be promised. */
public record Capacity(DataSize total, DataSize free) {}
