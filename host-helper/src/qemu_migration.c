#include "qemu_migration.h"

#include "json_scan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

enum {
    /* Longest last pass of a live stream that QEMU begins by itself; libvirt and QEMU go by 300 ms. */
    downtime_limit_ms = 50,
    cancel_seconds = 30,
};

/*
 * 1 TiB/s: no limit that matters. (Zero means none as well, but not in every release.) Odd, so that what a killed
 * writer left is known as ours and QEMU's own values are put back instead.
 */
static const uint64_t full_speed = (UINT64_C(1) << 40) + 29;
static const uint64_t default_speed = UINT64_C(128) << 20;
enum { default_downtime_ms = 300 };

static enum qemu_phase phase_of(const char *status) {
    static const struct {
        const char *status;
        enum qemu_phase phase;
    } known[] = {
        {"none", QEMU_IDLE},
        {"completed", QEMU_COMPLETED},
        {"failed", QEMU_FAILED},
        {"cancelled", QEMU_CANCELLED},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (strcmp(status, known[i].status) == 0) {
            return known[i].phase;
        }
    }
    /* setup, active, device, cancelling, colo and whatever later releases add. */
    return QEMU_ACTIVE;
}

bool qemu_view(struct libvirt_guest *guest, struct qemu_view *view, struct stream_failure *failure) {
    char *answer = libvirt_monitor(guest, "{\"execute\":\"query-migrate\"}", failure);
    if (answer == NULL) {
        return false;
    }
    char status[32] = "none";
    memset(view, 0, sizeof *view);
    json_text(json_at(answer, "return.status"), status, sizeof status);
    view->phase = phase_of(status);
    json_number(json_at(answer, "return.ram.remaining"), &view->remaining);
    json_number(json_at(answer, "return.ram.transferred"), &view->sent);
    json_number(json_at(answer, "return.ram.dirty-sync-count"), &view->passes);
    json_text(json_at(answer, "return.error-desc"), view->error, sizeof view->error);
    free(answer);
    return true;
}

bool qemu_run_state(struct libvirt_guest *guest, char *state, size_t size, struct stream_failure *failure) {
    char *answer = libvirt_monitor(guest, "{\"execute\":\"query-status\"}", failure);
    if (answer == NULL) {
        return false;
    }
    bool known = json_text(json_at(answer, "return.status"), state, size);
    free(answer);
    return known || stream_fail(failure, STREAM_UNKNOWN, "unknown: QEMU told no run state");
}

bool qemu_has_kvm(struct libvirt_guest *guest, bool *has, struct stream_failure *failure) {
    char *answer = libvirt_monitor(guest, "{\"execute\":\"query-kvm\"}", failure);
    *has = answer != NULL && json_is_true(json_at(answer, "return.enabled"));
    free(answer);
    return answer != NULL;
}

static bool command(struct libvirt_guest *guest, const char *text, struct stream_failure *failure) {
    char *answer = libvirt_monitor(guest, text, failure);
    free(answer);
    return answer != NULL;
}

static bool set_numbers(struct libvirt_guest *guest, uint64_t bandwidth, uint64_t downtime,
        struct stream_failure *failure) {
    char text[256];
    snprintf(text, sizeof text,
            "{\"execute\":\"migrate-set-parameters\",\"arguments\":{\"max-bandwidth\":%llu,\"downtime-limit\":%llu}}",
            (unsigned long long) bandwidth, (unsigned long long) downtime);
    return command(guest, text, failure);
}

static bool set_capabilities(
        struct libvirt_guest *guest, const char *list, bool on, struct stream_failure *failure) {
    char text[2048] = "{\"execute\":\"migrate-set-capabilities\",\"arguments\":{\"capabilities\":[";
    size_t used = strlen(text);
    char name[64];
    for (size_t i = 0; json_text(json_element(list, i), name, sizeof name); i++) {
        used += (size_t) snprintf(text + used, sizeof text - used, "%s{\"capability\":\"%s\",\"state\":%s}",
                i == 0 ? "" : ",", name, on ? "true" : "false");
        if (used >= sizeof text) {
            return stream_fail(failure, STREAM_REFUSED, "refused: too many migration capabilities are on");
        }
    }
    snprintf(text + used, sizeof text - used, "]}}");
    return command(guest, text, failure);
}

/*
 * A save image is read back by a QEMU that libvirt starts with none of the capabilities, so each one that somebody
 * left on is turned off; only "events" concerns the monitor and is libvirt's own.
 */
