/* Other processes of this host, told apart by their command lines. */
#ifndef BERTH_PROCESSES_H
#define BERTH_PROCESSES_H

#include <stdbool.h>
#include <stddef.h>

enum { COMMAND_LINE_LIMIT = 1024 * 1024 };

/* Number and beginning, in ticks since the host's start, together name a process. */
struct process {
    char pid[32];
    unsigned long long began;
};

/* The process of that number; false when there is none. */
bool process_look(const char *pid, struct process *process);
/* Its arguments, each ended by a zero byte, the last by two; their length, 0 for one that is dying, -1 for none. Good
 * until the next call. */
long process_arguments(const char *pid, const char **arguments);
/* Copies what its environment had for a name when it began; false when that is nothing, or too long. */
bool process_environment(const char *pid, const char *name, char *value, size_t limit);
/* Whether its program is called so, whatever folder that is in. */
bool is_program(const char *arguments, const char *name);
/* A dying process shows no command line long before its files are closed, and its first thread is a zombie while
 * another may still be writing: gone is when nothing but a zombie's entry is left. */
bool process_wait_gone(const struct process *process, int milliseconds);
/* Calls for each process of this host; false with errno when they can't be listed. */
bool each_process(void (*found)(const char *pid, void *opaque), void *opaque);

#endif
