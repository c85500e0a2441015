/* Symbolic links at places where somebody else's file may be: nothing but a link is ever replaced or removed. */
#include "commands.h"
#include "durable.h"
#include "report.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int occupied(const char *path)
{
    return fail(EXIT_OCCUPIED, "occupied", "%s is there and is no symbolic link", path);
}

/* The new link takes the old one's place at once, so that a reader finds the one or the other. Only called when path
 * was seen to be a link: rename would replace anybody's file as readily. */
static int replace_link(const char *path, const char *target)
{
    char name[PATH_LIMIT], folder[PATH_LIMIT];

    if (folder_of(path, folder) < 0 ||
        snprintf(name, sizeof name, "%s/.berth-link-%ld", folder, (long)getpid()) >= (int)sizeof name)
        return fail(EXIT_USAGE, "usage", "%s is too long", path);
    unlink(name);
    if (symlink(target, name) < 0)
        return fail_errno("%s", path);
    if (rename(name, path) < 0) {
        int result = fail_errno("%s", path);
        unlink(name);
        return result;
    }
    return EXIT_DONE;
}

int links_make(int argc, char **argv)
{
    const char *path = argv[1], *target = argv[2];
    char folder[PATH_LIMIT];
    struct stat status;
    int result = EXIT_DONE;

    (void)argc;
    if (path[0] != '/' || folder_of(path, folder) < 0)
        return fail(EXIT_USAGE, "usage", "link PATH TARGET: the path has to begin with /");
    if (make_folders(folder) < 0)
        return fail_errno("%s", folder);
    if (symlink(target, path) < 0) {
        if (errno != EEXIST)
            return fail_errno("%s", path);
        if (lstat(path, &status) < 0)
            return fail_errno("%s", path);
        result = S_ISLNK(status.st_mode) ? replace_link(path, target) : occupied(path);
    }
    if (result == EXIT_DONE && sync_folder_of(path) < 0)
        return fail_errno("%s", folder);
    return result;
}

int links_remove(int argc, char **argv)
{
    const char *path = argv[1];
    char folder[PATH_LIMIT];
    struct stat status;

    (void)argc;
    if (path[0] != '/' || folder_of(path, folder) < 0)
        return fail(EXIT_USAGE, "usage", "unlink PATH: the path has to begin with /");
    if (lstat(path, &status) < 0) {
        if (errno != ENOENT && errno != ENOTDIR)
            return fail_errno("%s", path);
    } else if (!S_ISLNK(status.st_mode)) {
        return EXIT_DONE;
    } else if (unlink(path) < 0 && errno != ENOENT) {
        return fail_errno("%s", path);
    }
    if (rmdir(folder) == 0)
        return sync_folder_of(folder) == 0 ? EXIT_DONE : fail_errno("folder of %s", folder);
    if (errno != ENOENT && errno != ENOTDIR && sync_folder_of(path) < 0)
        return fail_errno("%s", folder);
    return EXIT_DONE;
}

int links_read(int argc, char **argv)
{
    char target[PATH_LIMIT];
    ssize_t length = readlink(argv[1], target, sizeof target - 1);

    (void)argc;
    if (length < 0)
        return errno == EINVAL ? fail(EXIT_ABSENT, "absent", "%s is no symbolic link", argv[1])
                               : fail_errno("%s", argv[1]);
    target[length] = '\0';
    printf("%s\n", target);
    return EXIT_DONE;
}
