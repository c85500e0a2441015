/* Small files whose creation, content or absence has to survive a power failure. */
#include "commands.h"
#include "durable.h"
#include "report.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CONTENT_LIMIT = 16 * 1024 * 1024, GATHER_LIMIT = 64 * 1024 };

static char *read_content(int fd, long *length, size_t limit)
{
    char *content = malloc(limit + 1);

    if (content == NULL)
        return NULL;
    *length = read_all(fd, content, limit);
    if (*length >= 0)
        return content;
    free(content);
    return NULL;
}

/* link(2) and not rename(2): it fails when the name is taken, so of two that race exactly one wins. */
int files_create_once(int argc, char **argv)
{
    char name[PATH_LIMIT];
    long length;
    char *content = read_content(STDIN_FILENO, &length, CONTENT_LIMIT);
    int result;

    (void)argc;
    if (content == NULL)
        return fail_errno("content of %s", argv[1]);
    if (write_beside(argv[1], content, length, name) < 0)
        return fail_errno("%s", argv[1]);
    result = link(name, argv[1]) == 0 ? EXIT_DONE : fail_errno("%s", argv[1]);
    unlink(name);
    if (result == EXIT_DONE && sync_folder_of(argv[1]) < 0)
        return fail_errno("folder of %s", argv[1]);
    return result;
}

int files_replace(int argc, char **argv)
{
    long length;
    char *content = read_content(STDIN_FILENO, &length, CONTENT_LIMIT);

    (void)argc;
    if (content == NULL)
        return fail_errno("content of %s", argv[1]);
    return replace_file(argv[1], content, length) == 0 ? EXIT_DONE : fail_errno("%s", argv[1]);
}

static int remove_one(const char *path)
{
    if (unlink(path) < 0 && errno != ENOENT)
        return fail_errno("%s", path);
    /* Also when it was gone already: the one who removed it may have lost power before this. */
    if (sync_folder_of(path) < 0 && errno != ENOENT)
        return fail_errno("folder of %s", path);
    return EXIT_DONE;
}

/* In the order in which they are given, up to the first that can't be. */
int files_remove(int argc, char **argv)
{
    int result = EXIT_DONE;

    for (int i = 1; i < argc && result == EXIT_DONE; i++)
        result = remove_one(argv[i]);
    return result;
}

int files_read(int argc, char **argv)
{
    int fd = open(argv[1], O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    char bytes[65536];
    ssize_t count;

    (void)argc;
    if (fd < 0)
        return fail_errno("%s", argv[1]);
    while ((count = read(fd, bytes, sizeof bytes)) > 0)
        fwrite(bytes, 1, count, stdout);
    return count < 0 ? fail_errno("%s", argv[1]) : EXIT_DONE;
}

int files_make_folder(int argc, char **argv)
{
    (void)argc;
    return make_folders(argv[1]) == 0 ? EXIT_DONE : fail_errno("%s", argv[1]);
}

static bool ends_with_one_of(const char *name, char **suffixes)
{
    for (; *suffixes != NULL; suffixes++) {
        size_t length = strlen(*suffixes);
        if (strlen(name) >= length && strcmp(name + strlen(name) - length, *suffixes) == 0)
            return true;
    }
    return false;
}

/* A file that vanishes or grows while this looks is left out: its owner is at work on it. */
static void gather_one(int folder, const char *name)
{
    int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    struct stat status;
    char *content;
    long length;

    if (fd < 0)
        return;
    if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_size <= GATHER_LIMIT) {
        content = read_content(fd, &length, GATHER_LIMIT);
        if (content != NULL) {
            printf("%s %ld\n", name, length);
            fwrite(content, 1, length, stdout);
            putchar('\n');
            free(content);
        }
    }
    close(fd);
}

/* A name with a newline would break the lines of the answer; nothing of Berth's has one. */
static bool one_line(const char *name)
{
    return strchr(name, '\n') == NULL;
}

int files_gather(int argc, char **argv)
{
    DIR *folder = opendir(argv[1]);
    struct dirent *entry;

    (void)argc;
    if (folder == NULL)
        return fail_errno("%s", argv[1]);
    while ((entry = readdir(folder)) != NULL) {
        if (one_line(entry->d_name) && ends_with_one_of(entry->d_name, argv + 2))
            gather_one(dirfd(folder), entry->d_name);
    }
    closedir(folder);
    return EXIT_DONE;
}

int files_list(int argc, char **argv)
{
    DIR *folder = opendir(argv[1]);
    struct dirent *entry;
    struct stat status;

    (void)argc;
    if (folder == NULL)
        return fail_errno("%s", argv[1]);
    while ((entry = readdir(folder)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 || !one_line(entry->d_name))
            continue;
        if (fstatat(dirfd(folder), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(status.st_mode))
            printf("%s %lld %lld\n", entry->d_name, (long long)status.st_size, (long long)status.st_blocks * 512);
    }
    closedir(folder);
    return EXIT_DONE;
}
