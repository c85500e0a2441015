/* Opening devices, and reading them past the page cache. */
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
/* Closes; write-back errors of this moment are the caller's to have found with fsync. */
void close_device(struct device *device);

/* Calls use with length bytes from offset, in pieces, read directly where the device allows it, until it answers that
 * it wants no more. 0 or an exit code. */
int read_pieces(const char *path, long long offset, long long length, bool (*use)(void *, const void *, size_t),
                void *context);

#endif
