/* Entries of one object's key-value map: "ceph-take" adds a key once and for all, whoever comes first. The object's
 * placement group does one thing after the other, so of two takers one wins, and both hear whose value stands. */
#include "commands.h"
#include "durable.h"
#include "rados_connection.h"
#include "report.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LONGEST_VALUE = 1 << 20, ENTRIES_AT_ONCE = 256, LINE_BYTES = 36000, MOST_DROPPED = 10000 };

static char value[LONGEST_VALUE + 1];

/* Lines the front-end takes whole: each holds at most LINE_BYTES of the value. */
static void print_base64(const uint8_t *bytes, size_t length)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    for (size_t at = 0; at < length; at += 3) {
        size_t left = length - at;
        uint32_t group = bytes[at] << 16 | (left > 1 ? bytes[at + 1] << 8 : 0) | (left > 2 ? bytes[at + 2] : 0);

        putchar(digits[group >> 18]);
        putchar(digits[group >> 12 & 63]);
        putchar(left > 1 ? digits[group >> 6 & 63] : '=');
        putchar(left > 2 ? digits[group & 63] : '=');
        if ((at + 3) % LINE_BYTES == 0 && left > 3)
            putchar('\n');
    }
    putchar('\n');
}

static unsigned long printed;

/* A key that would spoil a line isn't one of Berth's. */
static void print_entry(const char *key, const char *bytes, size_t length)
{
    for (const char *at = key; *at != '\0'; at++) {
        if (!isgraph((unsigned char)*at))
            return;
    }
    printf("%s %zu\n", key, length);
    if (length > 0)
        print_base64((const uint8_t *)bytes, length);
    printed++;
}

/* Hands each entry whose key begins so to `found`, in the order of keys. A negative result ends it. */
static int each_entry(rados_pool *pool, const char *object, const char *prefix,
                      void (*found)(const char *key, const char *bytes, size_t length))
{
    char last[4096] = "";
    unsigned char more = 1;

    while (more) {
        rados_read *read = ceph.rados_create_read_op();
        rados_entries *entries = NULL;
        char *key, *bytes;
        size_t length;
        int result, part = 0;

        ceph.rados_read_op_omap_get_vals2(read, last, prefix, ENTRIES_AT_ONCE, &entries, &more, &part);
        result = ceph.rados_read_op_operate(read, pool, object, RADOS_ORDERED);
        if (result == 0)
            result = part;
        while (result == 0 && (result = ceph.rados_omap_get_next(entries, &key, &bytes, &length)) == 0 && key != NULL) {
            found(key, bytes, length);
            snprintf(last, sizeof last, "%s", key);
        }
        if (entries != NULL)
            ceph.rados_omap_get_end(entries);
        ceph.rados_release_read_op(read);
        if (result == -ENOENT) /* nobody ever took anything */
            return 0;
        if (result < 0)
            return result;
    }
    return 0;
}

static int print_entries(rados_pool *pool, const char *object, const char *prefix)
{
    int result;

    printed = 0;
    result = each_entry(pool, object, prefix, print_entry);
    if (result < 0)
        return rados_fail(result, object);
    printf("end %lu\n", printed);
    return EXIT_DONE;
}

static long read_value(void)
{
    long length = read_all(STDIN_FILENO, value, LONGEST_VALUE);

    if (length < 0)
        fail_errno("value on standard input");
    return length;
}

/* An absent key compares like an empty value, and no value is empty: so equal to nothing means nobody was first. */
static int set_entry(rados_pool *pool, const char *object, const char *key, size_t length, bool once)
{
    rados_write *write = ceph.rados_create_write_op();
    int differs = 0, result;

    ceph.rados_write_op_create(write, RADOS_CREATE_IDEMPOTENT, NULL);
    if (once)
        ceph.rados_write_op_omap_cmp(write, key, RADOS_COMPARE_EQUAL, "", 0, &differs);
    ceph.rados_write_op_omap_set(write, (const char *const[]){key}, (const char *const[]){value}, (size_t[]){length}, 1);
    result = ceph.rados_write_op_operate(write, pool, object, NULL, RADOS_FULL_TRY);
    ceph.rados_release_write_op(write);
    return result;
}

static int set_command(int count, char **arguments, bool once)
{
    struct rados_connection connection;
    int status, result;
    long length;

    count--;
    arguments++;
    status = rados_open(&connection, &count, &arguments);
    if (status != EXIT_DONE)
        return status;
    length = count == 2 ? read_value() : -1;
    if (length <= 0)
        return fail(EXIT_USAGE, "usage", "%s OBJECT KEY < value, which isn't empty", RADOS_OPTIONS);
    result = set_entry(connection.pool, arguments[0], arguments[1], length, once);
    if (result < 0 && result != -ECANCELED)
        status = rados_fail(result, arguments[1]);
    else if (once)
        status = print_entries(connection.pool, arguments[0], arguments[1]);
    return status;
}

int ceph_take(int argc, char **argv)
{
    return set_command(argc, argv, true);
}

int ceph_put(int argc, char **argv)
{
    return set_command(argc, argv, false);
}

int ceph_entries(int argc, char **argv)
{
    struct rados_connection connection;
    int status;

    argc--;
    argv++;
    status = rados_open(&connection, &argc, &argv);
    if (status != EXIT_DONE)
        return status;
    status = argc == 2 ? print_entries(connection.pool, argv[0], argv[1])
                       : fail(EXIT_USAGE, "usage", "%s OBJECT PREFIX", RADOS_OPTIONS);
    return status;
}

static char *dropped[MOST_DROPPED];
static size_t dropped_count;

static void note_dropped(const char *key, const char *bytes, size_t length)
{
    (void)bytes;
    (void)length;
    if (dropped_count < MOST_DROPPED)
        dropped[dropped_count++] = strdup(key);
}

/* All at once: no reader ever sees some of a volume's entries without the others. */
static int drop_entries(rados_pool *pool, const char *object, const char *prefix)
{
    rados_write *write;
    int result = each_entry(pool, object, prefix, note_dropped);

    if (result < 0 || dropped_count == 0)
        return result;
    write = ceph.rados_create_write_op();
    ceph.rados_write_op_omap_rm_keys(write, (const char *const *)dropped, dropped_count);
    result = ceph.rados_write_op_operate(write, pool, object, NULL, RADOS_FULL_TRY);
    ceph.rados_release_write_op(write);
    return result;
}

int ceph_drop(int argc, char **argv)
{
    struct rados_connection connection;
    int status, result;

    argc--;
    argv++;
    status = rados_open(&connection, &argc, &argv);
    if (status != EXIT_DONE)
        return status;
    if (argc != 2 || argv[1][0] == '\0') {
        status = fail(EXIT_USAGE, "usage", "%s OBJECT PREFIX", RADOS_OPTIONS);
    } else {
        result = drop_entries(connection.pool, argv[0], argv[1]);
        status = result < 0 ? rados_fail(result, argv[1]) : EXIT_DONE;
    }
    return status;
}
