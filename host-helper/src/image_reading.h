/* Reading an image of Ceph by its library, many pieces at a time: three times as fast as through the device that
 * qemu-storage-daemon makes of it, which reads one piece after the other. */
#ifndef BERTH_IMAGE_READING_H
#define BERTH_IMAGE_READING_H

#include "rbd_library.h"
#include "shown_image.h"

/* 128 MiB are read ahead, and given back as they are used: while QEMU starts nobody reads, and the guest has no memory
 * yet. */
enum { PIECE_BYTES = 4 * 1024 * 1024, PIECES_AHEAD = 32 };

struct piece {
    char *bytes;
    size_t length;
    rbd_completion *completion;
};

struct open_image {
    rbd_image *image;
    const char *name;
    long long length, asked; /* asked for, from the beginning */
    struct piece pieces[PIECES_AHEAD]; /* asked for and not used yet */
    int oldest, waiting;
};

/* Opens what a device shows, for reading only, and begins to read its first length bytes: whoever uses them may still have
 * to start. EXIT_SHORT when it has fewer. An exit code after having printed why. It ends with the process, as the connection
 * does, and leaves no watcher. */
int open_image(struct open_image *opened, const struct shown_image *shown, long long length);

/* Calls use with piece after piece from the beginning, each time it is called, until it answers that it wants no more. 0 or
 * an exit code. */
int read_image(struct open_image *opened, bool (*use)(void *, const void *, size_t), void *context);

#endif
