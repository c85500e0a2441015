/*
 * volatile-store SOURCE MOUNTPOINT: shows SOURCE at MOUNTPOINT, but what is written to a file is lost when this process
 * is killed, unless it was flushed (fsync, fdatasync, or a flush of a loop device over the file). So a host's power-off
 * finds the flush that somebody forgot. Names (create, rename, link, delete) are kept at once.
 *
 * A file FAULT (below) makes it fail on request; it holds one word:
 *   flush  every flush fails with EIO      write  every write fails with EIO      full  every write fails with ENOSPC
 */
#define _GNU_SOURCE
#define FUSE_USE_VERSION 31
#include "cache.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fuse.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/statvfs.h>
#include <unistd.h>

static const char FAULT[] = "/run/volatile-fault";

static int source;

static int answer(int result) { return result == 0 ? 0 : -errno; }

static const char *below(const char *path) { return path[1] == '\0' ? "." : path + 1; }

static int fault_is(const char *word) {
    char text[16] = {0};
    int file = open(FAULT, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return 0;
    }
    ssize_t length = read(file, text, sizeof text - 1);
    close(file);
    return length > 0 && strncmp(text, word, strlen(word)) == 0;
}

static struct cached *of(struct fuse_file_info *info) { return (struct cached *) (uintptr_t) info->fh; }

static int fs_getattr(const char *path, struct stat *status, struct fuse_file_info *info) {
    /* A file that was deleted while open has no path. */
    if ((path == NULL ? fstat(cached_descriptor(of(info)), status)
                      : fstatat(source, below(path), status, AT_SYMLINK_NOFOLLOW)) != 0) {
        return -errno;
    }
    struct cached *file = cached_of(status);
    if (file != NULL && S_ISREG(status->st_mode)) {
        status->st_size = cached_size(file);
    }
    return 0;
}

static int opened(int descriptor, struct fuse_file_info *info) {
    if (descriptor < 0) {
        return -errno;
    }
    struct cached *file = cached_open(descriptor);
    info->fh = (uintptr_t) file;
    return file == NULL ? -ENOMEM : 0;
}

