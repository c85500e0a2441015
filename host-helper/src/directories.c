/* VM directories: which one a disk is in, what is in it, and its ways out of and back into its place. */
#include "commands.h"
#include "directories.h"
#include "durable.h"
#include "folders.h"
#include "report.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

static bool is_own(const char *name)
{
    return strncmp(name, OWN_PREFIX, strlen(OWN_PREFIX)) == 0;
}

/* The part of path below folder, both without links and dots; NULL when it isn't below. */
static const char *below(const char *folder, const char *path)
{
    size_t length = strcmp(folder, "/") == 0 ? 0 : strlen(folder);

    return strncmp(path, folder, length) == 0 && path[length] == '/' ? path + length + 1 : NULL;
}

static void print_words(const char *word, const char *name, const char *target)
{
    printf("%s ", word);
    print_escaped(name);
    putchar(' ');
    print_escaped(target);
    putchar('\n');
}

/* base is in the VM directory; where what it stands for is, is another question. */
static int print_place(const char *folder, char *name, const char *parent, const char *base)
{
    char path[PATH_MAX + NAME_MAX + 2], directory[PATH_MAX + NAME_MAX + 2], real[PATH_MAX];
    char *slash = strchr(name, '/');

    if (slash != NULL)
        *slash = '\0';
    if (is_own(name)) {
        puts("loose");
        return EXIT_DONE;
    }
    snprintf(path, sizeof path, "%s/%s", parent, base);
    snprintf(directory, sizeof directory, "%s/%s", folder, name);
    if (realpath(path, real) == NULL)
        return fail_errno("%s", path);
    if (below(directory, real) != NULL)
        print_words("inside", name, below(directory, real));
    else
        print_words("linked", name, real);
    return EXIT_DONE;
}

int directory_place(int argc, char **argv)
{
    char folder[PATH_MAX], parent[PATH_MAX], above[PATH_LIMIT], name[PATH_MAX];
    const char *source = argv[2], *rest;

    (void)argc;
    if (source[0] != '/' || folder_of(source, above) < 0)
        return fail(EXIT_USAGE, "usage", "directory-place FOLDER SOURCE: absolute paths");
    if (realpath(argv[1], folder) == NULL) {
        if (errno != ENOENT)
            return fail(EXIT_OTHER, "error", "%s: %s", argv[1], strerror(errno));
        puts("outside");
        return EXIT_DONE;
    }
    if (realpath(above, parent) == NULL)
        return fail_errno("%s", above);
    if (strcmp(parent, folder) == 0) {
        puts("loose");
        return EXIT_DONE;
    }
    rest = below(folder, parent);
    if (rest == NULL) {
        puts("outside");
        return EXIT_DONE;
    }
    strcpy(name, rest);
    return print_place(folder, name, parent, strrchr(source, '/') + 1);
}

static int not_a_folder(const char *path)
{
    return errno == ENOTDIR || errno == ELOOP ? fail(EXIT_OTHER, "not-a-folder", "%s", path) : fail_errno("%s", path);
}

