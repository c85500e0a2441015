/* Looking into, walking through and removing folders without ever leaving them: no link is followed, no mount crossed. */
#ifndef BERTH_FOLDERS_H
#define BERTH_FOLDERS_H

#include <stdbool.h>
#include <sys/stat.h>

/* Deeper folders are refused: a VM's directory has one or two levels. */
enum { FOLDER_DEPTH = 64 };

/* Opens what is a folder itself, no link to one. -1 with errno. */
int open_folder(int parent, const char *name);

/* What a walk comes by. Each may be NULL; one that doesn't answer 0 has printed why, and the walk ends with that. */
struct visitor {
    void *context;
    /* A file, link or anything else in the open folder. */
    int (*other)(void *context, int folder, const char *name, const struct stat *status);
    /* A folder, before what is in it and after; the same device as the first. */
    int (*enter)(void *context, int folder, const char *name, const struct stat *status);
    int (*leave)(void *context, int folder, const char *name, const struct stat *status);
};

/* Walks through what is in the open folder, by name, so that two walks come by the same things in the same order.
 * path is for messages. 0 or an exit code after having printed why. */
int walk_folder(int folder, const char *path, const struct visitor *visitor);

/* What a thing is called that a VM directory must not have (device, socket, pipe); NULL for files and links. */
const char *special_kind(const struct stat *status);

/* Prints a name on one line: what isn't a printable ASCII character, and each backslash, as \xHH. */
void print_escaped(const char *name);

#endif