/* Always for reading and writing: one descriptor serves every user, and a partial block is read before it is written. */
static int fs_open(const char *path, struct fuse_file_info *info) {
    int descriptor = openat(source, below(path), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    int result = opened(descriptor, info);
    return result == 0 && (info->flags & O_TRUNC) ? cached_truncate(of(info), 0) : result;
}

static int fs_create(const char *path, mode_t mode, struct fuse_file_info *info) {
    return opened(openat(source, below(path), O_RDWR | O_CREAT | O_CLOEXEC | (info->flags & (O_EXCL | O_TRUNC)), mode), info);
}

static int fs_release(const char *path, struct fuse_file_info *info) {
    (void) path;
    cached_close(of(info));
    return 0;
}

static int fs_read(const char *path, char *to, size_t size, off_t offset, struct fuse_file_info *info) {
    (void) path;
    return (int) cached_read(of(info), to, size, offset);
}

static int fs_write(const char *path, const char *from, size_t size, off_t offset, struct fuse_file_info *info) {
    (void) path;
    if (fault_is("write")) {
        return -EIO;
    }
    return fault_is("full") ? -ENOSPC : (int) cached_write(of(info), from, size, offset);
}

static int fs_fsync(const char *path, int data_only, struct fuse_file_info *info) {
    (void) path;
    (void) data_only;
    return fault_is("flush") ? -EIO : cached_flush(of(info));
}

static int fs_fsyncdir(const char *path, int data_only, struct fuse_file_info *info) {
    (void) path;
    (void) data_only;
    (void) info;
    return fault_is("flush") ? -EIO : answer(syncfs(source));
}

static int fs_truncate(const char *path, off_t size, struct fuse_file_info *info) {
    if (info != NULL) {
        return cached_truncate(of(info), size);
    }
    struct fuse_file_info own = {0};
    int result = fs_open(path, &own);
    if (result == 0) {
        result = cached_truncate(of(&own), size);
        fs_release(path, &own);
    }
    return result;
}

/* Allocation and discard go straight through; what was written before is flushed so that neither undoes the other. */
static int fs_fallocate(const char *path, int mode, off_t offset, off_t length, struct fuse_file_info *info) {
    (void) path;
    int result = cached_flush(of(info));
    return result != 0 ? result : answer(fallocate(cached_descriptor(of(info)), mode, offset, length));
}

static int fs_readdir(const char *path, void *list, fuse_fill_dir_t fill, off_t offset, struct fuse_file_info *info,
                      enum fuse_readdir_flags flags) {
    (void) offset;
    (void) info;
    (void) flags;
    int descriptor = openat(source, below(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *folder = descriptor < 0 ? NULL : fdopendir(descriptor);
    if (folder == NULL) {
        return -errno;
    }
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        fill(list, entry->d_name, NULL, 0, 0);
    }
    closedir(folder);
    return 0;
}

static int fs_readlink(const char *path, char *to, size_t size) {
    ssize_t length = readlinkat(source, below(path), to, size - 1);
    if (length < 0) {
        return -errno;
    }
    to[length] = '\0';
    return 0;
}

static int fs_mkdir(const char *path, mode_t mode) { return answer(mkdirat(source, below(path), mode)); }
static int fs_unlink(const char *path) { return answer(unlinkat(source, below(path), 0)); }
static int fs_rmdir(const char *path) { return answer(unlinkat(source, below(path), AT_REMOVEDIR)); }
static int fs_symlink(const char *target, const char *path) { return answer(symlinkat(target, source, below(path))); }

static int fs_rename(const char *from, const char *to, unsigned flags) {
    return answer(renameat2(source, below(from), source, below(to), flags));
}

static int fs_link(const char *from, const char *to) {
    return answer(linkat(source, below(from), source, below(to), 0));
}

static int fs_chmod(const char *path, mode_t mode, struct fuse_file_info *info) {
    (void) info;
    return answer(fchmodat(source, below(path), mode, 0));
}

static int fs_chown(const char *path, uid_t user, gid_t group, struct fuse_file_info *info) {
    (void) info;
    return answer(fchownat(source, below(path), user, group, AT_SYMLINK_NOFOLLOW));
}

static int fs_utimens(const char *path, const struct timespec times[2], struct fuse_file_info *info) {
    (void) info;
    return answer(utimensat(source, below(path), times, AT_SYMLINK_NOFOLLOW));
}

static int fs_statfs(const char *path, struct statvfs *status) {
    (void) path;
    return answer(fstatvfs(source, status));
}

/* hard_remove: a file deleted while open must not leave a hidden name that every host would see. */
static void *fs_init(struct fuse_conn_info *connection, struct fuse_config *config) {
    (void) connection;
    config->use_ino = 1;
    config->hard_remove = 1;
    config->attr_timeout = config->entry_timeout = config->negative_timeout = 0;
    return NULL;
}

static void fs_destroy(void *data) {
    (void) data;
    cached_flush_all();
}

int main(int count, char **arguments) {
    static const struct fuse_operations operations = {
        .getattr = fs_getattr, .open = fs_open, .create = fs_create, .release = fs_release, .read = fs_read,
        .write = fs_write, .fsync = fs_fsync, .fsyncdir = fs_fsyncdir, .truncate = fs_truncate,
        .fallocate = fs_fallocate, .readdir = fs_readdir, .readlink = fs_readlink, .mkdir = fs_mkdir,
        .unlink = fs_unlink, .rmdir = fs_rmdir, .symlink = fs_symlink, .rename = fs_rename, .link = fs_link,
        .chmod = fs_chmod, .chown = fs_chown, .utimens = fs_utimens, .statfs = fs_statfs, .init = fs_init,
        .destroy = fs_destroy};
    if (count != 3) {
        fputs("usage: volatile-store SOURCE MOUNTPOINT\n", stderr);
        return 2;
    }
    source = open(arguments[1], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (source < 0) {
        perror(arguments[1]);
        return 1;
    }
    umask(0);
    /* One thread: the cache needs no locks, and the lab's storage needn't be fast. */
    char *options[] = {arguments[0], "-s", "-o", "allow_other,default_permissions,fsname=volatile", arguments[2], NULL};
    return fuse_main(5, options, &operations, NULL);
}
