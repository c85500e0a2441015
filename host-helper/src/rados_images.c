/* The pool's RBD images by the calls that the kernel's own client makes (class "rbd": dir_list, get_size), many at a
 * time: opening each image with librbd takes milliseconds, and a datastore may hold ten thousand. */
#include "commands.h"
#include "rados_connection.h"
#include "report.h"

#include <endian.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES_AT_ONCE = 1024, SIZES_AT_ONCE = 256, LONGEST_NAME = 512 };

static const uint64_t newest = (uint64_t)-2; /* CEPH_NOSNAP: the image itself, not one of its snapshots */

struct image {
    char name[LONGEST_NAME];
    rados_read *read;
    rados_completion *completion;
    char *answer;
    size_t length;
    int result;
};

struct text {
    const char *at, *end;
};

static bool take_u32(struct text *text, uint32_t *number)
{
    if (text->end - text->at < 4)
        return false;
    memcpy(number, text->at, 4);
    *number = le32toh(*number);
    text->at += 4;
    return true;
}

static bool take_string(struct text *text, char *string, size_t limit)
{
    uint32_t length;

    if (!take_u32(text, &length) || (size_t)(text->end - text->at) < length || length >= limit)
        return false;
    memcpy(string, text->at, length);
    string[length] = '\0';
    text->at += length;
    return strlen(string) == length;
}

static size_t put_string(char *bytes, const char *string)
{
    uint32_t length = strlen(string), written = htole32(length);

    memcpy(bytes, &written, 4);
    memcpy(bytes + 4, string, length);
    return 4 + length;
}

static bool ask_size(struct image *image, rados_pool *pool, const char *id)
{
    char object[LONGEST_NAME + 16];
    uint64_t snapshot = htole64(newest);

    snprintf(object, sizeof object, "rbd_header.%s", id);
    image->answer = NULL;
    image->read = ceph.rados_create_read_op();
    ceph.rados_read_op_exec(image->read, "rbd", "get_size", (const char *)&snapshot, sizeof snapshot, &image->answer,
                            &image->length, &image->result);
    return ceph.rados_aio_create_completion(NULL, NULL, NULL, &image->completion) == 0 &&
           ceph.rados_aio_read_op_operate(image->read, pool, image->completion, object, 0) == 0;
}

/* A negative result is an error; an image that is half removed has no size any more and isn't printed. */
static int print_size(struct image *image)
{
    uint64_t size;
    int result;

    ceph.rados_aio_wait_for_complete(image->completion);
    result = ceph.rados_aio_get_return_value(image->completion);
    if (result >= 0 && image->result == 0 && image->length == 9) {
        memcpy(&size, image->answer + 1, sizeof size); /* behind the order of its objects, a byte */
        printf("%s %llu\n", image->name, (unsigned long long)le64toh(size));
    } else if (result >= 0) {
        result = -EBADMSG;
    }
    ceph.rados_aio_release(image->completion);
    ceph.rados_release_read_op(image->read);
    if (image->answer != NULL)
        ceph.rados_buffer_free(image->answer);
    return result == -ENOENT ? 0 : result;
}

/* Whose sizes were asked for and aren't printed yet, the oldest first. */
static struct image asked[SIZES_AT_ONCE];
static int oldest, waiting;

static int print_oldest(void)
{
    int result = print_size(&asked[oldest]);

    oldest = (oldest + 1) % SIZES_AT_ONCE;
    waiting--;
    return result;
}

static int print_waiting(void)
{
    int result = 0;

    while (waiting > 0) {
        int one = print_oldest();
        result = one < 0 ? one : result;
    }
    return result;
}

/* Prints what of one answer of dir_list, which is in the order of names, begins with the prefix; *last is the name to go
 * on behind, empty when no other can follow. */
