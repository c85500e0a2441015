#include "folders.h"

#include "durable.h"
#include "report.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int open_folder(int parent, const char *name)
{
    return openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

const char *special_kind(const struct stat *status)
{
    switch (status->st_mode & S_IFMT) {
    case S_IFREG:
    case S_IFLNK:
    case S_IFDIR:
        return NULL;
    case S_IFSOCK:
        return "a socket";
    case S_IFIFO:
        return "a pipe";
    default:
        return "a device";
    }
}

static int by_name(const void *one, const void *other)
{
    return strcmp(*(char *const *)one, *(char *const *)other);
}

struct names {
    char **name;
    size_t count;
};

static void free_names(struct names *names)
{
    for (size_t i = 0; i < names->count; i++)
        free(names->name[i]);
    free(names->name);
}

/* All at once, so that what the visitor removes or adds meanwhile doesn't disturb the reading. */
static int read_names(int folder, struct names *names)
{
    int fd = dup(folder);
    DIR *stream = fd < 0 ? NULL : fdopendir(fd);
    struct dirent *entry;
    size_t room = 0;

    names->name = NULL;
    names->count = 0;
    if (stream == NULL)
        return -1;
    rewinddir(stream);
    errno = 0;
    while ((entry = readdir(stream)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (names->count == room) {
            char **more = realloc(names->name, (room = room * 2 + 16) * sizeof *more);
            if (more == NULL)
                break;
            names->name = more;
        }
        names->name[names->count] = strdup(entry->d_name);
        if (names->name[names->count] == NULL)
            break;
        names->count++;
        errno = 0;
    }
    if (errno != 0) {
        int error = errno;
        closedir(stream);
        free_names(names);
        errno = error;
        return -1;
    }
    closedir(stream);
    qsort(names->name, names->count, sizeof *names->name, by_name);
    return 0;
}

struct walk {
    const struct visitor *visitor;
    dev_t device;
    int depth;
};

static int call(int (*visit)(void *, int, const char *, const struct stat *), const struct walk *walk, int folder,
                const char *name, const struct stat *status)
{
    return visit == NULL ? EXIT_DONE : visit(walk->visitor->context, folder, name, status);
}

static int walk_into(struct walk *walk, int folder, const char *path);

static int walk_below(struct walk *walk, int folder, const char *path, const char *name, const struct stat *status)
{
    char below[PATH_LIMIT];
    int fd, result;

    if (status->st_dev != walk->device)
        return fail(EXIT_BUSY, "busy", "%s/%s is a mount of its own", path, name);
    if (walk->depth >= FOLDER_DEPTH || snprintf(below, sizeof below, "%s/%s", path, name) >= (int)sizeof below)
        return fail(EXIT_OTHER, "too-deep", "%s/%s", path, name);
    fd = open_folder(folder, name);
    if (fd < 0)
        return fail_errno("%s", below);
    result = call(walk->visitor->enter, walk, folder, name, status);
    walk->depth++;
    if (result == EXIT_DONE)
        result = walk_into(walk, fd, below);
    walk->depth--;
    close(fd);
    return result == EXIT_DONE ? call(walk->visitor->leave, walk, folder, name, status) : result;
}

static int walk_into(struct walk *walk, int folder, const char *path)
{
    struct names names;
    int result = EXIT_DONE;

    if (read_names(folder, &names) < 0)
        return fail_errno("%s", path);
    for (size_t i = 0; result == EXIT_DONE && i < names.count; i++) {
        struct stat status;

        if (fstatat(folder, names.name[i], &status, AT_SYMLINK_NOFOLLOW) < 0)
            result = fail_errno("%s/%s", path, names.name[i]);
        else if (S_ISDIR(status.st_mode))
            result = walk_below(walk, folder, path, names.name[i], &status);
        else
            result = call(walk->visitor->other, walk, folder, names.name[i], &status);
    }
    free_names(&names);
    return result;
}

int walk_folder(int folder, const char *path, const struct visitor *visitor)
{
    struct walk walk = {.visitor = visitor};
    struct stat status;

    if (fstat(folder, &status) < 0)
        return fail_errno("%s", path);
    walk.device = status.st_dev;
    return walk_into(&walk, folder, path);
}

void print_escaped(const char *name)
{
    for (; *name != '\0'; name++) {
        unsigned char byte = (unsigned char)*name;
        if (byte <= ' ' || byte > '~' || byte == '\\')
            printf("\\x%02x", byte);
        else
            putchar(byte);
    }
}
