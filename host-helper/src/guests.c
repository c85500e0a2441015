#include "guest_processes.h"

#include "commands.h"
#include "names.h"
#include "processes.h"
#include "report.h"

#include <ctype.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

enum { TERM_MILLISECONDS = 5000, GONE_MILLISECONDS = 25000 };

static bool is_emulator(const char *program)
{
    const char *slash = strrchr(program, '/');
    const char *name = slash != NULL ? slash + 1 : program;

    return strncmp(name, "qemu-system-", 12) == 0 || strcmp(name, "qemu-kvm") == 0 || strcmp(name, "kvm") == 0;
}

/* The UUID a guest's process was started with; false when it isn't a guest's. */
static bool guest_of(const char *pid, char uuid[37])
{
    const char *arguments, *end;
    long length = process_arguments(pid, &arguments);

    if (length <= 0 || !is_emulator(arguments))
        return false;
    end = arguments + length;
    for (const char *argument = arguments; argument < end; argument += strlen(argument) + 1) {
        const char *value = argument + strlen(argument) + 1;

        if (strcmp(argument, "-uuid") == 0 && value < end && strlen(value) == 36) {
            for (int i = 0; i <= 36; i++)
                uuid[i] = (char)tolower((unsigned char)value[i]);
            return valid_uuid(uuid);
        }
    }
    return false;
}

struct guest_listener {
    void (*found)(const char *pid, const char *uuid, void *opaque);
    void *opaque;
};

static void hand_on_guest(const char *pid, void *opaque)
{
    struct guest_listener *listener = opaque;
    char uuid[37];

    if (guest_of(pid, uuid))
        listener->found(pid, uuid, listener->opaque);
}

bool each_guest_process(void (*found)(const char *pid, const char *uuid, void *opaque), void *opaque)
{
    return each_process(hand_on_guest, &(struct guest_listener){found, opaque});
}

static void print_if_wanted(const char *pid, const char *uuid, void *wanted)
{
    if (wanted == NULL || strcmp(uuid, wanted) == 0)
        printf("%s %s\n", pid, uuid);
}

int guests_list(int argc, char **argv)
{
    if (argc > 1 && !valid_uuid(argv[1]))
        return fail(EXIT_USAGE, "usage", "guest-processes [UUID]");
    return each_guest_process(print_if_wanted, argc > 1 ? argv[1] : NULL) ? EXIT_DONE : fail_errno("/proc");
}

int guests_end_process(int argc, char **argv)
{
    long long number = parse_number(argv[1]);
    const char *arguments;
    struct process process;
    char pid[32], uuid[37];

    (void)argc;
    if (number < 2 || number > 1LL << 30 || !valid_uuid(argv[2]))
        return fail(EXIT_USAGE, "usage", "end-process PID UUID");
    snprintf(pid, sizeof pid, "%lld", number);
    /* The beginning first: if the number goes to another process after that, "gone" sees it. */
    if (!process_look(pid, &process))
        return EXIT_DONE;
    if (!guest_of(pid, uuid) || strcmp(uuid, argv[2]) != 0) {
        /* One that is dying already shows no command line: wait for it like for one that was told to. */
        bool dying = process_arguments(pid, &arguments) == 0;
        if (!process_wait_gone(&process, dying ? GONE_MILLISECONDS : 0))
            return fail(EXIT_REFUSED, "another", "process %s isn't guest %s", pid, argv[2]);
        return EXIT_DONE;
    }
    kill((pid_t)number, SIGTERM);
    if (process_wait_gone(&process, TERM_MILLISECONDS))
        return EXIT_DONE;
    if (guest_of(pid, uuid) && strcmp(uuid, argv[2]) == 0)
        kill((pid_t)number, SIGKILL);
    if (process_wait_gone(&process, GONE_MILLISECONDS))
        return EXIT_DONE;
    return fail(EXIT_BUSY, "busy", "process %s of guest %s doesn't end, even when killed", pid, argv[2]);
}
