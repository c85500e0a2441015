#include "rados_connection.h"

#include "report.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static bool take(const char *argument, const char *name, const char **value)
{
    size_t length = strlen(name);

    if (strncmp(argument, name, length) != 0)
        return false;
    *value = argument + length;
    return true;
}

static bool read_options(struct rados_options *options, int *count, char ***arguments)
{
    while (*count > 0 && strncmp(**arguments, "--", 2) == 0) {
        const char *argument = **arguments;

        if (!take(argument, "--conf=", &options->conf) && !take(argument, "--id=", &options->id) &&
            !take(argument, "--pool=", &options->pool) && !take(argument, "--namespace=", &options->name_space) &&
            !take(argument, "--keyring=", &options->keyring) && !take(argument, "--keyfile=", &options->keyfile))
            return false;
        (*count)--;
        (*arguments)++;
    }
    return options->conf != NULL && options->id != NULL && options->pool != NULL;
}

/* Without limits a call to a monitor or disk that doesn't answer waits for minutes, or for ever. */
static int set_limits(rados *cluster, int call_seconds)
{
    char connect[16], call[16];
    int result;

    snprintf(connect, sizeof connect, "%d", CONNECT_SECONDS);
    snprintf(call, sizeof call, "%d", call_seconds > 0 ? call_seconds : CALL_SECONDS);
    result = ceph.rados_conf_set(cluster, "client_mount_timeout", connect);
    if (result == 0)
        result = ceph.rados_conf_set(cluster, "rados_mon_op_timeout", call);
    if (result == 0)
        result = ceph.rados_conf_set(cluster, "rados_osd_op_timeout", call);
    return result;
}

static int set_key(rados *cluster, const struct rados_options *options)
{
    if (options->keyring != NULL)
        return ceph.rados_conf_set(cluster, "keyring", options->keyring);
    if (options->keyfile != NULL)
        return ceph.rados_conf_set(cluster, "keyfile", options->keyfile);
    return 0;
}

static int connect_cluster(rados *cluster, const struct rados_options *options)
{
    int result = ceph.rados_conf_read_file(cluster, options->conf);

    if (result < 0)
        return fail(EXIT_ABSENT, "no-conf", "%s: %s", options->conf, strerror(-result));
    if (set_limits(cluster, options->call_seconds) < 0 || set_key(cluster, options) < 0)
        return fail(EXIT_OTHER, "error", "Ceph's library doesn't take its settings");
    result = ceph.rados_connect(cluster);
    switch (-result) {
    case 0:
        return EXIT_DONE;
    case EACCES:
    case EPERM:
    case ENOENT: /* no such keyring */
    case EOPNOTSUPP: /* none of the ways to prove who one is */
        return fail(EXIT_DENIED, "denied", "Ceph doesn't let user %s in: %s", options->id, strerror(-result));
    case ETIMEDOUT:
        return fail(EXIT_OTHER, "unreachable", "no monitor of %s answers within %d s", options->conf, CONNECT_SECONDS);
    default:
        return fail(EXIT_OTHER, "unreachable", "the monitors of %s: %s", options->conf, strerror(-result));
    }
}

static int open_pool(struct rados_connection *connection, const struct rados_options *options)
{
    int result = ceph.rados_ioctx_create(connection->cluster, options->pool, &connection->pool);

    if (result == -ENOENT)
        return fail(EXIT_ABSENT, "no-pool", "there is no pool %s", options->pool);
    if (result < 0)
        return rados_fail(result, "pool");
    if (options->name_space != NULL)
        ceph.rados_ioctx_set_namespace(connection->pool, options->name_space);
    return EXIT_DONE;
}

int rados_open(struct rados_connection *connection, int *count, char ***arguments)
{
    struct rados_options options = {0};

    if (!read_options(&options, count, arguments))
        return fail(EXIT_USAGE, "usage", "%s", RADOS_OPTIONS);
    return rados_open_with(connection, &options);
}

int rados_open_with(struct rados_connection *connection, const struct rados_options *options)
{
    int status, result;

    connection->cluster = connection->pool = NULL;
    if (!rados_load())
        return EXIT_OTHER;
    result = ceph.rados_create(&connection->cluster, options->id);
    if (result < 0)
        return rados_fail(result, "Ceph's library");
    status = connect_cluster(connection->cluster, options);
    return status == EXIT_DONE ? open_pool(connection, options) : status;
}

int rados_fail(int result, const char *what)
{
    if (result == -ETIMEDOUT)
        return fail(EXIT_OTHER, "timeout", "%s: no answer from the cluster", what);
    errno = -result;
    return fail_errno("%s", what);
}
