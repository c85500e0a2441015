#include "image_reading.h"

#include "report.h"

#include <stdlib.h>

/* A piece is what an image's object usually holds. */
enum { PIECE = 4 * 1024 * 1024, AT_ONCE = 8 };

struct piece {
    char *bytes;
    size_t length;
    rbd_completion *completion;
};

/* Pieces that were asked for and not given out yet, the oldest first. */
struct window {
    struct piece pieces[AT_ONCE];
    int oldest, waiting;
};

int open_image(struct open_image *opened, const struct shown_image *shown, long long length)
{
    struct rados_connection connection;
    uint64_t size = 0;
    int status, result;

    if (!rbd_load())
        return EXIT_OTHER;
    status = rados_open_with(&connection, &shown->options);
    if (status != EXIT_DONE)
        return status;
    opened->name = shown->image;
    result = images.rbd_open_read_only(connection.pool, shown->image, &opened->image, NULL);
    if (result < 0)
        return rados_fail(result, shown->image);
    result = images.rbd_get_size(opened->image, &size);
    if (result == 0 && size >= (uint64_t)length)
        return EXIT_DONE;
    close_image(opened);
    return result < 0 ? rados_fail(result, shown->image)
                      : fail(EXIT_SHORT, "short", "%s has %llu bytes, wanted are %lld", shown->image,
                             (unsigned long long)size, length);
}

void close_image(struct open_image *opened)
{
    images.rbd_close(opened->image);
}

static int ask(const struct open_image *opened, struct window *window, long long offset, size_t length)
{
    struct piece *piece = &window->pieces[(window->oldest + window->waiting) % AT_ONCE];
    int result;

    if (piece->bytes == NULL)
        piece->bytes = malloc(PIECE);
    if (piece->bytes == NULL || images.rbd_aio_create_completion(NULL, NULL, &piece->completion) < 0)
        return fail(EXIT_OTHER, "error", "no memory");
    piece->length = length;
    result = images.rbd_aio_read(opened->image, (uint64_t)offset, length, piece->bytes, piece->completion);
    if (result < 0) {
        images.rbd_aio_release(piece->completion);
        return rados_fail(result, opened->name);
    }
    window->waiting++;
    return EXIT_DONE;
}

/* Waits for the oldest; it stays where it is until the next is asked for. */
static int take(const struct open_image *opened, struct window *window, const struct piece **taken)
{
    struct piece *piece = &window->pieces[window->oldest];
    ssize_t result;

    images.rbd_aio_wait_for_complete(piece->completion);
    result = images.rbd_aio_get_return_value(piece->completion);
    images.rbd_aio_release(piece->completion);
    window->oldest = (window->oldest + 1) % AT_ONCE;
    window->waiting--;
    *taken = piece;
    if (result < 0)
        return rados_fail((int)result, opened->name);
    return (size_t)result == piece->length ? EXIT_DONE : fail(EXIT_SHORT, "short", "%s has become shorter", opened->name);
}

int read_image_pieces(const struct open_image *opened, long long length, bool (*use)(void *, const void *, size_t),
                      void *context)
{
    struct window window = {0};
    const struct piece *piece;
    long long asked = 0;
    bool wanted = true;
    int result = EXIT_DONE;

    while (result == EXIT_DONE && wanted && (asked < length || window.waiting > 0)) {
        while (result == EXIT_DONE && asked < length && window.waiting < AT_ONCE) {
            size_t next = length - asked < PIECE ? (size_t)(length - asked) : PIECE;

            result = ask(opened, &window, asked, next);
            asked += (long long)next;
        }
        if (result == EXIT_DONE)
            result = take(opened, &window, &piece);
        if (result == EXIT_DONE)
            wanted = use(context, piece->bytes, piece->length);
    }
    /* Nobody may write into memory that was given back. */
    while (window.waiting > 0)
        take(opened, &window, &piece);
    for (int i = 0; i < AT_ONCE; i++)
        free(window.pieces[i].bytes);
    return result;
}
