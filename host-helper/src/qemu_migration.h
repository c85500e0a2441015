/*
 * QEMU's outgoing migration, driven through libvirt's monitor passthrough. libvirt knows nothing of it and holds no
 * job: whoever uses this has to watch for others who pause, resume or migrate the guest.
 */
#ifndef BERTH_QEMU_MIGRATION_H
#define BERTH_QEMU_MIGRATION_H

#include "libvirt_calls.h"
#include "stream_failure.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum qemu_phase { QEMU_IDLE, QEMU_ACTIVE, QEMU_COMPLETED, QEMU_FAILED, QEMU_CANCELLED };

struct qemu_view {
    enum qemu_phase phase;
    uint64_t remaining; /* bytes of guest memory not sent yet in this pass, pages of zeros counted in full */
    uint64_t sent;      /* bytes of the stream so far, without the devices' state */
    uint64_t passes;    /* passes over the memory that were begun */
    char error[256];    /* QEMU's reason for a failure, possibly empty */
};

/* What was set before, to be put back. */
struct qemu_settings {
    bool known;
    bool left_by_us; /* found was what a killed writer had set; the numbers here are QEMU's own */
    uint64_t max_bandwidth;
    uint64_t downtime_limit;
    char capabilities[512]; /* JSON list of the capabilities that were on and are to be again; empty for none */
};

bool qemu_view(struct libvirt_guest *guest, struct qemu_view *view, struct stream_failure *failure);

/* QEMU's own run state, such as "running", "paused" or "postmigrate". */
bool qemu_run_state(struct libvirt_guest *guest, char *state, size_t size, struct stream_failure *failure);

/* Whether the guest runs on hardware virtualisation. */
bool qemu_has_kvm(struct libvirt_guest *guest, bool *has, struct stream_failure *failure);

/* Remembers the migration's settings, then sets ours: full speed, a short last pass, the plain format. */
bool qemu_prepare(struct libvirt_guest *guest, struct qemu_settings *before, struct stream_failure *failure);

/* Puts the settings back as far as QEMU lets us. */
void qemu_put_back(struct libvirt_guest *guest, const struct qemu_settings *before);

/* Begins to send the guest into the file. What QEMU was given but didn't use is taken back. */
bool qemu_send_to(struct libvirt_guest *guest, int file, struct stream_failure *failure);

/* Cancels an active migration and waits until there is none; one that has just completed or failed is fine. */
bool qemu_cancel(struct libvirt_guest *guest, struct stream_failure *failure);

/* Puts back settings that a killed writer left with QEMU (not: capabilities that it had turned off). */
void qemu_tidy(struct libvirt_guest *guest);

#endif
