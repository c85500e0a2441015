/*
 * The few libvirt calls that the stream commands need, over one connection that is held for the whole command.
 */
#ifndef BERTH_LIBVIRT_CALLS_H
#define BERTH_LIBVIRT_CALLS_H

#include "stream_failure.h"

#include <stdbool.h>

struct libvirt_guest;

/* Values of virDomainState that matter here. */
enum libvirt_state { LIBVIRT_GONE = -1, LIBVIRT_RUNNING = 1, LIBVIRT_PAUSED = 3, LIBVIRT_SHUT_OFF = 5 };

/*
 * Connects, finds the guest and begins to listen to its lifecycle events. Call at most once in a process, with every
 * signal that the caller waits for already blocked: the threads begun here inherit the mask. NULL on failure.
 */
struct libvirt_guest *libvirt_open(const char *uri, const char *uuid, struct stream_failure *failure);

void libvirt_close(struct libvirt_guest *guest);

/* libvirt's view of the guest; LIBVIRT_GONE when it can't be had. */
int libvirt_state(struct libvirt_guest *guest);

/* How often the guest was resumed since libvirt_open, by whomever. */
unsigned libvirt_resumes(struct libvirt_guest *guest);

/* Whether libvirt itself has a job on the guest (save, dump, migration). */
bool libvirt_has_job(struct libvirt_guest *guest);

bool libvirt_suspend(struct libvirt_guest *guest, struct stream_failure *failure);
bool libvirt_resume(struct libvirt_guest *guest, struct stream_failure *failure);

/* Asks libvirt to give up its job; none to give up is fine. */
void libvirt_abort_job(struct libvirt_guest *guest);

/* Sends a QMP command. The answer is to be freed; NULL on failure, including QEMU's own error answers. */
char *libvirt_monitor(struct libvirt_guest *guest, const char *command, struct stream_failure *failure);

/* As libvirt_monitor, with a file descriptor passed along to QEMU. */
char *libvirt_monitor_with_file(
        struct libvirt_guest *guest, const char *command, int file, struct stream_failure *failure);

#endif
