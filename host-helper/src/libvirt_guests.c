/*
 * Looks at guests and small deeds with them, through libvirt's library and without starting a program. Each command is
 * a process of its own, as every command of the helper: a daemon that doesn't answer holds up nothing else, and the
 * command is ended at its deadline.
 *
 * Exit code STREAM_UNREACHABLE: libvirt can't be loaded or reached, and nothing was done; virsh may be tried.
 */
#include "commands.h"
#include "guest_processes.h"
#include "libvirt_library.h"
#include "names.h"
#include "report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { settled_seconds = 5, memory_figures = 16 };
enum { list_persistent = 4, xml_migratable = 8 };

static bool unreachable(const char *what, struct stream_failure *failure) {
    return stream_fail(failure, STREAM_UNREACHABLE, "unreachable: %s: %s", what, libvirt.virGetLastErrorMessage());
}

static struct connection *connect_to(const char *uri, struct stream_failure *failure) {
    if (!libvirt_load(failure)) {
        return NULL;
    }
    struct connection *connection = libvirt.virConnectOpen(uri);
    if (connection == NULL) {
        unreachable(uri, failure);
    }
    return connection;
}

/* As virsh has it, so that both are understood alike. */
static int refused(void) {
    struct stream_failure failure = {0};
    stream_fail(&failure, EXIT_OTHER, "error: %s", libvirt.virGetLastErrorMessage());
    return stream_report(&failure);
}

/* In hexadecimal: a name may hold anything. */
static void print_name(const char *name) {
    for (const unsigned char *at = (const unsigned char *) name; *at != '\0'; at++) {
        printf("%02x", *at);
    }
}

/* A guest that comes or goes just now has no state that could be told. */
static void print_guest(struct domain *domain, bool persistent) {
    char uuid[libvirt_uuid_text];
    int state = -1, reason = -1;
    if (libvirt.virDomainGetUUIDString(domain, uuid) < 0) {
        return;
    }
    if (libvirt.virDomainGetState(domain, &state, &reason, 0) < 0) {
        state = reason = -1;
    }
    printf("domain %s %d %d %s ", uuid, state, reason, persistent ? "kept" : "transient");
    print_name(libvirt.virDomainGetName(domain));
    putchar('\n');
}

struct guest_list {
    struct domain **domains;
    int count;
};

static bool ask_list(struct connection *connection, unsigned flags, struct guest_list *list,
        struct stream_failure *failure) {
    list->count = libvirt.virConnectListAllDomains(connection, &list->domains, flags);
    return list->count >= 0 || unreachable("the list of guests", failure);
}

static void release(struct guest_list *list) {
    for (int i = 0; i < list->count; i++) {
        libvirt.virDomainFree(list->domains[i]);
    }
    free(list->domains);
}

static bool holds(const struct guest_list *list, struct domain *domain) {
    char wanted[libvirt_uuid_text], uuid[libvirt_uuid_text];
    libvirt.virDomainGetUUIDString(domain, wanted);
    for (int i = 0; i < list->count; i++) {
        if (libvirt.virDomainGetUUIDString(list->domains[i], uuid) == 0 && strcmp(uuid, wanted) == 0) {
            return true;
        }
    }
    return false;
}

static bool print_all(struct connection *connection, struct stream_failure *failure) {
    struct guest_list all = {NULL, -1}, kept = {NULL, -1};
    bool told = ask_list(connection, 0, &all, failure) && ask_list(connection, list_persistent, &kept, failure);
    for (int i = 0; told && i < all.count; i++) {
        print_guest(all.domains[i], holds(&kept, all.domains[i]));
    }
    release(&all);
    release(&kept);
    return told;
}

static bool print_one(struct connection *connection, const char *uuid, struct stream_failure *failure) {
    struct domain *domain = libvirt.virDomainLookupByUUIDString(connection, uuid);
    if (domain == NULL) {
        return libvirt.virGetLastErrorCode() == libvirt_error_no_domain || unreachable(uuid, failure);
    }
    print_guest(domain, libvirt.virDomainIsPersistent(domain) == 1);
    libvirt.virDomainFree(domain);
    return true;
}

