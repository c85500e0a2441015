/* What the stream commands are asked to do, checked before anything is touched. */
#ifndef BERTH_STREAM_ARGUMENTS_H
#define BERTH_STREAM_ARGUMENTS_H

#include "stream_failure.h"

#include <stdbool.h>
#include <stdint.h>

struct stream_arguments {
    const char *uri;
    const char *guest;  /* UUID, in lower or upper case */
    const char *target;
    uint64_t limit;     /* bytes, header included */
    bool live;
    uint64_t max_passes; /* over the memory of a running guest, before it is paused */
    bool live_emulated; /* also without hardware virtualisation; else such a guest is paused first */
    bool with_dd;
};

/* For stream-save; arguments[0] is the command's name. */
bool stream_save_arguments(int count, char **arguments, struct stream_arguments *result, struct stream_failure *failure);

/* For stream-cancel: URI and guest alone. */
bool stream_cancel_arguments(
        int count, char **arguments, struct stream_arguments *result, struct stream_failure *failure);

#endif
