/* Sparse files that serve as volumes. */
#include "commands.h"
#include "durable.h"
#include "report.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

static int set_length(int fd, const char *path, long long bytes)
{
    if (ftruncate(fd, bytes) < 0 || fsync(fd) < 0)
        return fail_errno("%s", path);
    if (sync_folder_of(path) < 0)
        return fail_errno("folder of %s", path);
    return EXIT_DONE;
}

/* A volume that was left half made by a power failure, empty or short, isn't mistaken for a whole one: it answers
 * too-small. */
static int look_at_existing(const char *path, long long bytes)
{
    struct stat status;

    if (lstat(path, &status) < 0)
        return fail_errno("%s", path);
    if (!S_ISREG(status.st_mode))
        return fail(EXIT_OCCUPIED, "exists", "%s is there and is no regular file", path);
    if (status.st_size < bytes)
        return fail(EXIT_OCCUPIED, "too-small", "%s is there with %lld of %lld bytes", path, (long long)status.st_size,
                    bytes);
    return EXIT_DONE;
}

int volumes_make(int argc, char **argv)
{
    long long bytes = parse_number(argv[2]);
    int fd, result;

    (void)argc;
    if (bytes < 0)
        return fail(EXIT_USAGE, "usage", "make-volume PATH BYTES");
    fd = open(argv[1], O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return errno == EEXIST ? look_at_existing(argv[1], bytes) : fail_errno("%s", argv[1]);
    result = set_length(fd, argv[1], bytes);
    if (result != EXIT_DONE)
        unlink(argv[1]);
    close(fd);
    return result;
}

int volumes_grow(int argc, char **argv)
{
    long long bytes = parse_number(argv[2]);
    struct stat status;
    int fd, result = EXIT_DONE;

    (void)argc;
    if (bytes < 0)
        return fail(EXIT_USAGE, "usage", "grow-volume PATH BYTES");
    fd = open(argv[1], O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0 || fstat(fd, &status) < 0)
        return fail_errno("%s", argv[1]);
    if (!S_ISREG(status.st_mode))
        result = fail(EXIT_OCCUPIED, "exists", "%s is no regular file", argv[1]);
    else if (status.st_size < bytes)
        result = set_length(fd, argv[1], bytes);
    close(fd);
    return result;
}

int volumes_room(int argc, char **argv)
{
    struct statvfs status;

    (void)argc;
    if (statvfs(argv[1], &status) < 0)
        return fail_errno("%s", argv[1]);
    printf("%llu %llu\n", (unsigned long long)status.f_blocks * status.f_frsize,
           (unsigned long long)status.f_bavail * status.f_frsize);
    return EXIT_DONE;
}
