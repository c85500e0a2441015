#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "image_target.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static bool failed(const struct image_target *target, const char *what, int error, struct stream_failure *failure) {
    switch (error) {
    case ENOSPC:
    case EFBIG:
    case EDQUOT:
        return stream_fail(failure, STREAM_FULL, "full: no space left on %s", target->path);
    case EROFS:
        return stream_fail(failure, STREAM_READ_ONLY, "read-only: %s can't be written", target->path);
    case EBUSY:
        return stream_fail(failure, STREAM_OCCUPIED, "occupied: %s is mounted or claimed by another program",
                target->path);
    default:
        return stream_fail(failure, STREAM_IO, "io: %s %s: %s", what, target->path, strerror(error));
    }
}

static bool measure(struct image_target *target, struct stream_failure *failure) {
    struct stat status;
    if (fstat(target->file, &status) != 0) {
        return failed(target, "looking at", errno, failure);
    }
    if (S_ISBLK(status.st_mode)) {
        int block;
        int read_only;
        if (ioctl(target->file, BLKGETSIZE64, &target->size) != 0 || ioctl(target->file, BLKSSZGET, &block) != 0
                || ioctl(target->file, BLKROGET, &read_only) != 0) {
            return failed(target, "measuring", errno, failure);
        }
        /* A device that was made read-only after it was set up can still be opened for writing. */
        if (read_only) {
            return failed(target, "opening", EROFS, failure);
        }
        target->block = (size_t) block;
        return true;
    }
    if (!S_ISREG(status.st_mode)) {
        return stream_fail(failure, STREAM_IO, "io: %s is neither a block device nor a file", target->path);
    }
    target->block = IMAGE_ALIGNMENT;
    target->size = UINT64_MAX;
    return true;
}

/* O_EXCL claims a block device against mounts and other claimers; on a file without O_CREAT it means nothing. */
static bool open_file(struct image_target *target, struct stream_failure *failure) {
    int flags = O_RDWR | O_CLOEXEC | O_EXCL;
    target->file = atomic_load(&target->direct) ? open(target->path, flags | O_DIRECT) : -1;
    if (target->file < 0 && (!atomic_load(&target->direct) || errno == EINVAL)) {
        atomic_store(&target->direct, false);
        target->file = open(target->path, flags);
    }
    return target->file >= 0 || failed(target, "opening", errno, failure);
}

/* Direct reads need an aligned place, so the head is read into image memory. */
static bool refuse_complete_image(struct image_target *target, struct stream_failure *failure) {
    char *head = image_memory(IMAGE_ALIGNMENT);
    if (head == NULL) {
        return failed(target, "reading", ENOMEM, failure);
    }
    ssize_t got = pread(target->file, head, IMAGE_ALIGNMENT, 0);
    if (got < 0 && errno == EINVAL && atomic_exchange(&target->direct, false)) {
        fcntl(target->file, F_SETFL, 0);
        got = pread(target->file, head, IMAGE_ALIGNMENT, 0);
    }
    if (got < 0) {
        return failed(target, "reading", errno, failure);
    }
    return memcmp(head, IMAGE_MAGIC_COMPLETE, IMAGE_MAGIC_LENGTH) != 0
            || stream_fail(failure, STREAM_OCCUPIED,
                    "exists: %s holds a complete image; clear it first if it isn't wanted", target->path);
}

bool image_target_open(struct image_target *target, const char *path, bool direct, struct stream_failure *failure) {
    target->path = path;
    atomic_init(&target->direct, direct);
    if (!open_file(target, failure)) {
        return false;
    }
    if (!measure(target, failure) || !refuse_complete_image(target, failure)) {
        image_target_close(target);
        return false;
    }
    return true;
}

bool image_target_write(struct image_target *target, const void *data, size_t length, uint64_t offset,
        struct stream_failure *failure) {
    const char *at = data;
    bool through_cache = false;
    while (length > 0) {
        ssize_t written = pwrite(target->file, at, length, (off_t) offset);
        if (written > 0) {
            at += written;
            length -= (size_t) written;
            offset += (uint64_t) written;
        } else if (written == 0) {
            return failed(target, "writing", ENOSPC, failure);
        } else if (errno == EINVAL && !through_cache) {
            /* Some file systems take the flag and refuse the write: go on through the cache. */
            through_cache = true;
            atomic_store(&target->direct, false);
            fcntl(target->file, F_SETFL, 0);
        } else if (errno != EINTR) {
            return failed(target, "writing", errno, failure);
        }
    }
    return true;
}

bool image_target_flush(struct image_target *target, struct stream_failure *failure) {
    return fdatasync(target->file) == 0 || failed(target, "flushing", errno, failure);
}

void image_target_close(struct image_target *target) {
    close(target->file);
    target->file = -1;
}

void *image_memory(size_t length) {
    void *memory = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        return NULL;
    }
    madvise(memory, length, MADV_HUGEPAGE);
    return memory;
}
