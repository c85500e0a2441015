#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "guest_stream.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { poll_ms = 20, end_poll_ms = 1, report_ms = 200 };

static bool refuse_state(const struct guest_stream *stream, int state, struct stream_failure *failure) {
    switch (state) {
    case LIBVIRT_GONE:
    case LIBVIRT_SHUT_OFF:
        return stream_fail(failure, STREAM_ABSENT, "absent: the guest isn't active");
    default:
        return stream_fail(failure, STREAM_STATE, "state: the guest has to be %s (libvirt's state is %d)",
                stream->live ? "running" : "paused", state);
    }
}

bool guest_stream_ready(struct guest_stream *stream, struct stream_failure *failure) {
    /* Counted from before the state is looked at, so that no resume falls between the two. */
    stream->resumes = libvirt_resumes(stream->guest);
    stream->still = !stream->live;
    int state = libvirt_state(stream->guest);
    if (state != (stream->live ? LIBVIRT_RUNNING : LIBVIRT_PAUSED)) {
        return refuse_state(stream, state, failure);
    }
    if (libvirt_has_job(stream->guest)) {
        return stream_fail(failure, STREAM_BUSY, "busy: libvirt has a job on the guest; wait for it or cancel it");
    }
    struct qemu_view view;
    char run_state[32];
    if (!qemu_view(stream->guest, &view, failure)
            || !qemu_run_state(stream->guest, run_state, sizeof run_state, failure)) {
        return false;
    }
    if (view.phase == QEMU_ACTIVE) {
        return stream_fail(failure, STREAM_BUSY, "busy: QEMU is migrating the guest; wait for it or cancel it");
    }
    /* QEMU sends a guest only once between two runs, be it to us or to `virsh save`. */
    return strcmp(run_state, "postmigrate") != 0
            || stream_fail(failure, STREAM_STATE,
                    "state: the guest was streamed already since it last ran; resume and pause it first");
}

static bool pause_guest(struct guest_stream *stream, struct stream_failure *failure) {
    unsigned resumes = libvirt_resumes(stream->guest);
    stream->paused_here = true;
    if (!libvirt_suspend(stream->guest, failure)) {
        return false;
    }
    stream->resumes = resumes;
    stream->still = true;
    return true;
}

/*
 * QEMU's software emulation loses track of pages that a running guest writes while they are sent: on QEMU 7.2.22 a
 * busy guest's image lacked 19 to 44 pages in 2 of 8 live streams (one of ours, one of QEMU's own to exec:cat), and
 * one guest crashed after its restore. An image of a guest that stands still was exact each time. So such a guest is
 * paused before the first pass unless the caller insists.
 */
static bool choose_passes(struct guest_stream *stream, struct stream_failure *failure) {
    bool has_kvm = false;
    if (!stream->live || stream->live_emulated) {
        return true;
    }
    if (!qemu_has_kvm(stream->guest, &has_kvm, failure)) {
        return false;
    }
    if (!has_kvm) {
        stream->max_passes = 0;
    }
    return true;
}

bool guest_stream_begin(struct guest_stream *stream, int file, struct stream_failure *failure) {
    if (!choose_passes(stream, failure) || !qemu_prepare(stream->guest, &stream->settings, failure)) {
        return false;
    }
    if (stream->live && stream->max_passes == 0 && !pause_guest(stream, failure)) {
        return false;
    }
    bool sent = qemu_send_to(stream->guest, file, failure);
    /* Refused by QEMU: then what may be active isn't ours and must not be cancelled. */
    stream->begun = sent || failure->exit != STREAM_REFUSED;
    return sent;
}

/* Whether the guest runs, or ran, though it had to stand still: then the stream isn't what the guest is now. */
static bool check_still(struct guest_stream *stream, struct stream_failure *failure) {
    bool ran = stream->still
            && (libvirt_resumes(stream->guest) != stream->resumes || libvirt_state(stream->guest) == LIBVIRT_RUNNING);
    return !ran || stream_fail(failure, STREAM_RAN, "ran: somebody resumed the guest while it was being saved");
}

static bool check_migration(const struct qemu_view *view, struct stream_failure *failure) {
    switch (view->phase) {
    case QEMU_ACTIVE:
    case QEMU_COMPLETED:
        return true;
    case QEMU_IDLE:
    case QEMU_CANCELLED:
        return stream_fail(failure, STREAM_REFUSED, "refused: somebody else cancelled the stream");
    case QEMU_FAILED:
        return stream_fail(failure, STREAM_REFUSED, "refused: QEMU failed to send the guest: %s",
                view->error[0] == '\0' ? "no reason given" : view->error);
    }
    return false;
}

/* QEMU's own count against ours: catches a stream that went elsewhere, or ended early without either side noticing. */
static bool check_length(const struct guest_stream *stream, const struct qemu_view *view, uint64_t received,
        struct stream_failure *failure) {
    uint64_t streamed = received - stream->header_length;
    return (view->sent > 0 && streamed >= view->sent)
            || stream_fail(failure, STREAM_REFUSED, "refused: QEMU sent %llu bytes or more, only %llu came",
                    (unsigned long long) view->sent, (unsigned long long) streamed);
}

