#ifndef BERTH_GUARD_EVICT_H
#define BERTH_GUARD_EVICT_H

#include "guard.h"

/* What keepers call themselves (at most 15 characters, prctl PR_SET_NAME). */
#define KEEPER_NAME "berth-keeper"

/* Ends every process that holds the VM's run lock for an epoch below the ticket's, and their process groups: TERM,
 * after 5 s KILL; waits until the lock is free, at most 25 s. Answers an exit code. */
int evict_holders(const char *uuid, const struct ticket *ticket);

#endif
