/* Opening devices, and reading and writing them past the page cache. */
#ifndef BERTH_DEVICES_H
#define BERTH_DEVICES_H

#include <stdbool.h>
#include <stddef.h>

struct device {
    const char *path;
    int fd;
    bool block; /* else a regular file, which serves where a device is expected */
    long long size;
};

/* Opens with open(2)'s flags. 0, or an exit code after having printed why. */
int open_device(struct device *device, const char *path, int flags);
/* The same, past the page cache where the device allows it: offsets, lengths and memory go by its blocks then. */
int open_past_cache(struct device *device, const char *path, int flags);
/* Closes; write-back errors of this moment are the caller's to have found with fsync. */
void close_device(struct device *device);

/* All of it. 0, or -1 with errno. */
int write_at(const struct device *device, const char *bytes, long long length, long long offset);

/* Calls use with length bytes from offset, in pieces, read directly where the device allows it, until it answers that
 * it wants no more. 0 or an exit code. */
int read_pieces(const char *path, long long offset, long long length, bool (*use)(void *, const void *, size_t),
                void *context);

#endif
