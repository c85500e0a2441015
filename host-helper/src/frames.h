/* The frames that go through a front-end's connection.
 *
 *   u32 length of all that follows | u8 type | u32 id | payload          numbers are little-endian
 *
 * START   u8 flags; if CHANGING: u8+uuid, u64 epoch, u8+operation; u16 count of arguments, each u32+bytes; u32+stdin
 * SIGNAL  u8 signal: 1, 2, 9 or 15, to the command's process group
 * HELLO   text, one "key value" a line; id 0
 * STDOUT, STDERR  bytes as they come, at most FRAME_CHUNK
 * EXIT    u8 exit code, 128 + n for signal n
 * REFUSED text "code: text": it was not started
 * LOST    nothing: it was started, and how it ended (or whether) isn't known
 *
 * EXIT, REFUSED or LOST is the last frame of an id. */
#ifndef BERTH_FRAMES_H
#define BERTH_FRAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum frame_type {
    FRAME_START = 1,
    FRAME_SIGNAL = 2,
    FRAME_HELLO = 16,
    FRAME_STDOUT = 17,
    FRAME_STDERR = 18,
    FRAME_EXIT = 19,
    FRAME_REFUSED = 20,
    FRAME_LOST = 21,
};

enum { FRAME_HEAD = 9, FRAME_CHUNK = 32 * 1024, FRAME_LIMIT = 8 * 1024 * 1024, ARGUMENT_LIMIT = 1024 };

#define START_CHANGING 1

struct frame {
    enum frame_type type;
    uint32_t id;
    uint8_t *payload;
    size_t length;
};

/* What a START asks for. Strings point into the payload they were parsed from, or are owned where said. */
struct start {
    bool changing;
    char uuid[37];
    uint64_t epoch;
    char operation[33];
    int argc;
    char **argv; /* owned, ends with NULL */
    const uint8_t *input;
    size_t input_length;
};

/* Bytes that came and aren't used up yet. Zero it to begin. */
struct inbox {
    uint8_t *bytes;
    size_t used;
    size_t capacity;
    size_t taken;
};

enum inbox_answer { INBOX_FRAME, INBOX_MORE, INBOX_GARBAGE };

/* Reads once from fd; 0 at the end, -1 on an error, like read(2). */
long inbox_fill(struct inbox *inbox, int fd);
/* The next whole frame; its payload stays valid until the next inbox_fill. */
enum inbox_answer inbox_next(struct inbox *inbox, struct frame *frame);
/* False when the payload isn't exactly a START. free_start afterwards in both cases. */
bool parse_start(const struct frame *frame, struct start *start);
void free_start(struct start *start);
/* Writes the whole frame; false when the other side is gone. */
bool send_frame(int fd, enum frame_type type, uint32_t id, const void *payload, size_t length);

#endif
