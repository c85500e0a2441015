/* Which image a device shows: a loop device over a file that qemu-storage-daemon makes of an image of Ceph. Told by the
 * daemon's own command line and environment, so that it can't be out of date. */
#ifndef BERTH_SHOWN_IMAGE_H
#define BERTH_SHOWN_IMAGE_H

#include "durable.h"
#include "rados_connection.h"

#include <stdbool.h>

struct shown_image {
    struct rados_options options; /* point into the rest */
    char conf[PATH_LIMIT], id[256], pool[256], name_space[256], keyring[PATH_LIMIT], keyfile[PATH_LIMIT], image[256];
};

/* False when it shows none, or that can't be seen. */
bool find_shown_image(const char *device, struct shown_image *image);

#endif
