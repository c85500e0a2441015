#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "libvirt_library.h"

#include <dlfcn.h>
#include <string.h>

static const char base_name[] = "libvirt.so.0";
static const char qemu_name[] = "libvirt-qemu.so.0";

struct libvirt_library libvirt;

static bool look_up(void *library, const char *name, void *function, struct stream_failure *failure) {
    void *symbol = dlsym(library, name);
    if (symbol == NULL) {
        return stream_fail(failure, STREAM_UNREACHABLE,
                "unreachable: libvirt on this host lacks %s; the stream writer needs libvirt 8.2 or newer", name);
    }
    memcpy(function, &symbol, sizeof symbol);
    return true;
}

/* Without a handler libvirt prints each error itself, and ours would no longer be the only line. */
static void stay_silent(void *opaque, void *error) {
    (void) opaque;
    (void) error;
}

static void *opened(const char *name, struct stream_failure *failure) {
    void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        stream_fail(failure, STREAM_UNREACHABLE, "unreachable: %s; install libvirt's client library", dlerror());
    }
    return library;
}

#define BIND(library, name) look_up(library, #name, &libvirt.name, failure)

bool libvirt_load(struct stream_failure *failure) {
    void *base = opened(base_name, failure);
    if (base == NULL || !BIND(base, virSetErrorFunc) || !BIND(base, virGetLastErrorMessage)
            || !BIND(base, virGetLastErrorCode) || !BIND(base, virConnectOpen) || !BIND(base, virConnectClose)
            || !BIND(base, virConnectListAllDomains) || !BIND(base, virDomainLookupByUUIDString)
            || !BIND(base, virDomainFree) || !BIND(base, virDomainGetName) || !BIND(base, virDomainGetUUIDString)
            || !BIND(base, virDomainGetState) || !BIND(base, virDomainIsPersistent)
            || !BIND(base, virDomainGetXMLDesc) || !BIND(base, virDomainGetJobInfo)
            || !BIND(base, virDomainMemoryStats) || !BIND(base, virDomainSuspend)
            || !BIND(base, virDomainResume) || !BIND(base, virDomainDestroy) || !BIND(base, virDomainUndefine)
            || !BIND(base, virDomainAbortJob)) {
        return false;
    }
    libvirt.virSetErrorFunc(NULL, stay_silent);
    return true;
}

bool libvirt_load_monitor(struct stream_failure *failure) {
    if (!libvirt_load(failure)) {
        return false;
    }
    void *base = opened(base_name, failure);
    void *qemu = opened(qemu_name, failure);
    return base != NULL && qemu != NULL && BIND(base, virEventRegisterDefaultImpl)
            && BIND(base, virEventRunDefaultImpl) && BIND(base, virEventAddTimeout)
            && BIND(base, virEventUpdateTimeout) && BIND(base, virConnectDomainEventRegisterAny)
            && BIND(base, virConnectDomainEventDeregisterAny) && BIND(qemu, virDomainQemuMonitorCommand)
            && BIND(qemu, virDomainQemuMonitorCommandWithFiles);
}

#undef BIND

void libvirt_map_early(void) {
    dlopen(base_name, RTLD_NOW | RTLD_LOCAL);
    dlopen(qemu_name, RTLD_NOW | RTLD_LOCAL);
}
