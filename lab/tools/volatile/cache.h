/* Writes of one host that its storage hasn't been told to keep: they vanish with the process. */
#ifndef BERTH_LAB_CACHE_H
#define BERTH_LAB_CACHE_H

#include <stddef.h>
#include <sys/stat.h>
#include <sys/types.h>

struct cached;

/* The cache of the open file; takes the descriptor over. One cache a file, however often it is open. NULL: no memory. */
struct cached *cached_open(int backing);

/* Ends one use. Unflushed writes are kept for the file's next user, as a page cache would. */
void cached_close(struct cached *file);

/* Size as this host sees it. */
off_t cached_size(struct cached *file);

/* The file's cache if it has one, else NULL: for those who know a file by its status. */
struct cached *cached_of(const struct stat *status);

/* Both return the number of bytes, or a negative errno. */
ssize_t cached_read(struct cached *file, char *to, size_t size, off_t offset);
ssize_t cached_write(struct cached *file, const char *from, size_t size, off_t offset);

/* Return 0 or a negative errno. Flush: everything written so far is on the storage for good. */
int cached_flush(struct cached *file);
int cached_truncate(struct cached *file, off_t size);

int cached_descriptor(struct cached *file);

/* Flushes every file: a host that shuts down in good order. */
void cached_flush_all(void);

#endif
