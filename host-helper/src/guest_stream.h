/*
 * One guest's memory on its way through a pipe: begins the migration, watches it and the guest until the stream is
 * whole, and leaves the guest paused; or gives it up and leaves the guest as it was.
 */
#ifndef BERTH_GUEST_STREAM_H
#define BERTH_GUEST_STREAM_H

#include "direct_writer.h"
#include "libvirt_calls.h"
#include "qemu_migration.h"
#include "stream_failure.h"

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct guest_stream {
    /* set by the caller */
    struct libvirt_guest *guest;
    struct direct_writer *writer;
    bool live;
    bool live_emulated;
    uint64_t max_passes;
    uint64_t limit;
    uint64_t header_length;
    int signals; /* signalfd: any signal cancels */
    int wake;    /* eventfd of the writer */

    uint64_t length; /* of the image, once it is whole */

    /* its own */
    struct qemu_settings settings;
    bool begun;       /* QEMU was told to send, or may have been */
    bool still;       /* from now on the guest must not run */
    bool paused_here; /* we paused it, so we resume it when we give up */
    unsigned resumes; /* seen when it had to stand still */
    struct timespec reported;
};

/* Refuses a guest that isn't in the mode's state or is being saved or migrated by somebody. Changes nothing. */
bool guest_stream_ready(struct guest_stream *stream, struct stream_failure *failure);

bool guest_stream_begin(struct guest_stream *stream, int file, struct stream_failure *failure);

/* Until QEMU says that all was sent and the writer that all was written. Prints progress. */
bool guest_stream_await(struct guest_stream *stream, struct stream_failure *failure);

/* After the end: whether the guest has not run since its memory was sent. */
bool guest_stream_stood_still(struct guest_stream *stream, struct stream_failure *failure);

/* Puts QEMU's settings back after a stream that is whole. */
void guest_stream_end(struct guest_stream *stream);

/*
 * Ends the migration, puts QEMU's settings back and lets a guest run again that ran before. False, with the failure
 * replaced, when it can't be proved that nothing is active any more.
 */
bool guest_stream_abandon(struct guest_stream *stream, struct stream_failure *failure);

#endif
