/* Programs that stay when the command that started them is over: found again by their command line, never by a number
 * that was noted somewhere. */
#include "commands.h"
#include "processes.h"
#include "report.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { TERM_MILLISECONDS = 10000, GONE_MILLISECONDS = 15000, LOOK_EVERY = 5, LOG_BYTES = 1 << 20, TAIL_BYTES = 2048 };

/* It keeps nothing of the command's, above all not the guard's lock. What it says goes into a file that the kernel
 * keeps from growing. */
static void become_daemon(const char *log, char **program)
{
    const struct rlimit limit = {LOG_BYTES, LOG_BYTES};
    int nothing = open("/dev/null", O_RDWR);
    int output = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0600);

    if (nothing < 0 || output < 0)
        _exit(fail_errno("%s", log));
    dup2(nothing, 0);
    dup2(output, 1);
    dup2(output, 2);
    close_range(3, ~0U, 0);
    setrlimit(RLIMIT_FSIZE, &limit);
    signal(SIGXFSZ, SIG_IGN);
    execvp(program[0], program);
    dprintf(2, "%s: %s\n", program[0], strerror(errno));
    _exit(127);
}

static void show_log(const char *log)
{
    char text[TAIL_BYTES];
    int fd = open(log, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    ssize_t count;

    if (fd < 0)
        return;
    if (lseek(fd, -TAIL_BYTES, SEEK_END) < 0)
        lseek(fd, 0, SEEK_SET);
    while ((count = read(fd, text, sizeof text)) > 0)
        fwrite(text, 1, count, stderr);
    close(fd);
}

/* No time limit of its own: who started the command kills it with its process group, which the daemon is in until then.
 * READY is a file that the daemon makes when it can be used. */
int daemon_start(int argc, char **argv)
{
    const char *ready = argv[1], *log = argv[2];
    int status;
    pid_t child;

    if (argc < 5 || strcmp(argv[3], "--") != 0)
        return fail(EXIT_USAGE, "usage", "daemon-start READY LOG -- PROGRAM ARGUMENT...");
    if (unlink(ready) < 0 && errno != ENOENT)
        return fail_errno("%s", ready);
    fflush(stdout);
    child = fork();
    if (child < 0)
        return fail_errno("fork");
    if (child == 0)
        become_daemon(log, argv + 4);
    while (access(ready, F_OK) < 0) {
        if (waitpid(child, &status, WNOHANG) == child) {
            show_log(log);
            return fail(EXIT_OTHER, "ended", "%s ended with %s %d before it was ready", argv[4],
                        WIFSIGNALED(status) ? "signal" : "exit code",
                        WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
        }
        nanosleep(&(struct timespec){0, LOOK_EVERY * 1000L * 1000}, NULL);
    }
    return EXIT_DONE;
}

struct wanted {
    const char *program, *argument;
};

static bool is_wanted(const char *pid, const struct wanted *wanted)
{
    const char *arguments;
    long length = process_arguments(pid, &arguments);

    if (length <= 0 || !is_program(arguments, wanted->program))
        return false;
    for (const char *at = arguments; at < arguments + length; at += strlen(at) + 1) {
        if (strcmp(at, wanted->argument) == 0)
            return true;
    }
    return false;
}

static void print_wanted(const char *pid, void *wanted)
{
    if (is_wanted(pid, wanted))
        printf("%s\n", pid);
}

int daemon_find(int argc, char **argv)
{
    (void)argc;
    return each_process(print_wanted, &(struct wanted){argv[1], argv[2]}) ? EXIT_DONE : fail_errno("/proc");
}

int daemon_end(int argc, char **argv)
{
    const struct wanted wanted = {argv[2], argv[3]};
    long long number = parse_number(argv[1]);
    const char *arguments;
    struct process process;
    char pid[32];

    (void)argc;
    if (number < 2 || number > 1LL << 30)
        return fail(EXIT_USAGE, "usage", "daemon-end PID PROGRAM ARGUMENT");
    snprintf(pid, sizeof pid, "%lld", number);
    /* The beginning first: if the number goes to another process after that, its beginning tells. */
    if (!process_look(pid, &process))
        return EXIT_DONE;
    if (!is_wanted(pid, &wanted)) {
        /* One that is dying already shows no command line: wait for it like for one that was told to. */
        bool dying = process_arguments(pid, &arguments) == 0;
        if (!process_wait_gone(&process, dying ? GONE_MILLISECONDS : 0))
            return fail(EXIT_REFUSED, "another", "process %s isn't %s with %s", pid, argv[2], argv[3]);
        return EXIT_DONE;
    }
    kill((pid_t)number, SIGTERM);
    if (process_wait_gone(&process, TERM_MILLISECONDS))
        return EXIT_DONE;
    if (is_wanted(pid, &wanted))
        kill((pid_t)number, SIGKILL);
    if (process_wait_gone(&process, GONE_MILLISECONDS))
        return EXIT_DONE;
    return fail(EXIT_BUSY, "busy", "process %s doesn't end, even when killed", pid);
}
