#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "libvirt_calls.h"

#include "json_scan.h"
#include "libvirt_library.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Numbers of libvirt's public interface, which never change. */
enum { event_lifecycle = 0, lifecycle_resumed = 4, job_none = 0, job_completed = 3 };

struct libvirt_guest {
    struct connection *connection;
    struct domain *domain;
    int callback;
    int timer;
    pthread_t loop;
    atomic_bool stopping;
    atomic_uint resumes;
};

static int heard(struct connection *connection, struct domain *domain, int event, int detail, void *opaque) {
    (void) connection;
    (void) domain;
    (void) detail;
    struct libvirt_guest *guest = opaque;
    if (event == lifecycle_resumed) {
        atomic_fetch_add(&guest->resumes, 1);
    }
    return 0;
}

static void woken(int timer, void *opaque) {
    (void) opaque;
    libvirt.virEventUpdateTimeout(timer, -1);
}

static void *run_loop(void *opaque) {
    struct libvirt_guest *guest = opaque;
    while (!atomic_load(&guest->stopping)) {
        if (libvirt.virEventRunDefaultImpl() < 0) {
            break;
        }
    }
    return NULL;
}

static bool unreachable(const char *what, struct stream_failure *failure) {
    return stream_fail(failure, STREAM_UNREACHABLE, "unreachable: %s: %s", what, libvirt.virGetLastErrorMessage());
}

static bool start_loop(struct libvirt_guest *guest, struct stream_failure *failure) {
    if (libvirt.virEventRegisterDefaultImpl() < 0) {
        return unreachable("libvirt's event loop", failure);
    }
    guest->timer = libvirt.virEventAddTimeout(-1, woken, NULL, NULL);
    if (guest->timer < 0 || pthread_create(&guest->loop, NULL, run_loop, guest) != 0) {
        return stream_fail(failure, STREAM_UNREACHABLE, "unreachable: no thread for libvirt's event loop");
    }
    return true;
}

/* libvirt's loop sleeps until something happens: a timer that is due makes it look at the flag. */
static void stop_loop(struct libvirt_guest *guest) {
    atomic_store(&guest->stopping, true);
    libvirt.virEventUpdateTimeout(guest->timer, 0);
    pthread_join(guest->loop, NULL);
}

static bool connect_to(struct libvirt_guest *guest, const char *uri, const char *uuid, struct stream_failure *failure) {
    guest->connection = libvirt.virConnectOpen(uri);
    if (guest->connection == NULL) {
        return unreachable(uri, failure);
    }
    guest->domain = libvirt.virDomainLookupByUUIDString(guest->connection, uuid);
    if (guest->domain == NULL) {
        return libvirt.virGetLastErrorCode() == libvirt_error_no_domain
                ? stream_fail(failure, STREAM_ABSENT, "absent: libvirt knows no guest %s", uuid)
                : unreachable(uuid, failure);
    }
    guest->callback = libvirt.virConnectDomainEventRegisterAny(
            guest->connection, guest->domain, event_lifecycle, (libvirt_callback *) (void *) heard, guest, NULL);
    return guest->callback >= 0 || unreachable("lifecycle events", failure);
}

struct libvirt_guest *libvirt_open(const char *uri, const char *uuid, struct stream_failure *failure) {
    struct libvirt_guest *guest = calloc(1, sizeof *guest);
    if (guest == NULL || !libvirt_load_monitor(failure)) {
        free(guest);
        return NULL;
    }
    guest->callback = -1;
    if (!start_loop(guest, failure)) {
        free(guest);
        return NULL;
    }
    if (!connect_to(guest, uri, uuid, failure)) {
        libvirt_close(guest);
        return NULL;
    }
    return guest;
}

void libvirt_close(struct libvirt_guest *guest) {
    if (guest->callback >= 0) {
        libvirt.virConnectDomainEventDeregisterAny(guest->connection, guest->callback);
    }
    if (guest->domain != NULL) {
        libvirt.virDomainFree(guest->domain);
    }
    if (guest->connection != NULL) {
        libvirt.virConnectClose(guest->connection);
    }
    stop_loop(guest);
    free(guest);
}

int libvirt_state(struct libvirt_guest *guest) {
    int state;
    return libvirt.virDomainGetState(guest->domain, &state, NULL, 0) < 0 ? LIBVIRT_GONE : state;
}

unsigned libvirt_resumes(struct libvirt_guest *guest) {
    return atomic_load(&guest->resumes);
}

bool libvirt_has_job(struct libvirt_guest *guest) {
    struct libvirt_job info = {0};
    return libvirt.virDomainGetJobInfo(guest->domain, &info) == 0 && info.type != job_none
            && info.type < job_completed;
}

static bool gone_or_unknown(struct libvirt_guest *guest, const char *what, struct stream_failure *failure) {
    char message[512];
    int code = libvirt.virGetLastErrorCode();
    snprintf(message, sizeof message, "%s", libvirt.virGetLastErrorMessage());
    /* A transient guest that ended is unknown to libvirt, a persistent one is shut off. */
    return code == libvirt_error_no_domain || libvirt_state(guest) == LIBVIRT_SHUT_OFF
            ? stream_fail(failure, STREAM_ABSENT, "absent: the guest ended: %s", message)
            : stream_fail(failure, STREAM_UNKNOWN, "unknown: %s: %s", what, message);
}

bool libvirt_suspend(struct libvirt_guest *guest, struct stream_failure *failure) {
    return libvirt.virDomainSuspend(guest->domain) == 0 || gone_or_unknown(guest, "pausing the guest", failure);
}

bool libvirt_resume(struct libvirt_guest *guest, struct stream_failure *failure) {
    return libvirt.virDomainResume(guest->domain) == 0 || gone_or_unknown(guest, "resuming the guest", failure);
}

void libvirt_abort_job(struct libvirt_guest *guest) {
    libvirt.virDomainAbortJob(guest->domain);
}

/* QEMU's refusal comes as an answer that libvirt hands on as success. */
static char *judged(char *answer, const char *command, struct stream_failure *failure) {
    const char *refusal = json_at(answer, "error.desc");
    if (refusal == NULL) {
        return answer;
    }
    char text[512] = "no reason given";
    json_text(refusal, text, sizeof text);
    stream_fail(failure, STREAM_REFUSED, "refused: QEMU: %s (%.80s)", text, command);
    free(answer);
    return NULL;
}

char *libvirt_monitor(struct libvirt_guest *guest, const char *command, struct stream_failure *failure) {
    char *answer = NULL;
    if (libvirt.virDomainQemuMonitorCommand(guest->domain, command, &answer, 0) < 0) {
        gone_or_unknown(guest, command, failure);
        return NULL;
    }
    return judged(answer, command, failure);
}

char *libvirt_monitor_with_file(
        struct libvirt_guest *guest, const char *command, int file, struct stream_failure *failure) {
    char *answer = NULL;
    if (libvirt.virDomainQemuMonitorCommandWithFiles(guest->domain, command, 1, &file, NULL, NULL, &answer, 0) < 0) {
        gone_or_unknown(guest, command, failure);
        return NULL;
    }
    return judged(answer, command, failure);
}
