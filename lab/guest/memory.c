/* Memory whose every byte follows from the nonce, so that a restored guest can prove that nothing in it changed. */
#include "guest.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <sys/sysinfo.h>

enum { PAGE = 4096, WORDS = PAGE / 8 };

/* The kernel and this program need about this much; beyond it the kernel would kill init. */
static const size_t LEFT_FREE = 6u << 20;

static uint64_t *pages;
static uint32_t *generation; /* how often a page was rewritten: part of what it must hold */
static size_t page_count;
static size_t next_to_check;
static size_t next_to_redirty;
static struct nonce secret;

static uint64_t first_word(size_t page) {
    uint64_t seed = secret.low ^ (page * 0x9E3779B97F4A7C15ull) ^ ((uint64_t) generation[page] << 40);
    seed = (seed ^ (seed >> 31)) * 0xD6E8FEB86659FD93ull;
    return seed ^ (seed >> 29) ^ secret.high;
}

/* One multiplication a word: fast under emulation, and no compressor finds anything in it. */
static uint64_t following(uint64_t word) {
    word = word * 6364136223846793005ull + 1442695040888963407ull;
    return word ^ (word >> 33);
}

static void write_page(size_t page) {
    uint64_t *at = pages + page * WORDS;
    uint64_t word = first_word(page);
    for (int i = 0; i < WORDS; i++) {
        at[i] = word;
        word = following(word);
    }
}

static int page_is_right(size_t page) {
    const uint64_t *at = pages + page * WORDS;
    uint64_t word = first_word(page);
    for (int i = 0; i < WORDS; i++) {
        if (at[i] != word) {
            return 0;
        }
        word = following(word);
    }
    return 1;
}

void memory_fill(struct nonce nonce, size_t mebibytes) {
    size_t bytes = mebibytes << 20;
    struct sysinfo system;
    sysinfo(&system);
    size_t room = (size_t) system.freeram * system.mem_unit;
    if (bytes + LEFT_FREE > room) {
        say("DIRTY-REFUSED wanted=%zu MiB free=%zu MiB", mebibytes, room >> 20);
        give_up("give the guest more memory than it has to fill");
    }
    secret = nonce;
    page_count = bytes / PAGE;
    generation = calloc(page_count, sizeof *generation);
    pages = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (generation == NULL || pages == MAP_FAILED) {
        give_up("no memory to fill");
    }
    for (size_t page = 0; page < page_count; page++) {
        write_page(page);
    }
    say("DIRTIED %zu", mebibytes);
}

void memory_release(void) {
    munmap(pages, page_count * PAGE);
    free(generation);
    page_count = 0;
    say("FREED");
}

void memory_redirty(size_t bytes) {
    for (size_t done = 0; done < bytes && page_count > 0; done += PAGE) {
        generation[next_to_redirty]++;
        write_page(next_to_redirty);
        next_to_redirty = (next_to_redirty + 1) % page_count;
    }
}

void memory_check(size_t bytes) {
    for (size_t done = 0; done < bytes && done < page_count * PAGE; done += PAGE) {
        if (!page_is_right(next_to_check)) {
            say("MEMORY-CORRUPT page=%zu", next_to_check);
        }
        next_to_check = (next_to_check + 1) % page_count;
    }
}
