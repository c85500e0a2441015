/* The door that every changing command of a VM passes on this host.
 *
 * Three files a VM in $BERTH_STATE/guard:
 *   UUID.epoch  "epoch operation": the highest epoch seen. Durable; survives power loss.
 *   UUID.run    locked (flock) for as long as any process of a changing command lives: the lock is on an open file
 *               that the command inherits, so kernel and not a program gives it back, whatever is killed. Its content,
 *               "epoch operation" of the holders, is only looked at while somebody holds the lock.
 *   UUID.lock   locked for the moment in which one of the above is decided on.
 *
 * Why nothing older can start once raise has returned: a command gets its run lock and has its epoch compared and kept
 * in one hold of UUID.lock; raise writes the epoch and looks at the run lock in one hold of UUID.lock. So either the
 * command went first, and then raise sees its run lock (which the command got before it let go of UUID.lock), or raise
 * went first, and then the command meets the higher epoch, which is on disk. The holder of UUID.lock is never a process
 * that runs somebody's command, and never waits for anything but the disk. */
#ifndef BERTH_GUARD_H
#define BERTH_GUARD_H

#include <stdbool.h>
#include <stdint.h>

struct ticket {
    uint64_t epoch;
    char operation[33];
};

enum guard_answer { GUARD_IN, GUARD_REFUSED, GUARD_RUNNING, GUARD_BROKEN };

/* $BERTH_STATE or /var/lib/berth. */
const char *state_folder(void);
/* Path of a VM's guard file, into path[PATH_LIMIT]. */
void guard_path(const char *uuid, const char *kind, char *path);
/* Takes UUID.lock: nothing is decided for the VM until the descriptor is closed. -1 with errno. */
int guard_hold(const char *uuid);
/* Lets a changing command in. GUARD_IN: *run_lock is to be inherited by the command and closed by nobody before it
 * ends; else *other tells who stands in the way (GUARD_BROKEN: errno). */
enum guard_answer guard_enter(const char *uuid, const struct ticket *ticket, int *run_lock, struct ticket *other);
/* Raises the epoch; *running tells whether a command of an older epoch runs, and *other whose. */
enum guard_answer guard_raise_to(const char *uuid, const struct ticket *ticket, bool *running, struct ticket *other);
/* Reads epoch (0: none) and who runs. */
enum guard_answer guard_look(const char *uuid, struct ticket *epoch, bool *running, struct ticket *runner);

#endif