static int print_names(rados_pool *pool, struct text text, const char *prefix, char *last)
{
    uint32_t names;
    char id[LONGEST_NAME];
    int result = 0;

    *last = '\0';
    if (!take_u32(&text, &names))
        return -EBADMSG;
    for (uint32_t i = 0; i < names && result >= 0; i++) {
        struct image *image;

        if (waiting == SIZES_AT_ONCE)
            result = print_oldest();
        image = &asked[(oldest + waiting) % SIZES_AT_ONCE];
        if (!take_string(&text, image->name, sizeof image->name) || !take_string(&text, id, sizeof id))
            return -EBADMSG;
        if (strncmp(image->name, prefix, strlen(prefix)) != 0) {
            *last = '\0';
            break;
        }
        snprintf(last, LONGEST_NAME, "%s", image->name);
        /* No name of Berth's has anything that would spoil a line. */
        if (strpbrk(image->name, " \n") != NULL)
            continue;
        if (!ask_size(image, pool, id))
            return -ENOMEM;
        waiting++;
    }
    return result < 0 ? result : 0;
}

/* dir_list answers what comes behind a name, and an image may be called like the prefix itself: so begin behind what is
 * right before it. */
static void start_before(const char *prefix, char *last)
{
    size_t length = strlen(prefix);

    snprintf(last, LONGEST_NAME, "%s", prefix);
    if (length + 2 <= LONGEST_NAME) {
        last[length - 1]--;
        last[length] = '\xff';
        last[length + 1] = '\0';
    }
}

static int list_directory(rados_pool *pool, const char *prefix)
{
    char last[LONGEST_NAME], input[LONGEST_NAME + 16];
    uint64_t most = htole64(NAMES_AT_ONCE);

    start_before(prefix, last);
    while (last[0] != '\0') {
        size_t length = put_string(input, last), answer_length = 0;
        char *answer = NULL;
        rados_read *read = ceph.rados_create_read_op();
        int part = 0, result;

        memcpy(input + length, &most, sizeof most);
        ceph.rados_read_op_exec(read, "rbd", "dir_list", input, length + sizeof most, &answer, &answer_length, &part);
        result = ceph.rados_read_op_operate(read, pool, "rbd_directory", RADOS_ORDERED);
        if (result == 0)
            result = part;
        if (result >= 0)
            result = print_names(pool, (struct text){answer, answer + answer_length}, prefix, last);
        if (answer != NULL)
            ceph.rados_buffer_free(answer);
        ceph.rados_release_read_op(read);
        if (result == -ENOENT) /* a pool that never held an image */
            return 0;
        if (result < 0)
            return result;
    }
    return 0;
}

int ceph_images(int argc, char **argv)
{
    struct rados_connection connection;
    int status, result, rest;

    argc--;
    argv++;
    status = rados_open(&connection, &argc, &argv);
    if (status != EXIT_DONE)
        return status;
    if (argc != 1 || argv[0][0] == '\0') {
        status = fail(EXIT_USAGE, "usage", "%s PREFIX", RADOS_OPTIONS);
    } else {
        result = list_directory(connection.pool, argv[0]);
        rest = print_waiting();
        result = result < 0 ? result : rest;
        status = result < 0 ? rados_fail(result, "rbd_directory") : EXIT_DONE;
        if (status == EXIT_DONE)
            puts("end");
    }
    return status;
}

/* What "ceph df detail --format json" prints, without the second that starting it takes. */
int ceph_room(int argc, char **argv)
{
    static const char *command[] = {"{\"prefix\": \"df\", \"detail\": \"detail\", \"format\": \"json\"}"};
    struct rados_connection connection;
    char *output = NULL, *message = NULL;
    size_t length = 0, message_length = 0;
    int status, result;

    argc--;
    argv++;
    status = rados_open(&connection, &argc, &argv);
    if (status != EXIT_DONE)
        return status;
    result = ceph.rados_mon_command(connection.cluster, command, 1, "", 0, &output, &length, &message, &message_length);
    if (result < 0)
        status = rados_fail(result, "df");
    else
        fwrite(output, 1, length, stdout);
    if (output != NULL)
        ceph.rados_buffer_free(output);
    if (message != NULL)
        ceph.rados_buffer_free(message);
    return status;
}
