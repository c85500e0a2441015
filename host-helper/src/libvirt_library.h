/*
 * libvirt's client library, loaded when a command needs it: so the helper starts and serves storage on hosts that have
 * none, and builds without libvirt's headers.
 */
#ifndef BERTH_LIBVIRT_LIBRARY_H
#define BERTH_LIBVIRT_LIBRARY_H

#include "stream_failure.h"

#include <stdbool.h>

struct connection;
struct domain;

typedef void libvirt_callback(void);
typedef void libvirt_timer(int timer, void *opaque);

/* virDomainJobInfo: the job's type, then eleven 64-bit counters. */
struct libvirt_job {
    int type;
    unsigned long long counters[11];
};

/* virDomainMemoryStatStruct. */
struct libvirt_memory_figure {
    int kind;
    unsigned long long value;
};

/* Numbers of libvirt's public interface, which never change. */
enum { libvirt_error_no_domain = 42, libvirt_uuid_text = 37 };

/* The calls by their names there. Those of the monitor are only there after libvirt_load_monitor. */
struct libvirt_library {
    void (*virSetErrorFunc)(void *opaque, void (*handler)(void *opaque, void *error));
    const char *(*virGetLastErrorMessage)(void);
    int (*virGetLastErrorCode)(void);
    struct connection *(*virConnectOpen)(const char *uri);
    int (*virConnectClose)(struct connection *connection);
    int (*virConnectListAllDomains)(struct connection *connection, struct domain ***domains, unsigned flags);
    struct domain *(*virDomainLookupByUUIDString)(struct connection *connection, const char *uuid);
    int (*virDomainFree)(struct domain *domain);
    const char *(*virDomainGetName)(struct domain *domain);
    int (*virDomainGetUUIDString)(struct domain *domain, char *text);
    int (*virDomainGetState)(struct domain *domain, int *state, int *reason, unsigned flags);
    int (*virDomainIsPersistent)(struct domain *domain);
    char *(*virDomainGetXMLDesc)(struct domain *domain, unsigned flags);
    int (*virDomainGetJobInfo)(struct domain *domain, struct libvirt_job *info);
    int (*virDomainMemoryStats)(struct domain *domain, struct libvirt_memory_figure *figures, unsigned most,
            unsigned flags);
    int (*virDomainSuspend)(struct domain *domain);
    int (*virDomainResume)(struct domain *domain);
    int (*virDomainDestroy)(struct domain *domain);
    int (*virDomainUndefine)(struct domain *domain);
    int (*virDomainAbortJob)(struct domain *domain);

    int (*virEventRegisterDefaultImpl)(void);
    int (*virEventRunDefaultImpl)(void);
    int (*virEventAddTimeout)(int milliseconds, libvirt_timer *callback, void *opaque, void (*release)(void *));
    void (*virEventUpdateTimeout)(int timer, int milliseconds);
    int (*virConnectDomainEventRegisterAny)(struct connection *connection, struct domain *domain, int event,
            libvirt_callback *callback, void *opaque, void (*release)(void *));
    int (*virConnectDomainEventDeregisterAny)(struct connection *connection, int callback);
    int (*virDomainQemuMonitorCommand)(struct domain *domain, const char *command, char **result, unsigned flags);
    int (*virDomainQemuMonitorCommandWithFiles)(struct domain *domain, const char *command, unsigned files_in, int *in,
            unsigned *files_out, int **out, char **result, unsigned flags);
};

extern struct libvirt_library libvirt;

/* Binds the calls that any libvirt has. STREAM_UNREACHABLE where there is none. */
bool libvirt_load(struct stream_failure *failure);

/* Binds those of events and QEMU's monitor too (libvirt 8.2 or newer). */
bool libvirt_load_monitor(struct stream_failure *failure);

/* Maps the library, so that commands begun later as copies of this process needn't. It may be missing. */
void libvirt_map_early(void);

#endif
