#include "save_header.h"

#include "image_target.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

enum { fixed_part = 92, longest = 16 << 20, offset_version = 16, offset_length = 20, offset_format = 28, offset_cookie = 32 };

static uint32_t number_at(const struct save_header *header, size_t offset) {
    const unsigned char *at = header->bytes + offset;
    return at[0] | (uint32_t) at[1] << 8 | (uint32_t) at[2] << 16 | (uint32_t) at[3] << 24;
}

static const char *wrong_with(const struct save_header *header) {
    if (header->length < IMAGE_ALIGNMENT || header->length % IMAGE_ALIGNMENT != 0) {
        return "its length is no multiple of 4096";
    }
    if (memcmp(header->bytes, IMAGE_MAGIC_PARTIAL, IMAGE_MAGIC_LENGTH) != 0) {
        return "it doesn't begin with " IMAGE_MAGIC_PARTIAL;
    }
    if (number_at(header, offset_version) != 2 || number_at(header, offset_format) != 0) {
        return "it isn't of version 2, format raw";
    }
    if ((uint64_t) number_at(header, offset_length) + fixed_part != header->length) {
        return "the length in it isn't its own";
    }
    if (number_at(header, offset_cookie) >= number_at(header, offset_length)
            || memchr(header->bytes + fixed_part, '\0', header->length - fixed_part) == NULL) {
        return "its XML has no end";
    }
    return NULL;
}

bool save_header_read(int file, struct save_header *header, struct stream_failure *failure) {
    /* Memory that isn't touched costs nothing, so one piece for the longest. */
    header->bytes = image_memory(longest + 1);
    header->length = 0;
    if (header->bytes == NULL) {
        return stream_fail(failure, STREAM_IO, "io: no memory for the save header");
    }
    ssize_t got;
    while ((got = read(file, header->bytes + header->length, longest + 1 - header->length)) != 0) {
        if (got > 0) {
            header->length += (size_t) got;
        } else if (errno != EINTR) {
            return stream_fail(failure, STREAM_IO, "io: reading the save header: %s", strerror(errno));
        }
    }
    const char *wrong = header->length > longest ? "it is longer than 16 MiB" : wrong_with(header);
    return wrong == NULL || stream_fail(failure, STREAM_USAGE, "usage: no save header on standard input: %s", wrong);
}
