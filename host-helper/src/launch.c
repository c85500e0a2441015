#include "launch.h"

#include "commands.h"
#include "durable.h"
#include "report.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file in memory and not a pipe: nobody has to feed it while the command runs. */
static int input_of(const struct start *start)
{
    int fd;

    if (start->input_length == 0)
        return open("/dev/null", O_RDONLY | O_CLOEXEC);
    fd = memfd_create("berth-input", MFD_CLOEXEC);
    if (fd < 0 || write_all(fd, start->input, start->input_length) < 0 || lseek(fd, 0, SEEK_SET) < 0)
        return -1;
    return fd;
}

/* Programs' answers are parsed, so they speak one language; what needs root is often in an sbin folder. */
static void set_environment(void)
{
    const char *path = getenv("PATH");
    char longer[4096];

    snprintf(longer, sizeof longer, "%.3900s:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
             path != NULL && path[0] != '\0' ? path : "/usr/local/sbin");
    setenv("PATH", longer, 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    unsetenv("LANGUAGE");
}

static void become(const struct start *start) __attribute__((noreturn));

static void become(const struct start *start)
{
    const struct command *own;

    if (strcmp(start->argv[0], "berth-host") != 0) {
        set_environment();
        execvp(start->argv[0], start->argv);
        fail(127, errno == ENOENT ? "not-found" : "not-started", "%s: %s", start->argv[0], strerror(errno));
        _exit(errno == ENOENT ? 127 : 126);
    }
    own = start->argc > 1 ? find_command(start->argv[1]) : NULL;
    if (own == NULL || own->run == serve)
        _exit(fail(EXIT_USAGE, "usage", "no command '%s'", start->argc > 1 ? start->argv[1] : ""));
    _exit(run_command(own, start->argc - 1, start->argv + 1));
}

static void run_child(const struct start *start, int input, const int ends[2], const int *closed, int closed_count)
{
    sigset_t none;

    prctl(PR_SET_NAME, "berth-host"); /* and not a keeper's: guard-evict spares keepers */
    setpgid(0, 0);
    dup2(input, 0);
    dup2(ends[0], 1);
    dup2(ends[1], 2);
    close(input);
    close(ends[0]);
    close(ends[1]);
    for (int i = 0; i < closed_count; i++)
        close(closed[i]);
    for (int number = 1; number < NSIG; number++)
        signal(number, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    umask(022);
    become(start);
}

const char *launch(const struct start *start, pid_t *command, int outputs[2], const int *closed, int closed_count)
{
    int out[2], errors[2], input = input_of(start);

    if (input < 0 || pipe2(out, O_CLOEXEC) < 0 || pipe2(errors, O_CLOEXEC) < 0)
        return "error: no descriptors or memory left for a command";
    *command = fork();
    if (*command < 0)
        return "error: no process could be started";
    if (*command == 0) {
        close(out[0]);
        close(errors[0]);
        run_child(start, input, (int[]){out[1], errors[1]}, closed, closed_count);
    }
    /* On both sides of the fork: whoever comes first, the group is there before a signal for it. */
    setpgid(*command, *command);
    close(input);
    close(out[1]);
    close(errors[1]);
    outputs[0] = out[0];
    outputs[1] = errors[0];
    fcntl(out[0], F_SETFL, O_NONBLOCK);
    fcntl(errors[0], F_SETFL, O_NONBLOCK);
    return NULL;
}
