/* Reading an image of Ceph by its library, several pieces at a time: three times as fast as through the device that
 * qemu-storage-daemon makes of it, which reads one piece after the other. */
#ifndef BERTH_IMAGE_READING_H
#define BERTH_IMAGE_READING_H

#include "rbd_library.h"
#include "shown_image.h"

struct open_image {
    rbd_image *image;
    const char *name;
};

/* Opens what a device shows, for reading only; EXIT_SHORT when it has fewer bytes. An exit code after having printed why. */
int open_image(struct open_image *opened, const struct shown_image *shown, long long length);
void close_image(struct open_image *opened);

/* As read_pieces does from the image's beginning. */
int read_image_pieces(const struct open_image *opened, long long length, bool (*use)(void *, const void *, size_t),
                      void *context);

#endif
