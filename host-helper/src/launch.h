#ifndef BERTH_LAUNCH_H
#define BERTH_LAUNCH_H

#include "frames.h"

#include <sys/types.h>

/* Starts the command in a process group of its own, standard input from the START, both outputs into non-blocking
 * pipes. The descriptors in "closed" aren't the command's. Answers NULL, or why it couldn't be started: "code: text". */
const char *launch(const struct start *start, pid_t *command, int outputs[2], const int *closed, int closed_count);

#endif
