/* "ceph-block" makes the cluster's disks refuse one client of it for a while: whatever it has sent and they haven't done
 * yet, and all it will send. A client is an address with the number that tells it from the others there. */
#include "commands.h"
#include "rados_connection.h"
#include "report.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Without a number, or with 0, it would be every client at that address. */
static bool is_one_client(const char *text)
{
    const char *number = strrchr(text, '/');

    return number != NULL && strspn(text, "0123456789abcdefABCDEF.:[]/") == strlen(text) &&
           strchr(text, '/') == number && strspn(number + 1, "0123456789") == strlen(number + 1) &&
           strtoull(number + 1, NULL, 10) > 0;
}

/* Before Ceph 16 the command had the other name. */
static int block(rados *cluster, const char *name, const char *client, unsigned long seconds)
{
    char text[512], *output = NULL, *message = NULL;
    const char *command[] = {text};
    size_t length = 0, message_length = 0;
    int result;

    snprintf(text, sizeof text, "{\"prefix\": \"osd %s\", \"%sop\": \"add\", \"addr\": \"%s\", \"expire\": %lu.0}", name,
             name, client, seconds);
    result = ceph.rados_mon_command(cluster, command, 1, "", 0, &output, &length, &message, &message_length);
    if (output != NULL)
        ceph.rados_buffer_free(output);
    if (message != NULL)
        ceph.rados_buffer_free(message);
    return result;
}

int ceph_block(int argc, char **argv)
{
    struct rados_connection connection;
    unsigned long seconds;
    int status, result;

    argc--;
    argv++;
    status = rados_open(&connection, &argc, &argv);
    if (status != EXIT_DONE)
        return status;
    seconds = argc == 2 ? strtoul(argv[1], NULL, 10) : 0;
    if (argc != 2 || strlen(argv[0]) > 128 || !is_one_client(argv[0]) || seconds == 0) {
        status = fail(EXIT_USAGE, "usage", "%s ADDRESS:PORT/NUMBER SECONDS", RADOS_OPTIONS);
    } else {
        result = block(connection.cluster, "blocklist", argv[0], seconds);
        if (result == -EINVAL)
            result = block(connection.cluster, "blacklist", argv[0], seconds);
        if (result == -EACCES || result == -EPERM)
            status = fail(EXIT_DENIED, "denied", "Ceph doesn't let the user refuse a client");
        else
            status = result < 0 ? rados_fail(result, "blocklist") : EXIT_DONE;
    }
    return status;
}
