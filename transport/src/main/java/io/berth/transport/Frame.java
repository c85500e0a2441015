package io.berth.transport;

/**
 * One frame of the conversation with a host helper; {@code host-helper/src/frames.h} describes them. Immutable as long
 * as nobody writes to the payload.
 *
 * @param id the command it belongs to; 0 for {@link FrameType#HELLO}
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares frames, and each is copied from a pipe once
record Frame(FrameType type, int id, byte[] payload) {}
