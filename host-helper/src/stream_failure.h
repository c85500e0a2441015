/* Why a stream command ended: the first failure wins, later ones are only its consequences. */
#ifndef BERTH_STREAM_FAILURE_H
#define BERTH_STREAM_FAILURE_H

#include <stdbool.h>

enum stream_exit {
    STREAM_DONE = 0,
    STREAM_USAGE = 2,
    STREAM_OCCUPIED = 17,    /* target claimed by someone, or it holds a complete image */
    STREAM_BUSY = 20,        /* another job or migration of this guest is active */
    STREAM_STATE = 21,       /* the guest isn't in the state that the mode needs */
    STREAM_ABSENT = 22,      /* no such guest, or it ended meanwhile */
    STREAM_UNREACHABLE = 23, /* libvirt can't be loaded or reached */
    STREAM_REFUSED = 24,     /* QEMU refused or failed the migration */
    STREAM_IO = 25,          /* the target can't be opened or written */
    STREAM_FULL = 28,
    STREAM_UNKNOWN = 29, /* what was begun could not be proved to be undone: probe before going on */
    STREAM_READ_ONLY = 30,
    STREAM_RAN = 75, /* the guest ran though it had to stand still: the image is worthless */
    STREAM_CANCELLED = 125,
};

struct stream_failure {
    int exit;
    char text[1024]; /* "code: what happened and what to do" */
};

/* Keeps the failure unless there is one already; always returns false. */
bool stream_fail(struct stream_failure *failure, int exit, const char *format, ...)
        __attribute__((format(printf, 3, 4)));

/* Replaces an earlier failure; for what weighs more than its cause. Always returns false. */
bool stream_fail_over(struct stream_failure *failure, int exit, const char *format, ...)
        __attribute__((format(printf, 3, 4)));

/* Prints the failure as one line on standard error and returns its exit code. */
int stream_report(const struct stream_failure *failure);

#endif