/* Device and inode are the same for two hosts that are one; the kind of file system for two that mount the same. */
int directory_look(int argc, char **argv)
{
    struct stat status;
    struct statfs file_system;
    int fd = open(argv[1], O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

    (void)argc;
    if (fd < 0)
        return not_a_folder(argv[1]);
    if (fstat(fd, &status) < 0 || fstatfs(fd, &file_system) < 0)
        return fail_errno("%s", argv[1]);
    printf("%llu:%llu %llx\n", (unsigned long long)status.st_dev, (unsigned long long)status.st_ino,
           (unsigned long long)(unsigned int)file_system.f_type);
    close(fd);
    return EXIT_DONE;
}

/* Opened and not only looked up: a network file system then asks anew. All in the folder as it was found first, so that one
 * that isn't there can't look as if nothing were in it. */
int directory_there(int argc, char **argv)
{
    int folder = open(argv[1], O_RDONLY | O_DIRECTORY | O_CLOEXEC), result = EXIT_DONE;

    if (folder < 0)
        return not_a_folder(argv[1]);
    for (int i = 2; i < argc && result == EXIT_DONE; i++) {
        int fd = openat(folder, argv[i], O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

        if (fd < 0 && errno != ENOENT)
            result = not_a_folder(argv[i]);
        else
            puts(fd < 0 ? "absent" : "there");
        if (fd >= 0)
            close(fd);
    }
    close(folder);
    return result;
}

struct sum {
    long long files, bytes, allocated;
    const char *path;
};

static int add_up(void *context, int folder, const char *name, const struct stat *status)
{
    struct sum *sum = context;
    const char *special = special_kind(status);

    (void)folder;
    if (special != NULL)
        return fail(EXIT_SPECIAL, "special", "%s has %s in it: %s", sum->path, special, name);
    sum->files++;
    if (S_ISREG(status->st_mode)) {
        sum->bytes += status->st_size;
        sum->allocated += status->st_blocks * 512LL;
    }
    return EXIT_DONE;
}

int directory_size(int argc, char **argv)
{
    struct sum sum = {.path = argv[1]};
    struct visitor visitor = {.context = &sum, .other = add_up};
    int fd = open_folder(AT_FDCWD, argv[1]);
    int result;

    (void)argc;
    if (fd < 0)
        return fail_errno("%s", argv[1]);
    result = walk_folder(fd, argv[1], &visitor);
    close(fd);
    if (result == EXIT_DONE)
        printf("%lld %lld %lld\n", sum.files, sum.bytes, sum.allocated);
    return result;
}

static int kind_of(const char *path, mode_t *kind)
{
    struct stat status;

    *kind = 0;
    if (lstat(path, &status) < 0)
        return errno == ENOENT ? 0 : -1;
    *kind = status.st_mode & S_IFMT;
    return 0;
}

/* rename(2) of a folder replaces an empty folder, which is no loss, and nothing else. */
int rename_folder(const char *from, const char *to)
{
    mode_t source, target;

    if (kind_of(from, &source) < 0)
        return fail_errno("%s", from);
    if (kind_of(to, &target) < 0)
        return fail_errno("%s", to);
    if (source == 0 && target == 0)
        return fail(EXIT_ABSENT, "absent", "%s", from);
    if (source != 0 && source != S_IFDIR)
        return fail(EXIT_OTHER, "not-a-folder", "%s", from);
    if (source == 0 && target != S_IFDIR)
        return fail(EXIT_OTHER, "not-a-folder", "%s", to);
    if (source != 0 && rename(from, to) < 0) {
        if (errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR)
            return fail(EXIT_OCCUPIED, "exists", "%s", to);
        return fail_errno("%s", from);
    }
    /* Also when it was done before: whoever did it may have lost power before this. */
    if (sync_folder_of(to) < 0 || sync_folder_of(from) < 0)
        return fail_errno("folder of %s", to);
    return EXIT_DONE;
}

int directory_rename(int argc, char **argv)
{
    (void)argc;
    return rename_folder(argv[1], argv[2]);
}

static int remove_other(void *context, int folder, const char *name, const struct stat *status)
{
    (void)context;
    (void)status;
    return unlinkat(folder, name, 0) == 0 || errno == ENOENT ? EXIT_DONE : fail_errno("%s", name);
}

static int remove_emptied(void *context, int folder, const char *name, const struct stat *status)
{
    (void)context;
    (void)status;
    return unlinkat(folder, name, AT_REMOVEDIR) == 0 || errno == ENOENT ? EXIT_DONE : fail_errno("%s", name);
}

int remove_folder(const char *path)
{
    static const struct visitor only_look = {0};
    static const struct visitor remover = {.other = remove_other, .leave = remove_emptied};
    int fd = open_folder(AT_FDCWD, path);
    int result;

    if (fd < 0 && errno != ENOENT)
        return fail_errno("%s", path);
    if (fd >= 0) {
        /* A mount somewhere in it ends the walk: that must be before anything is gone. */
        result = walk_folder(fd, path, &only_look);
        if (result == EXIT_DONE)
            result = walk_folder(fd, path, &remover);
        close(fd);
        if (result != EXIT_DONE)
            return result;
        if (rmdir(path) < 0 && errno != ENOENT)
            return fail_errno("%s", path);
    }
    return sync_folder_of(path) == 0 || errno == ENOENT ? EXIT_DONE : fail_errno("folder of %s", path);
}

/* Only what Berth itself has put aside or was making, whatever the front-end says. */
int directory_remove(int argc, char **argv)
{
    const char *slash = strrchr(argv[1], '/');

    (void)argc;
    if (argv[1][0] != '/' || !is_own(slash + 1))
        return fail(EXIT_REFUSED, "refused", "%s isn't a folder of Berth's own", argv[1]);
    return remove_folder(argv[1]);
}
