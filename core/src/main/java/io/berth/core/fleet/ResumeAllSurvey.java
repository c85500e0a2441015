package io.berth.core.fleet;

import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.storage.CheckpointRecord;
import java.util.List;
import java.util.SortedMap;

/**
 * The facts that resuming many is planned from.
 *
 * @param suspended complete checkpoints that nobody has used
 * @param free memory of each host that answers
 * @param silent what couldn't be asked
 */
record ResumeAllSurvey(List<CheckpointRecord> suspended, SortedMap<HostRef, DataSize> free, List<Failure> silent) {}
