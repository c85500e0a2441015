/* Unflushed writes lie in an unnamed file, block for block where they belong in the real one; a flag a block says so. */
#define _GNU_SOURCE
#include "cache.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK = 4096 };

struct cached {
    struct cached *next;
    dev_t device;
    ino_t inode;
    int users;
    int backing;
    int shadow;
    off_t size;
    unsigned char *dirty; /* a byte a block */
    size_t blocks;
    size_t dirty_blocks;
};

static struct cached *files;

static struct cached *find(dev_t device, ino_t inode) {
    struct cached *file = files;
    while (file != NULL && (file->device != device || file->inode != inode)) {
        file = file->next;
    }
    return file;
}

struct cached *cached_of(const struct stat *status) { return find(status->st_dev, status->st_ino); }

struct cached *cached_open(int backing) {
    struct stat status;
    fstat(backing, &status);
    struct cached *file = cached_of(&status);
    if (file != NULL) {
        close(backing);
        file->users++;
        return file;
    }
    file = calloc(1, sizeof *file);
    int shadow = open("/var/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file == NULL || shadow < 0) {
        free(file);
        close(backing);
        return NULL;
    }
    *file = (struct cached) {.next = files, .device = status.st_dev, .inode = status.st_ino, .users = 1,
                             .backing = backing, .shadow = shadow, .size = status.st_size};
    files = file;
    return file;
}

void cached_close(struct cached *file) {
    if (--file->users > 0 || file->dirty_blocks > 0) {
        return;
    }
    struct cached **link = &files;
    while (*link != file) {
        link = &(*link)->next;
    }
    *link = file->next;
    close(file->backing);
    close(file->shadow);
    free(file->dirty);
    free(file);
}

int cached_descriptor(struct cached *file) { return file->backing; }

/* Another host may have made the file longer meanwhile. */
off_t cached_size(struct cached *file) {
    struct stat status;
    fstat(file->backing, &status);
    if (file->dirty_blocks == 0 || status.st_size > file->size) {
        file->size = status.st_size;
    }
    return file->size;
}

static int is_dirty(const struct cached *file, size_t block) { return block < file->blocks && file->dirty[block]; }

static int make_room(struct cached *file, size_t blocks) {
    if (blocks <= file->blocks) {
        return 0;
    }
    unsigned char *more = realloc(file->dirty, blocks);
    if (more == NULL) {
        return -ENOMEM;
    }
    memset(more + file->blocks, 0, blocks - file->blocks);
    file->dirty = more;
    file->blocks = blocks;
    return 0;
}

ssize_t cached_read(struct cached *file, char *to, size_t size, off_t offset) {
    off_t end = cached_size(file);
    if (offset >= end) {
        return 0;
    }
    if ((off_t) size > end - offset) {
        size = end - offset;
    }
    for (size_t done = 0; done < size;) {
        size_t block = (offset + done) / BLOCK;
        int dirty = is_dirty(file, block);
        size_t run = BLOCK - (offset + done) % BLOCK;
        while (done + run < size && is_dirty(file, ++block) == dirty) {
            run += BLOCK;
        }
        run = run < size - done ? run : size - done;
        ssize_t got = pread(dirty ? file->shadow : file->backing, to + done, run, offset + done);
        if (got < 0) {
            return -errno;
        }
        memset(to + done + got, 0, run - got); /* a hole, or beyond what the real file holds yet */
        done += run;
    }
    return size;
}

/* A block that is written in part needs the rest of it beside. */
static int take_over(struct cached *file, size_t block) {
    char content[BLOCK] = {0};
    if (is_dirty(file, block)) {
        return 0;
    }
    if (pread(file->backing, content, BLOCK, (off_t) block * BLOCK) < 0 ||
        pwrite(file->shadow, content, BLOCK, (off_t) block * BLOCK) != BLOCK) {
        return -errno;
    }
    return 0;
}

ssize_t cached_write(struct cached *file, const char *from, size_t size, off_t offset) {
    if (size == 0) {
        return 0;
    }
    size_t first = offset / BLOCK, last = (offset + size - 1) / BLOCK;
    int result = make_room(file, last + 1);
    if (result == 0 && offset % BLOCK != 0) {
        result = take_over(file, first);
    }
    if (result == 0 && (offset + size) % BLOCK != 0) {
        result = take_over(file, last);
    }
    if (result != 0) {
        return result;
    }
    off_t end = cached_size(file);
    if (pwrite(file->shadow, from, size, offset) != (ssize_t) size) {
        return -EIO;
    }
    for (size_t block = first; block <= last; block++) {
        file->dirty_blocks += !file->dirty[block];
        file->dirty[block] = 1;
    }
    file->size = (off_t) (offset + size) > end ? (off_t) (offset + size) : end;
    return size;
}

static int keep_run(struct cached *file, off_t from, off_t until) {
    static char buffer[1 << 20];
    while (from < until) {
        size_t size = until - from < (off_t) sizeof buffer ? (size_t) (until - from) : sizeof buffer;
        if (pread(file->shadow, buffer, size, from) < 0 || pwrite(file->backing, buffer, size, from) != (ssize_t) size) {
            return -EIO;
        }
        from += size;
    }
    return 0;
}

int cached_flush(struct cached *file) {
    off_t end = cached_size(file);
    for (size_t block = 0; block < file->blocks && file->dirty_blocks > 0;) {
        size_t first = block;
        while (is_dirty(file, block)) {
            block++;
        }
        if (block == first) {
            block++;
            continue;
        }
        off_t until = (off_t) block * BLOCK < end ? (off_t) block * BLOCK : end;
        if (keep_run(file, (off_t) first * BLOCK, until) != 0) {
            return -EIO;
        }
        memset(file->dirty + first, 0, block - first);
        file->dirty_blocks -= block - first;
    }
    if (ftruncate(file->shadow, 0) != 0 || fdatasync(file->backing) != 0) {
        return -errno;
    }
    return 0;
}

int cached_truncate(struct cached *file, off_t size) {
    int result = cached_flush(file);
    if (result != 0) {
        return result;
    }
    return ftruncate(file->backing, size) == 0 ? 0 : -errno;
}

void cached_flush_all(void) {
    for (struct cached *file = files; file != NULL; file = file->next) {
        cached_flush(file);
    }
}
