/*
 * libvirt's save header, composed by the caller: 92 bytes of it, then the guest's XML and what pads it.
 *
 *   0  16  magic, here always "LibvirtQemudPart"
 *  16   4  version, 2
 *  20   4  length of all that lies between these 92 bytes and the memory stream
 *  24   4  was the guest running (a plain restore resumes it then)
 *  28   4  format, 0 = raw
 *  32   4  offset of libvirt's cookie within the XML area, 0 = none
 *  36  56  zero
 *  92   n  migratable domain XML, a zero byte, zeros
 *
 * Numbers are little-endian. 92 + n is a multiple of 4096, so that the stream can be written past the cache.
 */
#ifndef BERTH_SAVE_HEADER_H
#define BERTH_SAVE_HEADER_H

#include "stream_failure.h"

#include <stdbool.h>
#include <stddef.h>

struct save_header {
    unsigned char *bytes; /* image memory */
    size_t length;
};

/* Reads the header to the end of the file and checks it. */
bool save_header_read(int file, struct save_header *header, struct stream_failure *failure);

#endif
