/* directory-copy-state, directory-copy-place, directory-copy-drop, directory-copy-forget. */
#include "directory_copy.h"

#include "commands.h"
#include "directories.h"
#include "names.h"
#include "report.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* A receiver that lost its sender gives up after a minute. */
enum { LOCK_SECONDS = 75 };

static bool valid_name(const char *name)
{
    return name[0] != '\0' && strchr(name, '/') == NULL && strcmp(name, ".") != 0 && strcmp(name, "..") != 0 &&
           strncmp(name, OWN_PREFIX, strlen(OWN_PREFIX)) != 0;
}

int copy_paths_of(struct copy_paths *paths, const char *folder, const char *operation, const char *name)
{
    if (folder[0] != '/' || !valid_operation(operation) || !valid_name(name))
        return fail(EXIT_USAGE, "usage", "no folder, operation or name: %s %s %s", folder, operation, name);
    if (snprintf(paths->work, PATH_LIMIT, "%s/" OWN_PREFIX "copy-%s.%s", folder, operation, name) >= PATH_LIMIT ||
        snprintf(paths->place, PATH_LIMIT, "%s/%s", folder, name) >= PATH_LIMIT ||
        snprintf(paths->lock, PATH_LIMIT, "%s/lock", paths->work) >= PATH_LIMIT ||
        snprintf(paths->tree, PATH_LIMIT, "%s/tree", paths->work) >= PATH_LIMIT ||
        snprintf(paths->complete, PATH_LIMIT, "%s/complete", paths->work) >= PATH_LIMIT)
        return fail(EXIT_USAGE, "usage", "%s is too long", paths->work);
    return EXIT_DONE;
}

/* 1 there, 0 not, -1 with errno. */
static int there(const char *path)
{
    struct stat status;

    if (lstat(path, &status) == 0)
        return 1;
    return errno == ENOENT ? 0 : -1;
}

enum copy_state copy_state_of(const struct copy_paths *paths)
{
    int work = there(paths->work), complete = there(paths->complete), tree = there(paths->tree);

    if (work < 0 || complete < 0 || tree < 0)
        return COPY_UNKNOWN;
    if (work == 0)
        return COPY_NONE;
    if (complete == 0)
        return COPY_PARTIAL;
    return tree ? COPY_WHOLE : COPY_PLACED;
}

int copy_lock(const struct copy_paths *paths, int seconds, void (*waiting)(void *context), void *context)
{
    int fd = open(paths->lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

    if (fd < 0)
        return -1;
    for (int tries = 0; flock(fd, LOCK_EX | LOCK_NB) < 0; tries++) {
        if (errno != EWOULDBLOCK || tries >= seconds * 10) {
            close(fd);
            return -1;
        }
        if (waiting != NULL)
            waiting(context);
        nanosleep(&(struct timespec){0, 100 * 1000 * 1000}, NULL);
    }
    return fd;
}

int directory_copy_state(int argc, char **argv)
{
    static const char *const words[] = {"none", "partial", "whole", "placed"};
    struct copy_paths paths;
    enum copy_state state;
    int result = copy_paths_of(&paths, argv[1], argv[2], argv[3]);

    (void)argc;
    if (result != EXIT_DONE)
        return result;
    state = copy_state_of(&paths);
    if (state == COPY_UNKNOWN)
        return fail_errno("%s", paths.work);
    puts(words[state]);
    return EXIT_DONE;
}

int directory_copy_place(int argc, char **argv)
{
    struct copy_paths paths;
    int result = copy_paths_of(&paths, argv[1], argv[2], argv[3]);

    (void)argc;
    if (result != EXIT_DONE)
        return result;
    switch (copy_state_of(&paths)) {
    case COPY_WHOLE:
    case COPY_PLACED:
        return rename_folder(paths.tree, paths.place);
    case COPY_NONE:
    case COPY_PARTIAL:
        return fail(EXIT_SHORT, "short", "%s isn't whole", paths.work);
    case COPY_UNKNOWN:
        break;
    }
    return fail_errno("%s", paths.work);
}

/* "complete" goes while the tree is back in here: a tree that is missing must never look as if it had been given its
 * place. */
static int take_back(const struct copy_paths *paths)
{
    int placed = copy_state_of(paths) == COPY_PLACED ? there(paths->place) : 0;

    if (placed < 0)
        return fail_errno("%s", paths->place);
    if (placed > 0) {
        int result = rename_folder(paths->place, paths->tree);
        if (result != EXIT_DONE)
            return result;
    }
    if (unlink(paths->complete) < 0 && errno != ENOENT)
        return fail_errno("%s", paths->complete);
    if (sync_folder_of(paths->complete) < 0)
        return fail_errno("%s", paths->work);
    return remove_folder(paths->work);
}

int directory_copy_drop(int argc, char **argv)
{
    struct copy_paths paths;
    int result = copy_paths_of(&paths, argv[1], argv[2], argv[3]), lock;

    (void)argc;
    if (result != EXIT_DONE)
        return result;
    lock = copy_lock(&paths, LOCK_SECONDS, NULL, NULL);
    if (lock < 0 && errno == ENOENT)
        return sync_folder_of(paths.work) == 0 || errno == ENOENT ? EXIT_DONE : fail_errno("%s", argv[1]);
    if (lock < 0)
        return errno == EWOULDBLOCK ? fail(EXIT_BUSY, "busy", "%s is still being written", paths.work)
                                    : fail_errno("%s", paths.lock);
    result = take_back(&paths);
    close(lock);
    return result;
}

int directory_copy_forget(int argc, char **argv)
{
    struct copy_paths paths;
    int result = copy_paths_of(&paths, argv[1], argv[2], argv[3]);

    (void)argc;
    if (result != EXIT_DONE)
        return result;
    switch (there(paths.tree)) {
    case 0:
        return remove_folder(paths.work);
    case 1:
        return fail(EXIT_REFUSED, "refused", "%s hasn't got its place", paths.work);
    default:
        return fail_errno("%s", paths.tree);
    }
}
