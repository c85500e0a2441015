/* device-write, device-clear, device-flush, device-drop-cache, device-discard. */
#include "commands.h"
#include "devices.h"
#include "durable.h"
#include "report.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { EDGE = 1024 * 1024, ALIGNMENT = 4096, WRITE_LIMIT = 512 * 1024 };

int device_write(int argc, char **argv)
{
    static char content[WRITE_LIMIT + 1];
    long long offset = parse_number(argv[2]);
    long length = read_all(STDIN_FILENO, content, WRITE_LIMIT);
    struct device device;
    int result;

    (void)argc;
    if (offset < 0 || (length < 0 && errno == EFBIG))
        return fail(EXIT_USAGE, "usage", "device-write DEVICE OFFSET < content: at most %d bytes", WRITE_LIMIT);
    if (length < 0)
        return fail_errno("content for %s", argv[1]);
    result = open_device(&device, argv[1], O_WRONLY);
    if (result != EXIT_DONE)
        return result;
    if (offset > device.size || length > device.size - offset)
        result = fail(EXIT_SHORT, "short", "%s has %lld bytes, to be written are %ld from %lld", argv[1], device.size,
                      length, offset);
    else if (write_at(&device, content, length, offset) < 0)
        result = fail_errno("%s", argv[1]);
    close_device(&device);
    return result;
}

static int zero_edge(const struct device *device, long long offset, long long length)
{
    static const char zeros[EDGE];

    for (; length > 0; offset += EDGE, length -= EDGE) {
        if (write_at(device, zeros, length < EDGE ? length : EDGE, offset) < 0)
            return -1;
    }
    return 0;
}

/* 0, or -1 with errno; EOPNOTSUPP when the device can't. */
static int discard(const struct device *device, long long offset, long long length)
{
    uint64_t range[2] = {(uint64_t)offset, (uint64_t)length};

    return length <= 0 ? 0 : ioctl(device->fd, BLKDISCARD, range);
}

static int zero_out(const struct device *device, long long offset, long long length)
{
    uint64_t range[2] = {(uint64_t)offset, (uint64_t)length};

    if (length <= 0)
        return 0;
    if (ioctl(device->fd, BLKZEROOUT, range) == 0)
        return 0;
    return zero_edge(device, offset, length);
}

/* A file that is cut to nothing and made as long again has nothing left to be read, on any file system. */
static int clear_file(const struct device *device)
{
    return ftruncate(device->fd, 0) < 0 || ftruncate(device->fd, device->size) < 0 ? -1 : 0;
}

/* The edges are written, not discarded: a save header sits at the front and a record may at the end, and no device's
 * word for what a discarded block reads as is good enough for those. */
static int clear_block_device(const struct device *device)
{
    long long edge = device->size < EDGE ? device->size : EDGE;
    long long middle = device->size - 2 * edge;

    if (discard(device, edge, middle) < 0 && zero_out(device, edge, middle) < 0)
        return -1;
    return zero_edge(device, 0, edge) < 0 || zero_edge(device, device->size - edge, edge) < 0 ? -1 : 0;
}

int device_clear(int argc, char **argv)
{
    struct device device;
    int result = open_device(&device, argv[1], O_RDWR);

    (void)argc;
    if (result != EXIT_DONE)
        return result;
    if ((device.block ? clear_block_device(&device) : clear_file(&device)) < 0)
        return fail_errno("%s", argv[1]);
    if (fchmod(device.fd, 0600) < 0 || fsync(device.fd) < 0)
        return fail_errno("%s", argv[1]);
    close_device(&device);
    return EXIT_DONE;
}

static int sync_once(const char *path)
{
    struct device device;
    int result = open_device(&device, path, O_RDWR);

    if (result != EXIT_DONE)
        return result;
    /* A writer may have made the file anew in place of the one that was there. */
    if (fsync(device.fd) < 0 || (!device.block && sync_folder_of(path) < 0))
        result = fail(EXIT_FLUSH_LOST, "flush-lost", "%s: writes were lost (error %d)", path, errno);
    close_device(&device);
    return result;
}

/* Twice: the kernel tells each write-back error to every descriptor that was open then, and once more to the first one
 * opened after it that asks. The second opening hears of what failed while the first one was being closed. */
int device_flush(int argc, char **argv)
{
    int result = sync_once(argv[1]);

    (void)argc;
    return result != EXIT_DONE ? result : sync_once(argv[1]);
}

int device_drop_cache(int argc, char **argv)
{
    struct device device;
    int result = open_device(&device, argv[1], O_RDONLY);

    (void)argc;
    if (result != EXIT_DONE)
        return result;
    if (device.block ? ioctl(device.fd, BLKFLSBUF, 0) < 0 : fsync(device.fd) < 0)
        result = fail_errno("%s", argv[1]);
    else if ((errno = posix_fadvise(device.fd, 0, 0, POSIX_FADV_DONTNEED)) != 0)
        result = fail_errno("%s", argv[1]);
    close_device(&device);
    return result;
}

static int discard_from(const struct device *device, long long offset)
{
    if (!device->block)
        return offset >= device->size ? 0 : ftruncate(device->fd, offset);
    offset = (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (discard(device, offset, (device->size - offset) / ALIGNMENT * ALIGNMENT) < 0)
        return errno == EOPNOTSUPP || errno == ENOTTY ? 0 : -1;
    return 0;
}

int device_discard(int argc, char **argv)
{
    long long offset = parse_number(argv[2]);
    struct device device;
    int result;

    (void)argc;
    if (offset < 0)
        return fail(EXIT_USAGE, "usage", "device-discard DEVICE OFFSET");
    result = open_device(&device, argv[1], O_RDWR);
    if (result != EXIT_DONE)
        return result;
    if (discard_from(&device, offset) < 0)
        result = fail_errno("%s", argv[1]);
    close_device(&device);
    return result;
}
