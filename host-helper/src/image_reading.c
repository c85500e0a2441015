#include "image_reading.h"

#include "report.h"

#include <stdlib.h>

static int no_memory(void)
{
    return fail(EXIT_OTHER, "error", "no memory");
}

static int ask(struct open_image *opened)
{
    struct piece *piece = &opened->pieces[(opened->oldest + opened->waiting) % PIECES_AHEAD];
    long long left = opened->length - opened->asked;
    int result;

    piece->length = left < PIECE_BYTES ? (size_t)left : PIECE_BYTES;
    piece->bytes = malloc(piece->length);
    if (piece->bytes == NULL)
        return no_memory();
    result = images.rbd_aio_create_completion(NULL, NULL, &piece->completion);
    if (result == 0) {
        result = images.rbd_aio_read(opened->image, (uint64_t)opened->asked, piece->length, piece->bytes,
                                     piece->completion);
        if (result < 0)
            images.rbd_aio_release(piece->completion);
    }
    if (result < 0) {
        free(piece->bytes);
        return rados_fail(result, opened->name);
    }
    opened->asked += (long long)piece->length;
    opened->waiting++;
    return EXIT_DONE;
}

static int ask_ahead(struct open_image *opened)
{
    int result = EXIT_DONE;

    while (result == EXIT_DONE && opened->asked < opened->length && opened->waiting < PIECES_AHEAD)
        result = ask(opened);
    return result;
}

/* Waits for the oldest. Its memory is the caller's to give back, also after a failure. */
static int take(struct open_image *opened, struct piece *taken)
{
    ssize_t result;

    *taken = opened->pieces[opened->oldest];
    images.rbd_aio_wait_for_complete(taken->completion);
    result = images.rbd_aio_get_return_value(taken->completion);
    images.rbd_aio_release(taken->completion);
    opened->oldest = (opened->oldest + 1) % PIECES_AHEAD;
    opened->waiting--;
    if (result < 0)
        return rados_fail((int)result, opened->name);
    return (size_t)result == taken->length ? EXIT_DONE : fail(EXIT_SHORT, "short", "%s became shorter", opened->name);
}

/* What was asked for has to be waited for: it is still being written into memory. */
static void forget_pieces(struct open_image *opened)
{
    struct piece piece;

    while (opened->waiting > 0) {
        take(opened, &piece);
        free(piece.bytes);
    }
    opened->asked = 0;
}

static int look_at_length(struct open_image *opened)
{
    uint64_t size = 0;
    int result = images.rbd_get_size(opened->image, &size);

    if (result < 0)
        return rados_fail(result, opened->name);
    if (size < (uint64_t)opened->length)
        return fail(EXIT_SHORT, "short", "%s has %llu bytes, wanted are %lld", opened->name, (unsigned long long)size,
                    opened->length);
    return EXIT_DONE;
}

int open_image(struct open_image *opened, const struct shown_image *shown, long long length)
{
    struct rados_connection connection;
    int status, result;

    *opened = (struct open_image){.name = shown->image, .length = length};
    if (!rbd_load())
        return EXIT_OTHER;
    status = rados_open_with(&connection, &shown->options);
    if (status != EXIT_DONE)
        return status;
    result = images.rbd_open_read_only(connection.pool, shown->image, &opened->image, NULL);
    if (result < 0)
        return rados_fail(result, shown->image);
    status = look_at_length(opened);
    return status == EXIT_DONE ? ask_ahead(opened) : status;
}

static bool is_at_its_beginning(const struct open_image *opened)
{
    return opened->waiting > 0 && opened->asked <= (long long)opened->waiting * PIECE_BYTES;
}

int read_image(struct open_image *opened, bool (*use)(void *, const void *, size_t), void *context)
{
    bool wanted = true;
    int result;

    if (!is_at_its_beginning(opened))
        forget_pieces(opened);
    result = ask_ahead(opened);
    while (result == EXIT_DONE && wanted && opened->waiting > 0) {
        struct piece piece;

        result = take(opened, &piece);
        if (result == EXIT_DONE)
            wanted = use(context, piece.bytes, piece.length);
        free(piece.bytes);
        if (result == EXIT_DONE && wanted)
            result = ask_ahead(opened);
    }
    return result;
}