/* A running guest is paused when it has had its passes, or when sending dirty pages again would fill the device. */
static bool pause_when_due(
        struct guest_stream *stream, const struct qemu_view *view, uint64_t received, struct stream_failure *failure) {
    if (!stream->live || stream->still || view->phase != QEMU_ACTIVE || view->passes < 2) {
        return true;
    }
    uint64_t needed = received + view->remaining + view->remaining / 256 + stream->limit / 64;
    bool due = view->passes > stream->max_passes || needed > stream->limit;
    return !due || pause_guest(stream, failure);
}

static bool report(struct guest_stream *stream, const struct qemu_view *view, uint64_t received) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    long passed_ms = (now.tv_sec - stream->reported.tv_sec) * 1000 + (now.tv_nsec - stream->reported.tv_nsec) / 1000000;
    if (passed_ms < report_ms) {
        return true;
    }
    stream->reported = now;
    uint64_t expected = received + view->remaining;
    printf("progress %llu %llu\n", (unsigned long long) received,
            (unsigned long long) (expected < stream->limit ? expected : stream->limit));
    return fflush(stdout) == 0;
}

/* Waits for a signal, for the writer or for a while; false when it is to be cancelled. */
static bool wait_a_while(struct guest_stream *stream, int milliseconds, struct stream_failure *failure) {
    struct pollfd files[] = {{.fd = stream->signals, .events = POLLIN}, {.fd = stream->wake, .events = POLLIN}};
    poll(files, 2, milliseconds);
    eventfd_t ignored;
    eventfd_read(stream->wake, &ignored);
    return (files[0].revents & POLLIN) == 0 || stream_fail(failure, STREAM_CANCELLED, "cancelled: by a signal");
}

bool guest_stream_await(struct guest_stream *stream, struct stream_failure *failure) {
    clock_gettime(CLOCK_MONOTONIC, &stream->reported);
    for (int wait_ms = poll_ms;;) {
        if (!wait_a_while(stream, wait_ms, failure)) {
            return false;
        }
        struct qemu_view view;
        enum direct_writer_state written = direct_writer_state(stream->writer);
        uint64_t received = direct_writer_received(stream->writer);
        if (written == DIRECT_WRITER_FAILED) {
            direct_writer_failure(stream->writer, failure);
            return false;
        }
        if (!qemu_view(stream->guest, &view, failure) || !check_migration(&view, failure)
                || !check_still(stream, failure) || !pause_when_due(stream, &view, received, failure)) {
            return false;
        }
        if (view.phase == QEMU_COMPLETED && written == DIRECT_WRITER_WRITTEN) {
            stream->length = received;
            return check_length(stream, &view, received, failure);
        }
        if (!report(stream, &view, received)) {
            return stream_fail(failure, STREAM_CANCELLED, "cancelled: nobody reads the progress any more");
        }
        wait_ms = written == DIRECT_WRITER_WRITTEN ? end_poll_ms : poll_ms;
    }
}

bool guest_stream_stood_still(struct guest_stream *stream, struct stream_failure *failure) {
    if (!stream->still && !pause_guest(stream, failure)) {
        /* QEMU stopped the guest by itself; this makes libvirt know it before the caller asks. */
        return false;
    }
    char run_state[32];
    if (!check_still(stream, failure) || !qemu_run_state(stream->guest, run_state, sizeof run_state, failure)) {
        return false;
    }
    /* Only a resume leads out of this state, so it tells of each one, also of those whose event is still under way. */
    return strcmp(run_state, "postmigrate") == 0
            || stream_fail(failure, STREAM_RAN, "ran: the guest is in state '%s' after its memory was sent", run_state);
}

void guest_stream_end(struct guest_stream *stream) {
    qemu_put_back(stream->guest, &stream->settings);
}

/* The guest ran before: it is to run again, unless somebody else paused it meanwhile. */
static bool let_run(struct guest_stream *stream, struct stream_failure *failure) {
    char run_state[32] = "";
    if (!qemu_run_state(stream->guest, run_state, sizeof run_state, failure)) {
        return false;
    }
    bool stopped_by_qemu = strcmp(run_state, "postmigrate") == 0 || strcmp(run_state, "finish-migrate") == 0;
    if (strcmp(run_state, "running") == 0 || !(stream->paused_here || stopped_by_qemu)) {
        return true;
    }
    /* libvirt resumes only what it knows to be paused, and QEMU's own stop may not have reached it yet. */
    return libvirt_suspend(stream->guest, failure) && libvirt_resume(stream->guest, failure);
}

bool guest_stream_abandon(struct guest_stream *stream, struct stream_failure *failure) {
    struct stream_failure trouble = {0};
    bool quiet = !stream->begun || qemu_cancel(stream->guest, &trouble);
    if (quiet) {
        qemu_put_back(stream->guest, &stream->settings);
        if (stream->live && stream->settings.known) {
            let_run(stream, &trouble);
        }
    }
    if (trouble.exit == STREAM_UNKNOWN || trouble.exit == STREAM_REFUSED) {
        stream_fail_over(failure, STREAM_UNKNOWN, "unknown: giving up the stream: %.900s", trouble.text);
    }
    /* A guest that ended took its migration along. */
    return quiet || trouble.exit == STREAM_ABSENT;
}
