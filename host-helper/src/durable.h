/* Files that are there, whole, after a power failure, or aren't there at all. */
#ifndef BERTH_DURABLE_H
#define BERTH_DURABLE_H

#include <stddef.h>

enum { PATH_LIMIT = 4096 };

/* fsync of the folder that path is in, so that path's name (or its absence) is durable. 0 or -1 with errno. */
int sync_folder_of(const char *path);
/* The folder that path is in, into folder[PATH_LIMIT]; -1 with errno ENAMETOOLONG or EINVAL. */
int folder_of(const char *path, char *folder);
/* Makes the folder and those above it, 0755, durably. 0 or -1 with errno. */
int make_folders(const char *path);
/* A synced temporary file with the content, 0600, beside path; its name into name[PATH_LIMIT]. 0 or -1 with errno. */
int write_beside(const char *path, const void *bytes, size_t length, char *name);
/* Replaces path's content at once and durably, 0600. 0 or -1 with errno. */
int replace_file(const char *path, const void *bytes, size_t length);
/* Writes all; 0 or -1 with errno. */
int write_all(int fd, const void *bytes, size_t length);
/* Reads at most limit bytes, then a zero byte; answers the count, -1 with errno (EFBIG when there is more). */
long read_all(int fd, char *bytes, size_t limit);

#endif
