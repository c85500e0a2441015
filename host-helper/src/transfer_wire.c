#include "transfer_wire.h"

#include "durable.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static bool make_room(struct wire *wire, size_t length)
{
    uint8_t *more;

    if (length <= wire->capacity)
        return true;
    more = realloc(wire->bytes, length + length / 2 + 64);
    if (more == NULL) {
        wire->bad = true;
        return false;
    }
    wire->bytes = more;
    wire->capacity = length + length / 2 + 64;
    return true;
}

void wire_begin(struct wire *wire, enum wire_type type)
{
    wire->type = type;
    wire->taken = 0;
    wire->bad = false;
    wire->length = 0;
    if (make_room(wire, WIRE_HEAD))
        wire->length = WIRE_HEAD;
}

void wire_add(struct wire *wire, const void *bytes, size_t length)
{
    if (!make_room(wire, wire->length + length))
        return;
    memcpy(wire->bytes + wire->length, bytes, length);
    wire->length += length;
}

static void put(uint8_t *at, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        at[i] = (uint8_t)(value >> 8 * i);
}

static uint64_t get(const uint8_t *at, int bytes)
{
    uint64_t value = 0;

    for (int i = 0; i < bytes; i++)
        value |= (uint64_t)at[i] << 8 * i;
    return value;
}

void wire_add_u32(struct wire *wire, uint32_t value)
{
    uint8_t bytes[4];

    put(bytes, value, 4);
    wire_add(wire, bytes, 4);
}

void wire_add_u64(struct wire *wire, uint64_t value)
{
    uint8_t bytes[8];

    put(bytes, value, 8);
    wire_add(wire, bytes, 8);
}

void wire_add_text(struct wire *wire, const char *text)
{
    wire_add_u32(wire, (uint32_t)strlen(text));
    wire_add(wire, text, strlen(text));
}

void wire_add_status(struct wire *wire, const struct stat *status)
{
    wire_add_u32(wire, status->st_mode & 07777);
    wire_add_u32(wire, status->st_uid);
    wire_add_u32(wire, status->st_gid);
    wire_add_u64(wire, (uint64_t)status->st_mtim.tv_sec);
    wire_add_u32(wire, (uint32_t)status->st_mtim.tv_nsec);
}

static uint64_t take(struct wire *wire, int bytes)
{
    uint64_t value;

    if (wire->bad || wire->length - wire->taken < (size_t)bytes) {
        wire->bad = true;
        return 0;
    }
    value = get(wire->bytes + wire->taken, bytes);
    wire->taken += bytes;
    return value;
}

uint32_t wire_u32(struct wire *wire)
{
    return (uint32_t)take(wire, 4);
}

uint64_t wire_u64(struct wire *wire)
{
    return take(wire, 8);
}

const char *wire_text(struct wire *wire, char *into, size_t room)
{
    size_t length = wire_u32(wire);

    if (wire->bad || wire->length - wire->taken < length || length >= room ||
        memchr(wire->bytes + wire->taken, '\0', length) != NULL) {
        wire->bad = true;
        into[0] = '\0';
        return NULL;
    }
    memcpy(into, wire->bytes + wire->taken, length);
    into[length] = '\0';
    wire->taken += length;
    return into;
}

void wire_status(struct wire *wire, struct stat *status)
{
    memset(status, 0, sizeof *status);
    status->st_mode = wire_u32(wire) & 07777;
    status->st_uid = wire_u32(wire);
    status->st_gid = wire_u32(wire);
    status->st_mtim.tv_sec = (time_t)wire_u64(wire);
    status->st_mtim.tv_nsec = wire_u32(wire);
}

const uint8_t *wire_rest(struct wire *wire, size_t *length)
{
    const uint8_t *rest = wire->bytes + wire->taken;

    *length = wire->length - wire->taken;
    wire->taken = wire->length;
    return rest;
}

int wire_send(int fd, const struct wire *wire)
{
    if (wire->bad) {
        errno = ENOMEM;
        return -1;
    }
    wire->bytes[0] = wire->type;
    put(wire->bytes + 1, wire->length - WIRE_HEAD, 4);
    return write_all(fd, wire->bytes, wire->length);
}

static int await(int fd, int milliseconds)
{
    struct pollfd watched = {fd, POLLIN, 0};
    int count;

    do
        count = poll(&watched, 1, milliseconds);
    while (count < 0 && errno == EINTR);
    return count;
}

static int read_exactly(int fd, uint8_t *bytes, size_t length)
{
    while (length > 0) {
        ssize_t count;

        if (await(fd, WIRE_SILENCE_SECONDS * 1000) == 0) {
            errno = ETIMEDOUT;
            return -1;
        }
        count = read(fd, bytes, length);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return -1;
        if (count == 0) {
            errno = EPIPE;
            return -1;
        }
        bytes += count;
        length -= count;
    }
    return 0;
}

int wire_receive(int fd, struct wire *wire)
{
    uint8_t head[WIRE_HEAD];
    size_t length;

    if (read_exactly(fd, head, sizeof head) < 0)
        return -1;
    length = get(head + 1, 4);
    wire_begin(wire, head[0]);
    wire->length = 0;
    if (length > WIRE_LIMIT || !make_room(wire, length)) {
        errno = EPROTO;
        return -1;
    }
    wire->length = length;
    return read_exactly(fd, wire->bytes, length);
}

bool wire_waiting(int fd)
{
    return await(fd, 0) > 0;
}

void wire_free(struct wire *wire)
{
    free(wire->bytes);
    memset(wire, 0, sizeof *wire);
}

double wire_now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}
