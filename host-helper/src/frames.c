#include "frames.h"

#include "names.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

/* A reader over bytes that nobody vouches for: once something doesn't fit it stays broken. */
struct cursor {
    const uint8_t *at;
    size_t left;
    bool broken;
};

static uint64_t take_number(struct cursor *cursor, size_t bytes)
{
    uint64_t number = 0;

    if (cursor->broken || cursor->left < bytes) {
        cursor->broken = true;
        return 0;
    }
    for (size_t i = 0; i < bytes; i++)
        number |= (uint64_t)cursor->at[i] << (8 * i);
    cursor->at += bytes;
    cursor->left -= bytes;
    return number;
}

static const uint8_t *take_bytes(struct cursor *cursor, size_t bytes)
{
    const uint8_t *taken = cursor->at;

    if (cursor->broken || cursor->left < bytes) {
        cursor->broken = true;
        return NULL;
    }
    cursor->at += bytes;
    cursor->left -= bytes;
    return taken;
}

/* A text without zero bytes that fits into size with its end. */
static void take_name(struct cursor *cursor, char *name, size_t size)
{
    size_t length = take_number(cursor, 1);
    const uint8_t *bytes = take_bytes(cursor, length);

    if (bytes == NULL || length >= size || memchr(bytes, 0, length) != NULL) {
        cursor->broken = true;
        return;
    }
    memcpy(name, bytes, length);
    name[length] = '\0';
}

static char *take_argument(struct cursor *cursor)
{
    size_t length = take_number(cursor, 4);
    const uint8_t *bytes = take_bytes(cursor, length);
    char *argument;

    if (bytes == NULL || memchr(bytes, 0, length) != NULL) {
        cursor->broken = true;
        return NULL;
    }
    argument = malloc(length + 1);
    if (argument == NULL)
        abort();
    memcpy(argument, bytes, length);
    argument[length] = '\0';
    return argument;
}

bool parse_start(const struct frame *frame, struct start *start)
{
    struct cursor cursor = {frame->payload, frame->length, false};
    uint64_t flags;
    size_t count;

    memset(start, 0, sizeof *start);
    flags = take_number(&cursor, 1);
    if (flags & ~(uint64_t)START_CHANGING)
        return false;
    start->changing = flags & START_CHANGING;
    if (start->changing) {
        take_name(&cursor, start->uuid, sizeof start->uuid);
        start->epoch = take_number(&cursor, 8);
        take_name(&cursor, start->operation, sizeof start->operation);
        if (cursor.broken || !valid_uuid(start->uuid) || !valid_operation(start->operation) || start->epoch < 1 ||
            start->epoch > INT64_MAX)
            return false;
    }
    count = take_number(&cursor, 2);
    if (cursor.broken || count < 1 || count > ARGUMENT_LIMIT)
        return false;
    start->argv = calloc(count + 1, sizeof *start->argv);
    if (start->argv == NULL)
        abort();
    for (size_t i = 0; i < count && !cursor.broken; i++) {
        start->argv[i] = take_argument(&cursor);
        start->argc++;
    }
    start->input_length = take_number(&cursor, 4);
    start->input = take_bytes(&cursor, start->input_length);
    return !cursor.broken && cursor.left == 0 && start->argv[0][0] != '\0';
}

void free_start(struct start *start)
{
    for (int i = 0; start->argv != NULL && i < start->argc; i++)
        free(start->argv[i]);
    free(start->argv);
    start->argv = NULL;
}

long inbox_fill(struct inbox *inbox, int fd)
{
    long count;

    if (inbox->taken > 0) {
        memmove(inbox->bytes, inbox->bytes + inbox->taken, inbox->used - inbox->taken);
        inbox->used -= inbox->taken;
        inbox->taken = 0;
    }
    if (inbox->capacity - inbox->used < FRAME_CHUNK) {
        /* Bounded: inbox_next refuses a frame above FRAME_LIMIT before more of it is read. */
        inbox->capacity = inbox->capacity * 2 + 2 * FRAME_CHUNK;
        inbox->bytes = realloc(inbox->bytes, inbox->capacity);
        if (inbox->bytes == NULL)
            abort();
    }
    do
        count = read(fd, inbox->bytes + inbox->used, inbox->capacity - inbox->used);
    while (count < 0 && errno == EINTR);
    if (count > 0)
        inbox->used += count;
    return count;
}

enum inbox_answer inbox_next(struct inbox *inbox, struct frame *frame)
{
    struct cursor cursor = {inbox->bytes + inbox->taken, inbox->used - inbox->taken, false};
    uint64_t length;

    if (cursor.left < 4)
        return INBOX_MORE;
    length = take_number(&cursor, 4);
    if (length < FRAME_HEAD - 4 || length > FRAME_LIMIT)
        return INBOX_GARBAGE;
    if (cursor.left < length)
        return INBOX_MORE;
    frame->type = take_number(&cursor, 1);
    frame->id = take_number(&cursor, 4);
    frame->payload = (uint8_t *)cursor.at;
    frame->length = length - 5;
    inbox->taken += 4 + length;
    return INBOX_FRAME;
}

bool send_frame(int fd, enum frame_type type, uint32_t id, const void *payload, size_t length)
{
    uint32_t rest = 5 + length;
    uint8_t head[FRAME_HEAD] = {rest, rest >> 8, rest >> 16, rest >> 24, type, id, id >> 8, id >> 16, id >> 24};
    struct iovec parts[2] = {{head, sizeof head}, {(void *)payload, length}};
    int part = 0;

    while (part < 2) {
        ssize_t count = writev(fd, parts + part, 2 - part);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return false;
        while (part < 2 && (size_t)count >= parts[part].iov_len)
            count -= parts[part++].iov_len;
        if (part < 2) {
            parts[part].iov_base = (uint8_t *)parts[part].iov_base + count;
            parts[part].iov_len -= count;
        }
    }
    return true;
}
