#include "checksum.h"

#include <string.h>

static const uint64_t PRIME_1 = 0x9E3779B185EBCA87u, PRIME_2 = 0xC2B2AE3D27D4EB4Fu, PRIME_3 = 0x165667B19E3779F9u,
                      PRIME_4 = 0x85EBCA77C2B2AE63u, PRIME_5 = 0x27D4EB2F165667C5u;

static uint64_t rotate(uint64_t value, int bits)
{
    return value << bits | value >> (64 - bits);
}

static uint64_t word(const uint8_t *at)
{
    uint64_t value;

    memcpy(&value, at, sizeof value);
    return value;
}

static uint64_t round_in(uint64_t lane, uint64_t input)
{
    return rotate(lane + input * PRIME_2, 31) * PRIME_1;
}

static uint64_t merge(uint64_t hash, uint64_t lane)
{
    return (hash ^ round_in(0, lane)) * PRIME_1 + PRIME_4;
}

static uint64_t stir(uint64_t hash)
{
    hash = (hash ^ hash >> 33) * PRIME_2;
    hash = (hash ^ hash >> 29) * PRIME_3;
    return hash ^ hash >> 32;
}

uint64_t checksum(const void *bytes, size_t length)
{
    const uint8_t *at = bytes, *end = at + length;
    uint64_t hash = PRIME_5;

    if (length >= 32) {
        uint64_t lanes[4] = {PRIME_1 + PRIME_2, PRIME_2, 0, 0 - PRIME_1};

        for (; end - at >= 32; at += 32) {
            for (int i = 0; i < 4; i++)
                lanes[i] = round_in(lanes[i], word(at + 8 * i));
        }
        hash = rotate(lanes[0], 1) + rotate(lanes[1], 7) + rotate(lanes[2], 12) + rotate(lanes[3], 18);
        for (int i = 0; i < 4; i++)
            hash = merge(hash, lanes[i]);
    }
    hash += length;
    for (; end - at >= 8; at += 8)
        hash = rotate(hash ^ round_in(0, word(at)), 27) * PRIME_1 + PRIME_4;
    if (end - at >= 4) {
        uint32_t half;
        memcpy(&half, at, sizeof half);
        hash = rotate(hash ^ half * PRIME_1, 23) * PRIME_2 + PRIME_3;
        at += 4;
    }
    for (; at < end; at++)
        hash = rotate(hash ^ *at * PRIME_5, 11) * PRIME_1;
    return stir(hash);
}
