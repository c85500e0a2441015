#include "guest_processes.h"

#include "commands.h"
#include "durable.h"
#include "names.h"
#include "report.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { COMMAND_LINE_LIMIT = 1024 * 1024, TERM_MILLISECONDS = 5000, GONE_MILLISECONDS = 25000, LOOK_EVERY = 20 };

static char command_line[COMMAND_LINE_LIMIT + 2];

static long read_process_file(const char *pid, const char *name, char *bytes, size_t limit)
{
    char path[128];
    long length;
    int fd;

    snprintf(path, sizeof path, "/proc/%s/%s", pid, name);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    length = read_all(fd, bytes, limit);
    close(fd);
    return length;
}

static bool is_emulator(const char *program)
{
    const char *slash = strrchr(program, '/');
    const char *name = slash != NULL ? slash + 1 : program;

    return strncmp(name, "qemu-system-", 12) == 0 || strcmp(name, "qemu-kvm") == 0 || strcmp(name, "kvm") == 0;
}

/* The UUID a guest's process was started with; false when it isn't a guest's. */
static bool guest_of(const char *pid, char uuid[37])
{
    long length = read_process_file(pid, "cmdline", command_line, COMMAND_LINE_LIMIT);
    const char *end;

    if (length <= 0 || !is_emulator(command_line))
        return false;
    command_line[length + 1] = '\0';
    end = command_line + length;
    for (const char *argument = command_line; argument < end; argument += strlen(argument) + 1) {
        const char *value = argument + strlen(argument) + 1;

        if (strcmp(argument, "-uuid") == 0 && value < end && strlen(value) == 36) {
            for (int i = 0; i <= 36; i++)
                uuid[i] = (char)tolower((unsigned char)value[i]);
            return valid_uuid(uuid);
        }
    }
    return false;
}

bool each_guest_process(void (*found)(const char *pid, const char *uuid, void *opaque), void *opaque)
{
    DIR *processes = opendir("/proc");
    struct dirent *entry;
    char uuid[37];

    if (processes == NULL)
        return false;
    while ((entry = readdir(processes)) != NULL) {
        if (isdigit((unsigned char)entry->d_name[0]) && guest_of(entry->d_name, uuid))
            found(entry->d_name, uuid, opaque);
    }
    closedir(processes);
    return true;
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

/* When the process began, in ticks, and its state: number and beginning together name a process. */
static bool look_at(const char *pid, unsigned long long *began, char *state)
{
    char text[4096];
    const char *after_name;

    if (read_process_file(pid, "stat", text, sizeof text - 1) <= 0)
        return false;
    after_name = strrchr(text, ')');
    return after_name != NULL &&
           sscanf(after_name, ") %c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %*d %*d %llu", state,
                  began) == 2;
}

static int count_threads(const char *pid)
{
    char path[128];
    int count = 0;
    struct dirent *entry;
    DIR *threads;

    snprintf(path, sizeof path, "/proc/%s/task", pid);
    threads = opendir(path);
    if (threads == NULL)
        return 0;
    while ((entry = readdir(threads)) != NULL)
        count += entry->d_name[0] != '.';
    closedir(threads);
    return count;
}

/* A dying process shows no command line long before its files are closed, and its first thread is a zombie while
 * another may still be writing: gone is when nothing but a zombie's entry is left. */
static bool gone(const char *pid, unsigned long long began)
{
    unsigned long long began_now;
    char state;

    if (!look_at(pid, &began_now, &state) || began_now != began)
        return true;
    return (state == 'Z' || state == 'X') && count_threads(pid) <= 1;
}

static bool wait_gone(const char *pid, unsigned long long began, int milliseconds)
{
    for (int waited = 0; waited < milliseconds; waited += LOOK_EVERY) {
        if (gone(pid, began))
            return true;
        nanosleep(&(struct timespec){0, LOOK_EVERY * 1000L * 1000}, NULL);
    }
    return gone(pid, began);
}

int guests_end_process(int argc, char **argv)
{
    long long number = parse_number(argv[1]);
    unsigned long long began;
    char pid[32], uuid[37], state;

    (void)argc;
    if (number < 2 || number > 1LL << 30 || !valid_uuid(argv[2]))
        return fail(EXIT_USAGE, "usage", "end-process PID UUID");
    snprintf(pid, sizeof pid, "%lld", number);
    /* The beginning first: if the number goes to another process after that, "gone" sees it. */
    if (!look_at(pid, &began, &state))
        return EXIT_DONE;
    if (!guest_of(pid, uuid) || strcmp(uuid, argv[2]) != 0) {
        /* One that is dying already shows no command line: wait for it like for one that was told to. */
        bool dying = read_process_file(pid, "cmdline", command_line, COMMAND_LINE_LIMIT) == 0;
        if (!wait_gone(pid, began, dying ? GONE_MILLISECONDS : 0))
            return fail(EXIT_REFUSED, "another", "process %s isn't guest %s", pid, argv[2]);
        return EXIT_DONE;
    }
    kill((pid_t)number, SIGTERM);
    if (wait_gone(pid, began, TERM_MILLISECONDS))
        return EXIT_DONE;
    if (guest_of(pid, uuid) && strcmp(uuid, argv[2]) == 0)
        kill((pid_t)number, SIGKILL);
    if (wait_gone(pid, began, GONE_MILLISECONDS))
        return EXIT_DONE;
    return fail(EXIT_BUSY, "busy", "process %s of guest %s doesn't end, even when killed", pid, argv[2]);
}
