/* A fast 64-bit checksum (XXH64, seed 0) against errors of disks, memory and programs; no protection from an attacker,
 * which ssh gives where it matters. */
#ifndef BERTH_CHECKSUM_H
#define BERTH_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

uint64_t checksum(const void *bytes, size_t length);

#endif
