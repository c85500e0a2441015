/* A copy of a directory that is being made, in a folder of its operation's own beside where it will be:
 *
 *   .berth-copy-OPERATION.NAME/
 *     lock      held by whoever works on it
 *     tree/     the copy; gone once it has been given its place
 *     complete  made when all of it is durable
 *
 * So one look tells how far it is, whoever died when: a folder without "complete" is partial; with it and with the tree,
 * whole; with it and without the tree, the tree was given its place by this operation and no other. */
#ifndef BERTH_DIRECTORY_COPY_H
#define BERTH_DIRECTORY_COPY_H

#include "durable.h"

struct copy_paths {
    char work[PATH_LIMIT];
    char lock[PATH_LIMIT];
    char tree[PATH_LIMIT];
    char complete[PATH_LIMIT];
    char place[PATH_LIMIT];
};

enum copy_state { COPY_NONE, COPY_PARTIAL, COPY_WHOLE, COPY_PLACED, COPY_UNKNOWN };

/* 0, or an exit code after having printed that it makes no sense. */
int copy_paths_of(struct copy_paths *paths, const char *folder, const char *operation, const char *name);
/* COPY_UNKNOWN: errno tells. */
enum copy_state copy_state_of(const struct copy_paths *paths);
/* Takes the lock, and waits for it at most so long; waiting is called every now and then. The descriptor, or -1. */
int copy_lock(const struct copy_paths *paths, int seconds, void (*waiting)(void *context), void *context);

#endif
