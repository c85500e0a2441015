#include "processes.h"

#include "durable.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LOOK_EVERY = 20 };

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

long process_arguments(const char *pid, const char **arguments)
{
    long length = read_process_file(pid, "cmdline", command_line, COMMAND_LINE_LIMIT);

    if (length >= 0)
        command_line[length + 1] = '\0';
    *arguments = command_line;
    return length;
}

bool process_environment(const char *pid, const char *name, char *value, size_t limit)
{
    static char environment[COMMAND_LINE_LIMIT + 2];
    long length = read_process_file(pid, "environ", environment, COMMAND_LINE_LIMIT);
    size_t name_length = strlen(name);

    if (length <= 0)
        return false;
    environment[length] = '\0';
    for (const char *at = environment; at < environment + length; at += strlen(at) + 1) {
        if (strncmp(at, name, name_length) == 0 && at[name_length] == '=')
            return snprintf(value, limit, "%s", at + name_length + 1) < (int)limit;
    }
    return false;
}

bool is_program(const char *arguments, const char *name)
{
    const char *slash = strrchr(arguments, '/');

    return strcmp(slash != NULL ? slash + 1 : arguments, name) == 0;
}

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

bool process_look(const char *pid, struct process *process)
{
    char state;

    snprintf(process->pid, sizeof process->pid, "%s", pid);
    return look_at(pid, &process->began, &state);
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

static bool gone(const struct process *process)
{
    unsigned long long began;
    char state;

    if (!look_at(process->pid, &began, &state) || began != process->began)
        return true;
    return (state == 'Z' || state == 'X') && count_threads(process->pid) <= 1;
}

bool process_wait_gone(const struct process *process, int milliseconds)
{
    for (int waited = 0; waited < milliseconds; waited += LOOK_EVERY) {
        if (gone(process))
            return true;
        nanosleep(&(struct timespec){0, LOOK_EVERY * 1000L * 1000}, NULL);
    }
    return gone(process);
}

bool each_process(void (*found)(const char *pid, void *opaque), void *opaque)
{
    DIR *processes = opendir("/proc");
    struct dirent *entry;

    if (processes == NULL)
        return false;
    while ((entry = readdir(processes)) != NULL) {
        if (isdigit((unsigned char)entry->d_name[0]))
            found(entry->d_name, opaque);
    }
    closedir(processes);
    return true;
}
