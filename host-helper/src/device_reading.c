/* device-size, device-read, device-digest, device-prefetch. */
#include "commands.h"
#include "devices.h"
#include "report.h"
#include "sha256.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Base64 of it fits into one answer of at most 1 MiB. */
enum { READ_LIMIT = 512 * 1024, PREFETCH_PIECE = 4 * 1024 * 1024 };

int device_size(int argc, char **argv)
{
    struct device device;
    int result = open_device(&device, argv[1], O_RDONLY);

    (void)argc;
    if (result == EXIT_DONE)
        printf("%lld\n", device.size);
    return result;
}

/* Base64 goes by threes, pieces don't: what is left of one waits for the next. */
struct encoder {
    uint8_t held[3];
    int count;
};

static void encode_three(const uint8_t *three, int count)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    uint32_t bits = (uint32_t)three[0] << 16 | (uint32_t)three[1] << 8 | three[2];

    putchar(letters[bits >> 18]);
    putchar(letters[bits >> 12 & 63]);
    putchar(count > 1 ? letters[bits >> 6 & 63] : '=');
    putchar(count > 2 ? letters[bits & 63] : '=');
}

static bool encode(void *context, const void *bytes, size_t length)
{
    struct encoder *encoder = context;

    for (size_t i = 0; i < length; i++) {
        encoder->held[encoder->count++] = ((const uint8_t *)bytes)[i];
        if (encoder->count == 3) {
            encode_three(encoder->held, 3);
            encoder->count = 0;
        }
    }
    return true;
}

int device_read(int argc, char **argv)
{
    long long offset = parse_number(argv[2]), length = parse_number(argv[3]);
    struct encoder encoder = {{0, 0, 0}, 0};
    int result;

    (void)argc;
    if (offset < 0 || length < 0 || length > READ_LIMIT)
        return fail(EXIT_USAGE, "usage", "device-read DEVICE OFFSET LENGTH: at most %d bytes", READ_LIMIT);
    setvbuf(stdout, NULL, _IOFBF, 65536);
    result = read_pieces(argv[1], offset, length, encode, &encoder);
    for (int i = encoder.count; i < 3; i++)
        encoder.held[i] = 0;
    if (result == EXIT_DONE && encoder.count > 0)
        encode_three(encoder.held, encoder.count);
    return result;
}

static bool add_to_digest(void *context, const void *bytes, size_t length)
{
    sha256_add(context, bytes, length);
    return true;
}

int device_digest(int argc, char **argv)
{
    long long offset = parse_number(argv[2]), length = parse_number(argv[3]);
    struct sha256 sha;
    char hex[65];
    int result;

    (void)argc;
    if (offset < 0 || length < 0)
        return fail(EXIT_USAGE, "usage", "device-digest DEVICE OFFSET LENGTH");
    sha256_begin(&sha);
    result = read_pieces(argv[1], offset, length, add_to_digest, &sha);
    sha256_end(&sha, hex);
    if (result == EXIT_DONE)
        printf("%s\n", hex);
    return result;
}

/* Fills the page cache for a reader that runs beside this one: a block device's cached pages vanish when it is closed
 * for the last time, so a prefetch that ends before the reader has opened the device is in vain. */
int device_prefetch(int argc, char **argv)
{
    long long length = parse_number(argv[2]);
    char *piece = malloc(PREFETCH_PIECE);
    struct device device;
    int result;

    (void)argc;
    if (length < 0 || piece == NULL)
        return fail(EXIT_USAGE, "usage", "device-prefetch DEVICE LENGTH");
    result = open_device(&device, argv[1], O_RDONLY);
    if (result != EXIT_DONE)
        return result;
    posix_fadvise(device.fd, 0, length, POSIX_FADV_SEQUENTIAL);
    for (long long done = 0; done < length;) {
        size_t wanted = length - done < PREFETCH_PIECE ? (size_t)(length - done) : PREFETCH_PIECE;
        ssize_t count = read(device.fd, piece, wanted);

        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return fail_errno("%s", argv[1]);
        if (count == 0)
            return fail(EXIT_SHORT, "short", "%s ended at %lld", argv[1], done);
        done += count;
    }
    close_device(&device);
    return EXIT_DONE;
}