static void print_process(const char *pid, const char *uuid, void *wanted) {
    if (wanted == NULL || strcmp(uuid, wanted) == 0) {
        printf("process %s %s\n", pid, uuid);
    }
}

/* What libvirt says first, then the processes: a guest that begins in between seems orphaned and is looked at again. */
int guest_look(int argc, char **argv) {
    const char *only = argc > 2 ? argv[2] : NULL;
    struct stream_failure failure = {0};
    if (only != NULL && !valid_uuid(only)) {
        return fail(EXIT_USAGE, "usage", "guest-look URI [UUID]");
    }
    struct connection *connection = connect_to(argv[1], &failure);
    bool told = connection != NULL
            && (only == NULL ? print_all(connection, &failure) : print_one(connection, only, &failure));
    if (connection != NULL) {
        libvirt.virConnectClose(connection);
    }
    if (!told) {
        return stream_report(&failure);
    }
    return each_guest_process(print_process, argc > 2 ? argv[2] : NULL) ? EXIT_DONE : fail_errno("/proc");
}

static int pause_it(struct domain *domain) { return libvirt.virDomainSuspend(domain); }
static int resume_it(struct domain *domain) { return libvirt.virDomainResume(domain); }
static int destroy_it(struct domain *domain) { return libvirt.virDomainDestroy(domain); }
static int undefine_it(struct domain *domain) { return libvirt.virDomainUndefine(domain); }

static int print_definition(struct domain *domain, unsigned flags) {
    char *text = libvirt.virDomainGetXMLDesc(domain, flags);
    if (text == NULL) {
        return -1;
    }
    fputs(text, stdout);
    free(text);
    return 0;
}

/* The mark between them is the caller's: a definition could hold any fixed one. */
static const char *mark;

static int print_definitions(struct domain *domain) {
    if (print_definition(domain, xml_migratable) < 0) {
        return -1;
    }
    fputs(mark, stdout);
    return print_definition(domain, 0);
}

static int with_guest(const char *uri, const char *uuid, int (*deed)(struct domain *)) {
    struct stream_failure failure = {0};
    if (!valid_uuid(uuid)) {
        return fail(EXIT_USAGE, "usage", "'%s' is no guest's UUID", uuid);
    }
    struct connection *connection = connect_to(uri, &failure);
    if (connection == NULL) {
        return stream_report(&failure);
    }
    struct domain *domain = libvirt.virDomainLookupByUUIDString(connection, uuid);
    int exit_code = domain != NULL && deed(domain) == 0 ? EXIT_DONE : refused();
    if (domain != NULL) {
        libvirt.virDomainFree(domain);
    }
    libvirt.virConnectClose(connection);
    return exit_code;
}

int guest_pause(int argc, char **argv) { (void) argc; return with_guest(argv[1], argv[2], pause_it); }
int guest_resume(int argc, char **argv) { (void) argc; return with_guest(argv[1], argv[2], resume_it); }
int guest_destroy(int argc, char **argv) { (void) argc; return with_guest(argv[1], argv[2], destroy_it); }
int guest_undefine(int argc, char **argv) { (void) argc; return with_guest(argv[1], argv[2], undefine_it); }

/* virsh's words for it, then the mark: so both answers are read alike. */
static int print_job(struct domain *domain) {
    struct libvirt_job job = {0};
    struct libvirt_memory_figure figures[memory_figures];
    if (libvirt.virDomainGetJobInfo(domain, &job) < 0) {
        return -1;
    }
    printf("Job type: %d\n%s", job.type, mark);
    return libvirt.virDomainMemoryStats(domain, figures, memory_figures, 0) < 0 ? -1 : 0;
}

/*
 * Whether a job holds the guest. The second question waits while libvirt starts or restores the guest, which it doesn't
 * call a job: when that takes too long the command is ended by the alarm, which is an answer as well.
 */
int guest_settled(int argc, char **argv) {
    (void) argc;
    mark = argv[3];
    alarm(settled_seconds);
    return with_guest(argv[1], argv[2], print_job);
}

int guest_definitions(int argc, char **argv) {
    (void) argc;
    mark = argv[3];
    return with_guest(argv[1], argv[2], print_definitions);
}
