/* device-copy: what is at the beginning of one device goes to the beginning of another. The head goes last, when all
 * behind it is durable: a copy that was cut can't be taken for an image, whatever the device held before. */
#include "commands.h"
#include "devices.h"
#include "report.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { HEAD = 4096, BLOCK = 4096 };

struct copy {
    struct device target;
    long long offset; /* of what comes next */
    time_t told;
    char *block; /* aligned, for what doesn't fill one */
    int error;
};

/* As many bytes of the block as the device has: its size is a multiple of what it writes at once. */
static int put_block(struct copy *copy, const void *bytes, size_t length)
{
    long long left = copy->target.size - copy->offset;

    memset(copy->block, 0, BLOCK);
    memcpy(copy->block, bytes, length);
    return write_at(&copy->target, copy->block, copy->target.block && left < BLOCK ? left : BLOCK, copy->offset);
}

/* Once a second: whoever waits takes silence for a stall. */
static void tell(struct copy *copy)
{
    time_t now = time(NULL);

    if (now == copy->told)
        return;
    copy->told = now;
    printf("copied %lld\n", copy->offset);
    fflush(stdout);
}

static bool put(void *context, const void *bytes, size_t length)
{
    struct copy *copy = context;
    size_t whole = length / BLOCK * BLOCK;

    if (write_at(&copy->target, bytes, (long long)whole, copy->offset) < 0) {
        copy->error = errno;
        return false;
    }
    copy->offset += (long long)whole;
    if (whole < length && put_block(copy, (const char *)bytes + whole, length - whole) < 0) {
        copy->error = errno;
        return false;
    }
    copy->offset += (long long)(length - whole);
    tell(copy);
    return true;
}

static int copy_part(struct copy *copy, const char *from, long long offset, long long length)
{
    int result;

    copy->offset = offset;
    result = read_pieces(from, offset, length, put, copy);
    if (result == EXIT_DONE && copy->error != 0) {
        errno = copy->error;
        result = fail_errno("%s", copy->target.path);
    }
    return result;
}

/* Of an earlier try, too. */
static int take_head_away(struct copy *copy)
{
    copy->offset = 0;
    return put_block(copy, "", 0) < 0 || fsync(copy->target.fd) < 0 ? fail_errno("%s", copy->target.path) : EXIT_DONE;
}

static int copy_all(struct copy *copy, const char *from, long long length)
{
    int result = take_head_away(copy);

    if (result == EXIT_DONE && length > HEAD)
        result = copy_part(copy, from, HEAD, length - HEAD);
    if (result == EXIT_DONE && fsync(copy->target.fd) < 0)
        result = fail_errno("%s", copy->target.path);
    return result != EXIT_DONE ? result : copy_part(copy, from, 0, length < HEAD ? length : HEAD);
}

/* Nothing is touched unless both have that much. */
static int look_at_source(const char *from, long long length)
{
    struct device source;
    int result = open_device(&source, from, O_RDONLY);

    if (result != EXIT_DONE)
        return result;
    if (length > source.size)
        result = fail(EXIT_SHORT, "short", "%s has %lld bytes, wanted are %lld", from, source.size, length);
    close_device(&source);
    return result;
}

int device_copy(int argc, char **argv)
{
    struct copy copy = {.told = time(NULL)};
    long long length = parse_number(argv[3]);
    void *block = NULL;
    int result;

    (void)argc;
    if (length < 0 || posix_memalign(&block, BLOCK, BLOCK) != 0)
        return fail(EXIT_USAGE, "usage", "device-copy FROM TO LENGTH");
    copy.block = block;
    result = look_at_source(argv[1], length);
    if (result == EXIT_DONE)
        result = open_past_cache(&copy.target, argv[2], O_WRONLY);
    if (result != EXIT_DONE)
        return result;
    if (length > copy.target.size)
        result = fail(EXIT_SHORT, "short", "%s has %lld bytes, to be copied are %lld", argv[2], copy.target.size,
                      length);
    else
        result = copy_all(&copy, argv[1], length);
    close_device(&copy.target);
    free(block);
    return result;
}
