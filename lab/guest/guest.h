/* What the parts of the guest's init share: its console, its secret and its checked memory. */
#ifndef BERTH_LAB_GUEST_H
#define BERTH_LAB_GUEST_H

#include <stddef.h>
#include <stdint.h>

/* 128 random bits made at boot that exist in this guest's memory and, once printed, in its console log. */
struct nonce {
    uint64_t high;
    uint64_t low;
};

/* Writes one whole line to the console in a single call, so that a cut never mixes two lines. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Ends the guest: without its init there is nothing left to observe. */
void give_up(const char *what) __attribute__((noreturn));

/* Fills this many MiB with data that can't be compressed and that only this nonce predicts. */
void memory_fill(struct nonce nonce, size_t mebibytes);

/* Gives the filled memory back to the kernel (for free page reporting). */
void memory_release(void);

/* Rewrites the next pages of the filled memory with new data. */
void memory_redirty(size_t bytes);

/* Compares the next pages with what they must hold and says MEMORY-CORRUPT where they differ. */
void memory_check(size_t bytes);

/* Ticks for ever: counts in memory and on the disk, checks both, prints each tick. */
void tick_for_ever(struct nonce nonce, const char *disk, size_t redirty_bytes_per_tick) __attribute__((noreturn));

/* Ticks in a second of guest time. */
enum { TICKS_PER_SECOND = 5 };

#endif