static bool capabilities_on(
        struct libvirt_guest *guest, char *list, size_t size, struct stream_failure *failure) {
    char *answer = libvirt_monitor(guest, "{\"execute\":\"query-migrate-capabilities\"}", failure);
    if (answer == NULL) {
        return false;
    }
    const char *all = json_at(answer, "return");
    const char *each;
    size_t used = 0;
    list[0] = '\0';
    for (size_t i = 0; (each = json_element(all, i)) != NULL; i++) {
        char name[64];
        if (json_is_true(json_at(each, "state")) && json_text(json_at(each, "capability"), name, sizeof name)
                && strcmp(name, "events") != 0 && used + sizeof name + 4 < size) {
            used += (size_t) snprintf(list + used, size - used, "%s\"%s\"", used == 0 ? "[" : ",", name);
        }
    }
    if (used > 0) {
        snprintf(list + used, size - used, "]");
    }
    free(answer);
    return true;
}

static bool read_numbers(struct libvirt_guest *guest, struct qemu_settings *before, struct stream_failure *failure) {
    char *answer = libvirt_monitor(guest, "{\"execute\":\"query-migrate-parameters\"}", failure);
    if (answer == NULL) {
        return false;
    }
    bool known = json_number(json_at(answer, "return.max-bandwidth"), &before->max_bandwidth)
            && json_number(json_at(answer, "return.downtime-limit"), &before->downtime_limit);
    free(answer);
    if (!known) {
        return stream_fail(failure, STREAM_REFUSED, "refused: QEMU doesn't tell its migration parameters");
    }
    before->left_by_us = before->max_bandwidth == full_speed;
    if (before->left_by_us) {
        before->max_bandwidth = default_speed;
        before->downtime_limit = default_downtime_ms;
    }
    return true;
}

bool qemu_prepare(struct libvirt_guest *guest, struct qemu_settings *before, struct stream_failure *failure) {
    if (!read_numbers(guest, before, failure) || !capabilities_on(guest, before->capabilities, sizeof before->capabilities, failure)) {
        return false;
    }
    before->known = true;
    return set_numbers(guest, full_speed, downtime_limit_ms, failure)
            && (before->capabilities[0] == '\0' || set_capabilities(guest, before->capabilities, false, failure));
}

void qemu_put_back(struct libvirt_guest *guest, const struct qemu_settings *before) {
    struct stream_failure ignored = {0};
    if (before->known) {
        set_numbers(guest, before->max_bandwidth, before->downtime_limit, &ignored);
    }
    if (before->known && before->capabilities[0] != '\0') {
        set_capabilities(guest, before->capabilities, true, &ignored);
    }
}

/*
 * A name that nobody else can have: QEMU silently replaces a file of the same name, and then one stream would end up
 * in another one's image.
 */
bool qemu_send_to(struct libvirt_guest *guest, int file, struct stream_failure *failure) {
    unsigned long long random = 0;
    char text[160];
    if (getrandom(&random, sizeof random, 0) != sizeof random) {
        return stream_fail(failure, STREAM_REFUSED, "refused: no random number for the stream's name");
    }
    snprintf(text, sizeof text, "{\"execute\":\"getfd\",\"arguments\":{\"fdname\":\"berth-%016llx\"}}", random);
    char *answer = libvirt_monitor_with_file(guest, text, file, failure);
    if (answer == NULL) {
        return false;
    }
    free(answer);
    snprintf(text, sizeof text, "{\"execute\":\"migrate\",\"arguments\":{\"uri\":\"fd:berth-%016llx\"}}", random);
    if (!command(guest, text, failure)) {
        /* Refused before QEMU looked at the file, which it would keep open then. */
        struct stream_failure ignored = {0};
        snprintf(text, sizeof text, "{\"execute\":\"closefd\",\"arguments\":{\"fdname\":\"berth-%016llx\"}}", random);
        command(guest, text, &ignored);
        return false;
    }
    return true;
}

void qemu_tidy(struct libvirt_guest *guest) {
    struct qemu_settings left = {0};
    struct stream_failure ignored = {0};
    if (read_numbers(guest, &left, &ignored) && left.left_by_us) {
        set_numbers(guest, left.max_bandwidth, left.downtime_limit, &ignored);
    }
}

bool qemu_cancel(struct libvirt_guest *guest, struct stream_failure *failure) {
    struct qemu_view view;
    if (!qemu_view(guest, &view, failure)) {
        return false;
    }
    if (view.phase == QEMU_ACTIVE && !command(guest, "{\"execute\":\"migrate_cancel\"}", failure)) {
        return false;
    }
    const struct timespec pause = {.tv_nsec = 5 * 1000 * 1000};
    for (int i = 0; view.phase == QEMU_ACTIVE && i < cancel_seconds * 200; i++) {
        nanosleep(&pause, NULL);
        if (!qemu_view(guest, &view, failure)) {
            return false;
        }
    }
    return view.phase != QEMU_ACTIVE
            || stream_fail(failure, STREAM_UNKNOWN, "unknown: QEMU's migration is still active %d s after its cancel",
                    cancel_seconds);
}
