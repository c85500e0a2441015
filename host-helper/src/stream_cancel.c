#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "stream_save.h"

#include "libvirt_calls.h"
#include "qemu_migration.h"
#include "stream_arguments.h"
#include "stream_failure.h"

#include <time.h>

enum { job_seconds = 30 };

static bool is_active(struct libvirt_guest *guest) {
    int state = libvirt_state(guest);
    return state != LIBVIRT_GONE && state != LIBVIRT_SHUT_OFF;
}

/* libvirt's own jobs first: its monitor is closed to others while it ends one. */
static bool end_job(struct libvirt_guest *guest, struct stream_failure *failure) {
    const struct timespec pause = {.tv_nsec = 10 * 1000 * 1000};
    for (int i = 0; libvirt_has_job(guest); i++) {
        if (i == job_seconds * 100) {
            return stream_fail(failure, STREAM_UNKNOWN, "unknown: libvirt's job is still active after %d s", job_seconds);
        }
        if (i % 100 == 0) {
            libvirt_abort_job(guest);
        }
        nanosleep(&pause, NULL);
    }
    return true;
}

int stream_cancel(int argc, char **argv) {
    struct stream_arguments arguments;
    struct stream_failure failure = {0};
    if (!stream_cancel_arguments(argc, argv, &arguments, &failure)) {
        return stream_report(&failure);
    }
    struct libvirt_guest *guest = libvirt_open(arguments.uri, arguments.guest, &failure);
    if (guest == NULL) {
        return stream_report(&failure);
    }
    if (is_active(guest) && end_job(guest, &failure) && is_active(guest) && qemu_cancel(guest, &failure)) {
        qemu_tidy(guest);
    }
    /* A guest that ended meanwhile has nothing active: that is what was asked for. */
    if (failure.exit == STREAM_ABSENT) {
        failure.exit = STREAM_DONE;
    }
    libvirt_close(guest);
    return stream_report(&failure);
}
