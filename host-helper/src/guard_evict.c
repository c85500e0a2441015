/* Who holds a run lock is asked of the kernel, through the open files in /proc: a list of our own would be wrong after
 * the first kill -9, and would miss what a command had started and left behind. */
#include "guard_evict.h"

#include "durable.h"
#include "report.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { KILL_AFTER = 5, KEEPERS_AFTER = 10, GIVE_UP_AFTER = 25 };

static bool has_open(const char *pid, const struct stat *wanted)
{
    char path[512];
    struct dirent *entry;
    struct stat status;
    bool found = false;
    DIR *files;

    snprintf(path, sizeof path, "/proc/%s/fd", pid);
    files = opendir(path);
    if (files == NULL)
        return false;
    while (!found && (entry = readdir(files)) != NULL) {
        found = fstatat(dirfd(files), entry->d_name, &status, 0) == 0 && status.st_dev == wanted->st_dev &&
                status.st_ino == wanted->st_ino;
    }
    closedir(files);
    return found;
}

static bool is_keeper(const char *pid)
{
    char path[512], name[32];
    long length = -1;
    int fd;

    snprintf(path, sizeof path, "/proc/%s/comm", pid);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
        length = read_all(fd, name, sizeof name - 1);
        close(fd);
    }
    return length > 0 && strncmp(name, KEEPER_NAME "\n", length) == 0;
}

/* A keeper is spared at first: it ends by itself after its command, and can then tell its front-end how. Whoever else
 * is deciding about this VM just now has the file open too, but only in a hold of UUID.lock: so this takes one. */
static void signal_holders(const char *uuid, const struct stat *run_file, int signal, bool keepers_too)
{
    struct dirent *entry;
    int hold = guard_hold(uuid);
    DIR *processes = opendir("/proc");

    if (processes == NULL || hold < 0)
        return;
    while ((entry = readdir(processes)) != NULL) {
        pid_t pid, group;

        if (!isdigit((unsigned char)entry->d_name[0]))
            continue;
        pid = atoi(entry->d_name);
        if (pid == getpid() || !has_open(entry->d_name, run_file))
            continue;
        if (is_keeper(entry->d_name) && !keepers_too)
            continue;
        group = getpgid(pid);
        kill(pid, signal);
        /* Only a group that a command leads is the command's alone. */
        if (group == pid)
            kill(-group, signal);
    }
    closedir(processes);
    close(hold);
}

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

int evict_holders(const char *uuid, const struct ticket *ticket)
{
    char path[PATH_LIMIT];
    struct stat run_file;
    double start = now();
    bool terminated = false;

    guard_path(uuid, "run", path);
    if (stat(path, &run_file) < 0)
        return errno == ENOENT ? EXIT_DONE : fail_errno("%s", path);
    for (;;) {
        struct ticket seen, runner;
        double waited = now() - start;
        bool running;

        if (guard_look(uuid, &seen, &running, &runner) != GUARD_IN)
            return fail_errno("guard of %s", uuid);
        if (!running || runner.epoch >= ticket->epoch)
            return EXIT_DONE;
        if (waited > GIVE_UP_AFTER)
            return fail(EXIT_BUSY, "busy", "a command of operation %s doesn't end, even when killed", runner.operation);
        if (waited > KILL_AFTER) {
            signal_holders(uuid, &run_file, SIGKILL, waited > KEEPERS_AFTER);
        } else if (!terminated) {
            signal_holders(uuid, &run_file, SIGTERM, false);
            terminated = true;
        }
        nanosleep(&(struct timespec){0, 20 * 1000 * 1000}, NULL);
    }
}
