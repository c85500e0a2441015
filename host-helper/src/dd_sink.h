/* Writes a stream with the host's dd, for a device that the built-in writer can't get past the cache. */
#ifndef BERTH_DD_SINK_H
#define BERTH_DD_SINK_H

#include "stream_failure.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct dd_sink {
    pid_t process;
    int input;
    int complaints;
    const char *path;
};

/* Starts dd so that its first byte lands at the offset. */
bool dd_sink_open(struct dd_sink *sink, const char *path, uint64_t offset, struct stream_failure *failure);

/* In the stream's order; lengths are multiples of the device's block. */
bool dd_sink_write(struct dd_sink *sink, const void *data, size_t length, struct stream_failure *failure);

/* Ends dd's input and waits for it; false with dd's own words when it failed. */
bool dd_sink_close(struct dd_sink *sink, struct stream_failure *failure);

#endif
