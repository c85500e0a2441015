/* Guests as processes: what runs, whatever a hypervisor's daemon believes. */
#ifndef BERTH_GUEST_PROCESSES_H
#define BERTH_GUEST_PROCESSES_H

#include <stdbool.h>

/* Calls "found" for each process that runs a guest; false when processes can't be listed (errno). */
bool each_guest_process(void (*found)(const char *pid, const char *uuid, void *opaque), void *opaque);

#endif
