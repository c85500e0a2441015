#include "rbd_library.h"

static const char library_name[] = "librbd.so.1";

struct rbd_library images;

#define BIND(name) ceph_bind(library, library_name, #name, &images.name)

bool rbd_load(void)
{
    void *library = ceph_library(library_name);

    return library != NULL && BIND(rbd_open_read_only) && BIND(rbd_get_size) && BIND(rbd_aio_create_completion) &&
           BIND(rbd_aio_read) && BIND(rbd_aio_wait_for_complete) && BIND(rbd_aio_get_return_value) &&
           BIND(rbd_aio_release);
}

#undef BIND
