/* The device (or file) that an image is written to, past the page cache where the system lets us. */
#ifndef BERTH_IMAGE_TARGET_H
#define BERTH_IMAGE_TARGET_H

#include "stream_failure.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Of buffers, and of the header: the most that any device's O_DIRECT asks for. */
enum { IMAGE_ALIGNMENT = 4096 };

#define IMAGE_MAGIC_PARTIAL "LibvirtQemudPart"
#define IMAGE_MAGIC_COMPLETE "LibvirtQemudSave"
enum { IMAGE_MAGIC_LENGTH = 16 };

struct image_target {
    const char *path;
    int file;
    atomic_bool direct;
    size_t block;  /* what lengths must be multiples of */
    uint64_t size; /* bytes that fit, UINT64_MAX for a file that can grow */
};

/*
 * Opens the target for this process alone. Fails when it is neither block device nor regular file, is claimed by
 * someone else or holds a complete image: that is to be cleared by whoever knows that it isn't wanted.
 */
bool image_target_open(struct image_target *target, const char *path, bool direct, struct stream_failure *failure);

/* Writes all of it; data aligned to IMAGE_ALIGNMENT, offset and length multiples of the block. From any thread. */
bool image_target_write(struct image_target *target, const void *data, size_t length, uint64_t offset,
        struct stream_failure *failure);

bool image_target_flush(struct image_target *target, struct stream_failure *failure);

void image_target_close(struct image_target *target);

/* Memory for image_target_write; NULL when there is none. Never freed: it lives as long as the process. */
void *image_memory(size_t length);

#endif
