#include "devices.h"

#include "report.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ALIGNMENT = 4096, PIECE = 4 * 1024 * 1024 };

int open_device(struct device *device, const char *path, int flags)
{
    struct stat status;
    uint64_t size = 0;

    device->path = path;
    /* Non-blocking: a FIFO in a device's place must not hang the host's helper. */
    device->fd = open(path, flags | O_CLOEXEC | O_NONBLOCK);
    if (device->fd < 0)
        return fail_errno("%s", path);
    if (fstat(device->fd, &status) < 0)
        return fail_errno("%s", path);
    device->block = S_ISBLK(status.st_mode);
    if (!device->block && !S_ISREG(status.st_mode))
        return fail(EXIT_NOT_A_DEVICE, "not-a-device", "%s", path);
    if (device->block && ioctl(device->fd, BLKGETSIZE64, &size) < 0)
        return fail_errno("%s", path);
    device->size = device->block ? (long long)size : (long long)status.st_size;
    return EXIT_DONE;
}

void close_device(struct device *device)
{
    close(device->fd);
}

int open_past_cache(struct device *device, const char *path, int flags)
{
    int probe = open(path, flags | O_CLOEXEC | O_NONBLOCK | O_DIRECT);

    if (probe >= 0) {
        close(probe);
        return open_device(device, path, flags | O_DIRECT);
    }
    return open_device(device, path, flags);
}

int write_at(const struct device *device, const char *bytes, long long length, long long offset)
{
    while (length > 0) {
        ssize_t count = pwrite(device->fd, bytes, (size_t)length, offset);

        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return -1;
        bytes += count;
        offset += count;
        length -= count;
    }
    return 0;
}

/* Reads the aligned piece around [offset, offset + length) and answers how many bytes from its start are there. Not more:
 * a look at an image's head must not cost megabytes of a network's. */
static ssize_t read_piece(const struct device *device, char *piece, long long start, size_t wanted)
{
    size_t limit = (wanted + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    size_t used = 0;

    while (used < wanted) {
        ssize_t count = pread(device->fd, piece + used, limit - used, start + (long long)used);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return -1;
        if (count == 0)
            break;
        used += count;
        /* A direct read must go on at an aligned place; one that stops elsewhere has met the end. */
        if (used % 512 != 0)
            break;
    }
    return (ssize_t)used;
}

int read_pieces(const char *path, long long offset, long long length, bool (*use)(void *, const void *, size_t),
                void *context)
{
    struct device device;
    int result = open_past_cache(&device, path, O_RDONLY);
    void *piece = NULL;

    if (result != EXIT_DONE)
        return result;
    if (offset > device.size || length > device.size - offset)
        result = fail(EXIT_SHORT, "short", "%s has %lld bytes, wanted are %lld from %lld", path, device.size, length,
                      offset);
    else if (posix_memalign(&piece, ALIGNMENT, PIECE) != 0)
        result = fail(EXIT_OTHER, "error", "no memory");
    while (result == EXIT_DONE && length > 0) {
        long long start = offset / ALIGNMENT * ALIGNMENT;
        size_t skip = offset - start;
        size_t useful = length < (long long)(PIECE - skip) ? (size_t)length : PIECE - skip;
        ssize_t count = read_piece(&device, piece, start, skip + useful);

        if (count < 0)
            result = fail_errno("%s", path);
        else if ((size_t)count < skip + useful)
            result = fail(EXIT_SHORT, "short", "%s ended at %lld", path, start + count);
        else if (!use(context, (char *)piece + skip, useful))
            break;
        offset += (long long)useful;
        length -= (long long)useful;
    }
    free(piece);
    close_device(&device);
    return result;
}
