#include "durable.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int folder_of(const char *path, char *folder)
{
    const char *slash = strrchr(path, '/');
    size_t length;

    if (slash == NULL) {
        errno = EINVAL;
        return -1;
    }
    length = slash == path ? 1 : (size_t)(slash - path);
    if (length >= PATH_LIMIT) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(folder, path, length);
    folder[length] = '\0';
    return 0;
}

int sync_folder_of(const char *path)
{
    char folder[PATH_LIMIT];
    int fd, result, error;

    if (folder_of(path, folder) < 0)
        return -1;
    fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    result = fsync(fd);
    error = errno;
    close(fd);
    errno = error;
    /* Some network file systems know no fsync of a folder: their names are durable when the call returns. */
    return result < 0 && error != EINVAL ? -1 : 0;
}

int make_folders(const char *path)
{
    char part[PATH_LIMIT];
    struct stat status;

    if (path[0] != '/' || strlen(path) >= sizeof part) {
        errno = path[0] != '/' ? EINVAL : ENAMETOOLONG;
        return -1;
    }
    for (const char *at = path + 1;; at++) {
        if (*at != '/' && *at != '\0')
            continue;
        memcpy(part, path, at - path);
        part[at - path] = '\0';
        if (mkdir(part, 0755) == 0) {
            if (sync_folder_of(part) < 0)
                return -1;
        } else if (errno != EEXIST) {
            return -1;
        }
        if (*at == '\0')
            break;
    }
    if (stat(path, &status) < 0)
        return -1;
    errno = ENOTDIR;
    return S_ISDIR(status.st_mode) ? 0 : -1;
}

int write_all(int fd, const void *bytes, size_t length)
{
    while (length > 0) {
        ssize_t count = write(fd, bytes, length);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return -1;
        bytes = (const char *)bytes + count;
        length -= count;
    }
    return 0;
}

long read_all(int fd, char *bytes, size_t limit)
{
    size_t used = 0;
    char beyond;

    while (used < limit) {
        ssize_t count = read(fd, bytes + used, limit - used);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return -1;
        if (count == 0)
            break;
        used += count;
    }
    bytes[used] = '\0';
    if (used == limit && read(fd, &beyond, 1) == 1) {
        errno = EFBIG;
        return -1;
    }
    return (long)used;
}

int write_beside(const char *path, const void *bytes, size_t length, char *name)
{
    char folder[PATH_LIMIT];
    int fd, error;

    if (folder_of(path, folder) < 0)
        return -1;
    if (snprintf(name, PATH_LIMIT, "%s/.berth-tmp-XXXXXX", folder) >= PATH_LIMIT) {
        errno = ENAMETOOLONG;
        return -1;
    }
    fd = mkostemp(name, O_CLOEXEC);
    if (fd < 0)
        return -1;
    if (write_all(fd, bytes, length) == 0 && fsync(fd) == 0 && close(fd) == 0)
        return 0;
    error = errno;
    close(fd);
    unlink(name);
    errno = error;
    return -1;
}

int replace_file(const char *path, const void *bytes, size_t length)
{
    char name[PATH_LIMIT];
    int error;

    if (write_beside(path, bytes, length, name) < 0)
        return -1;
    if (rename(name, path) == 0)
        return sync_folder_of(path);
    error = errno;
    unlink(name);
    errno = error;
    return -1;
}
