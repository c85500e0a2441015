#include "rados_library.h"

#include "report.h"

#include <dlfcn.h>
#include <string.h>

static const char library_name[] = "librados.so.2";

struct rados_library ceph;

void *ceph_library(const char *name)
{
    void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);

    if (library == NULL)
        fail(EXIT_OTHER, "no-ceph", "%s", dlerror());
    return library;
}

bool ceph_bind(void *library, const char *origin, const char *name, void *function)
{
    void *symbol = dlsym(library, name);

    if (symbol == NULL) {
        fail(EXIT_OTHER, "no-ceph", "%s on this host lacks %s: Ceph 12 or newer is needed", origin, name);
        return false;
    }
    memcpy(function, &symbol, sizeof symbol);
    return true;
}

#define BIND(name) ceph_bind(library, library_name, #name, &ceph.name)

bool rados_load(void)
{
    void *library = ceph_library(library_name);

    return library != NULL && BIND(rados_create) && BIND(rados_conf_read_file) && BIND(rados_conf_set) &&
           BIND(rados_connect) && BIND(rados_mon_command) && BIND(rados_ioctx_create) &&
           BIND(rados_ioctx_set_namespace) && BIND(rados_create_write_op) && BIND(rados_release_write_op) &&
           BIND(rados_write_op_create) && BIND(rados_write_op_omap_cmp) && BIND(rados_write_op_omap_set) &&
           BIND(rados_write_op_omap_rm_keys) && BIND(rados_write_op_operate) && BIND(rados_create_read_op) &&
           BIND(rados_release_read_op) && BIND(rados_read_op_exec) && BIND(rados_read_op_omap_get_vals2) &&
           BIND(rados_read_op_operate) && BIND(rados_aio_read_op_operate) && BIND(rados_aio_create_completion) &&
           BIND(rados_aio_wait_for_complete) && BIND(rados_aio_get_return_value) && BIND(rados_aio_release) &&
           BIND(rados_omap_get_next) && BIND(rados_omap_get_end) && BIND(rados_buffer_free);
}

#undef BIND

void rados_map_early(void)
{
    dlopen(library_name, RTLD_NOW | RTLD_LOCAL);
}
