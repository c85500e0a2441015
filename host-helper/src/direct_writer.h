/*
 * Moves a stream from a pipe onto the target: one thread reads into a few large buffers, others write them, so that
 * the sender never waits for the device while a buffer is free. The header goes first and is durable, marked as
 * partial, before anything follows it: a crash can't leave old and new content that look like one image.
 */
#ifndef BERTH_DIRECT_WRITER_H
#define BERTH_DIRECT_WRITER_H

#include "dd_sink.h"
#include "image_target.h"
#include "stream_failure.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct direct_writer;

struct direct_writer_task {
    int source;                  /* read end of the pipe; stays the caller's */
    struct image_target *target;
    struct dd_sink *dd;          /* writes what follows the header, or NULL */
    const void *header;          /* image memory, a multiple of IMAGE_ALIGNMENT */
    size_t header_length;
    uint64_t limit;              /* longest image, header included */
    int wake;                    /* eventfd that is raised when all is written or something failed */
};

enum direct_writer_state { DIRECT_WRITER_BUSY, DIRECT_WRITER_WRITTEN, DIRECT_WRITER_FAILED };

/* NULL when memory or threads are short. */
struct direct_writer *direct_writer_start(const struct direct_writer_task *task, struct stream_failure *failure);

enum direct_writer_state direct_writer_state(struct direct_writer *writer);

/* Hands over why it failed. */
void direct_writer_failure(struct direct_writer *writer, struct stream_failure *failure);

/* Bytes of the image received so far, header included; exact once written. */
uint64_t direct_writer_received(struct direct_writer *writer);

/* From now on the stream is read and thrown away, so that its sender is never stuck in a full pipe. */
void direct_writer_discard(struct direct_writer *writer);

/* Waits for the stream's end and for the writes under way; false when one failed. */
bool direct_writer_join(struct direct_writer *writer, struct stream_failure *failure);

#endif
