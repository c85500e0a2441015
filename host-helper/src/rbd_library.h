/* The library for Ceph's images, loaded when an image is read: see rados_library.h. Names are those of librbd.h. */
#ifndef BERTH_RBD_LIBRARY_H
#define BERTH_RBD_LIBRARY_H

#include "rados_library.h"

#include <sys/types.h>

typedef void rbd_image;
typedef void rbd_completion;

struct rbd_library {
    int (*rbd_open_read_only)(rados_pool *pool, const char *name, rbd_image **image, const char *snapshot);
    int (*rbd_get_size)(rbd_image *image, uint64_t *size);
    int (*rbd_aio_create_completion)(void *opaque, void (*complete)(rbd_completion *, void *), rbd_completion **made);
    int (*rbd_aio_read)(rbd_image *image, uint64_t offset, size_t length, char *bytes, rbd_completion *completion);
    int (*rbd_aio_wait_for_complete)(rbd_completion *completion);
    ssize_t (*rbd_aio_get_return_value)(rbd_completion *completion);
    void (*rbd_aio_release)(rbd_completion *completion);
};

extern struct rbd_library images;

/* Binds the calls; prints why when it can't. */
bool rbd_load(void);

#endif
