/* The guest's pulse: one counter in memory, the same on the disk, both printed at each tick. */
#define _GNU_SOURCE
#include "guest.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdalign.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { SECTOR = 4096, CHECKED_PER_TICK = 256 * 1024 };

/* What the disk's first block holds. */
struct record {
    char magic[16];
    struct nonce nonce;
    uint64_t tick;
};

static const char MAGIC[16] = "berth-lab-guest";

/* O_DIRECT and O_SYNC: neither the guest's cache nor a lazy device may answer instead of the storage. */
static int open_disk(const char *path) {
    int disk = open(path, O_RDWR | O_DIRECT | O_SYNC | O_CLOEXEC);
    if (disk < 0 && errno != ENOENT) {
        say("DISK-ERROR open: %s", strerror(errno));
    }
    return disk;
}

static struct record read_record(int disk) {
    static alignas(SECTOR) char block[SECTOR];
    struct record record;
    memset(block, 0, sizeof block);
    if (pread(disk, block, SECTOR, 0) != SECTOR) {
        say("DISK-ERROR read: %s", strerror(errno));
    }
    memcpy(&record, block, sizeof record);
    return record;
}

static void write_record(int disk, const struct record *record) {
    static alignas(SECTOR) char block[SECTOR];
    memset(block, 0, sizeof block);
    memcpy(block, record, sizeof *record);
    if (pwrite(disk, block, SECTOR, 0) != SECTOR) {
        say("DISK-ERROR write: %s", strerror(errno));
    }
}

static int same_nonce(struct nonce one, struct nonce other) {
    return one.high == other.high && one.low == other.low;
}

/* Another copy of this guest, or storage that lost a write, shows here: the disk isn't as we left it. */
static void check_what_we_left(int disk, struct nonce nonce, uint64_t last) {
    struct record found = read_record(disk);
    if (last > 0 && (!same_nonce(found.nonce, nonce) || found.tick != last)) {
        say("DISK-MISMATCH expected=%" PRIu64 " found=%" PRIu64 " nonce=%016" PRIx64 "%016" PRIx64, last, found.tick,
            found.nonce.high, found.nonce.low);
    }
}

static uint64_t count_on_disk(int disk, struct nonce nonce, uint64_t tick) {
    check_what_we_left(disk, nonce, tick - 1);
    struct record record = {.nonce = nonce, .tick = tick};
    memcpy(record.magic, MAGIC, sizeof record.magic);
    write_record(disk, &record);
    return read_record(disk).tick;
}

void tick_for_ever(struct nonce nonce, const char *path, size_t redirty_bytes_per_tick) {
    int disk = open_disk(path);
    struct timespec interval = {.tv_nsec = 1000000000 / TICKS_PER_SECOND};
    for (uint64_t tick = 1;; tick++) {
        if (disk >= 0) {
            uint64_t on_disk = count_on_disk(disk, nonce, tick);
            say("TICK nonce=%016" PRIx64 "%016" PRIx64 " memory=%" PRIu64 " disk=%" PRIu64, nonce.high, nonce.low, tick,
                on_disk);
        } else {
            say("TICK nonce=%016" PRIx64 "%016" PRIx64 " memory=%" PRIu64 " disk=-", nonce.high, nonce.low, tick);
        }
        memory_redirty(redirty_bytes_per_tick);
        memory_check(CHECKED_PER_TICK);
        nanosleep(&interval, NULL);
    }
}
