/* What goes over the wire when a directory moves from host to host: between directory-send on one and directory-receive
 * on the other, which ssh connects.
 *
 *   u8 type | u32 length of the payload | payload            numbers little-endian; a text is u32 length and its bytes
 *
 *   sender                                   receiver
 *   HELLO what, whose, how much        ->
 *                                      <-    HAVE (a file that an earlier attempt left, checksums of its chunks) ...
 *                                      <-    READY
 *   FOLDER .. UP, FILE .. FILE_END     ->
 *   PIECE, ZEROES of the file          ->
 *   LINK, SAME                         ->
 *   DONE count                         ->    everything made durable, then
 *                                      <-    DURABLE
 *
 * The receiver says TICK now and then, the sender KEEP where it has long nothing to say. FAIL ends it, from either. */
#ifndef BERTH_TRANSFER_WIRE_H
#define BERTH_TRANSFER_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

enum wire_type {
    WIRE_HELLO = 1,
    WIRE_HAVE,
    WIRE_READY,
    WIRE_FOLDER,
    WIRE_UP,
    WIRE_FILE,
    WIRE_PIECE,
    WIRE_ZEROES,
    WIRE_FILE_END,
    WIRE_LINK,
    WIRE_SAME,
    WIRE_DONE,
    WIRE_DURABLE,
    WIRE_TICK,
    WIRE_KEEP,
    WIRE_FAIL,
};

enum {
    WIRE_VERSION = 1,
    WIRE_HEAD = 5,
    WIRE_PIECE_BYTES = 1024 * 1024,
    /* What is compared of a file that is there in part. */
    WIRE_CHUNK_BYTES = 4 * 1024 * 1024,
    /* Checksums of a file of 4 TiB, and its path. */
    WIRE_LIMIT = 8 * 1024 * 1024 + 65536,
    /* Either side gives up when it has heard nothing for so long. */
    WIRE_SILENCE_SECONDS = 60,
};

/* A payload that is being made, or taken apart. Zero it to begin; reading beyond its end makes it bad for good. */
struct wire {
    enum wire_type type;
    uint8_t *bytes;
    size_t length, capacity, taken;
    bool bad;
};

void wire_begin(struct wire *wire, enum wire_type type);
void wire_add(struct wire *wire, const void *bytes, size_t length);
void wire_add_u32(struct wire *wire, uint32_t value);
void wire_add_u64(struct wire *wire, uint64_t value);
void wire_add_text(struct wire *wire, const char *text);
/* Mode, owner and time of last change. */
void wire_add_status(struct wire *wire, const struct stat *status);

uint32_t wire_u32(struct wire *wire);
uint64_t wire_u64(struct wire *wire);
/* NULL when it is bad, has a zero byte in it or doesn't fit; valid until the next message. */
const char *wire_text(struct wire *wire, char *into, size_t room);
void wire_status(struct wire *wire, struct stat *status);
/* What is left of the payload. */
const uint8_t *wire_rest(struct wire *wire, size_t *length);

/* 0, or -1 with errno. */
int wire_send(int fd, const struct wire *wire);
/* Waits for a message, at most WIRE_SILENCE_SECONDS. 0, or -1 with errno: EPIPE at the end, ETIMEDOUT, EPROTO. */
int wire_receive(int fd, struct wire *wire);
/* Whether anything can be received at once. */
bool wire_waiting(int fd);
void wire_free(struct wire *wire);

/* Seconds on a clock that never goes back. */
double wire_now(void);

#endif
