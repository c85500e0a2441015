/* Ceph's client library, loaded when a command needs it: so the helper serves hosts that have none, and builds without
 * Ceph's headers. Names and numbers are those of librados.h, the same since Luminous. */
#ifndef BERTH_RADOS_LIBRARY_H
#define BERTH_RADOS_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

typedef void rados;
typedef void rados_pool;
typedef void rados_write;
typedef void rados_read;
typedef void rados_completion;
typedef void rados_entries;

enum {
    RADOS_CREATE_IDEMPOTENT = 0,
    RADOS_CREATE_EXCLUSIVE = 1,
    RADOS_COMPARE_EQUAL = 1,
    /* A read waits behind the writes to its object that came before it. */
    RADOS_ORDERED = 4,
    /* A full pool answers instead of letting the call wait; what takes no room is done. */
    RADOS_FULL_TRY = 64,
};

struct rados_library {
    int (*rados_create)(rados **cluster, const char *id);
    int (*rados_conf_read_file)(rados *cluster, const char *path);
    int (*rados_conf_set)(rados *cluster, const char *option, const char *value);
    int (*rados_connect)(rados *cluster);
    int (*rados_mon_command)(rados *cluster, const char **command, size_t count, const char *input, size_t input_length,
                             char **output, size_t *output_length, char **status, size_t *status_length);
    int (*rados_ioctx_create)(rados *cluster, const char *pool, rados_pool **made);
    void (*rados_ioctx_set_namespace)(rados_pool *pool, const char *name);
    rados_write *(*rados_create_write_op)(void);
    void (*rados_release_write_op)(rados_write *write);
    void (*rados_write_op_create)(rados_write *write, int exclusive, const char *category);
    void (*rados_write_op_omap_cmp)(rados_write *write, const char *key, uint8_t how, const char *value, size_t length,
                                    int *result);
    void (*rados_write_op_omap_set)(rados_write *write, const char *const *keys, const char *const *values,
                                    const size_t *lengths, size_t count);
    void (*rados_write_op_omap_rm_keys)(rados_write *write, const char *const *keys, size_t count);
    int (*rados_write_op_operate)(rados_write *write, rados_pool *pool, const char *object, time_t *when, int flags);
    rados_read *(*rados_create_read_op)(void);
    void (*rados_release_read_op)(rados_read *read);
    void (*rados_read_op_exec)(rados_read *read, const char *class, const char *method, const char *input,
                               size_t input_length, char **output, size_t *output_length, int *result);
    void (*rados_read_op_omap_get_vals2)(rados_read *read, const char *after, const char *prefix, uint64_t most,
                                         rados_entries **entries, unsigned char *more, int *result);
    int (*rados_read_op_operate)(rados_read *read, rados_pool *pool, const char *object, int flags);
    int (*rados_aio_read_op_operate)(rados_read *read, rados_pool *pool, rados_completion *completion,
                                     const char *object, int flags);
    int (*rados_aio_create_completion)(void *opaque, void (*complete)(rados_completion *, void *),
                                       void (*safe)(rados_completion *, void *), rados_completion **made);
    int (*rados_aio_wait_for_complete)(rados_completion *completion);
    int (*rados_aio_get_return_value)(rados_completion *completion);
    void (*rados_aio_release)(rados_completion *completion);
    int (*rados_omap_get_next)(rados_entries *entries, char **key, char **value, size_t *length);
    void (*rados_omap_get_end)(rados_entries *entries);
    void (*rados_buffer_free)(char *buffer);
};

extern struct rados_library ceph;

/* Binds the calls; prints why when it can't. */
bool rados_load(void);

/* One of Ceph's libraries; NULL after having printed why. */
void *ceph_library(const char *name);
/* Binds one call of a library of Ceph's; prints why when it can't. */
bool ceph_bind(void *library, const char *origin, const char *name, void *function);

/* Maps the library, so that commands begun later as copies of this process needn't: half of what a short one takes. It
 * may be missing. */
void rados_map_early(void);

#endif
