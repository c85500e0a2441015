#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "dd_sink.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* The child of a process with threads: only calls that are safe after fork until exec. */
static void become_dd(int input, int complaints, char *const *arguments, char *const *environment) {
    /* A cancel goes to the whole process group: dd outlives it until its input ends, but never its parent. */
    signal(SIGTERM, SIG_IGN);
    signal(SIGINT, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    dup2(input, STDIN_FILENO);
    dup2(complaints, STDOUT_FILENO);
    dup2(complaints, STDERR_FILENO);
    execvpe("dd", arguments, environment);
    _exit(127);
}

bool dd_sink_open(struct dd_sink *sink, const char *path, uint64_t offset, struct stream_failure *failure) {
    int ends[2];
    sink->path = path;
    sink->complaints = memfd_create("dd", MFD_CLOEXEC);
    if (sink->complaints < 0 || pipe2(ends, O_CLOEXEC) != 0) {
        return stream_fail(failure, STREAM_IO, "io: no pipe for dd: %s", strerror(errno));
    }
    char *target = NULL;
    char *seek = NULL;
    if (asprintf(&target, "of=%s", path) < 0 || asprintf(&seek, "seek=%llu", (unsigned long long) offset) < 0) {
        return stream_fail(failure, STREAM_IO, "io: no memory for dd's arguments");
    }
    char *arguments[] = {"dd", target, "bs=4M", "iflag=fullblock", "oflag=direct,seek_bytes", seek, "conv=notrunc,fsync",
            "status=none", NULL};
    char *environment[] = {"LC_ALL=C", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", NULL};
    sink->process = fork();
    if (sink->process == 0) {
        become_dd(ends[0], sink->complaints, arguments, environment);
    }
    free(target);
    free(seek);
    close(ends[0]);
    sink->input = ends[1];
    return sink->process > 0 || stream_fail(failure, STREAM_IO, "io: dd can't be started: %s", strerror(errno));
}

bool dd_sink_write(struct dd_sink *sink, const void *data, size_t length, struct stream_failure *failure) {
    const char *at = data;
    while (length > 0) {
        ssize_t written = write(sink->input, at, length);
        if (written > 0) {
            at += written;
            length -= (size_t) written;
        } else if (errno != EINTR) {
            /* dd is gone: why, it says itself. */
            dd_sink_close(sink, failure);
            return stream_fail(failure, STREAM_IO, "io: dd stopped reading before %s was written", sink->path);
        }
    }
    return true;
}

bool dd_sink_close(struct dd_sink *sink, struct stream_failure *failure) {
    if (sink->process <= 0) {
        return failure->exit == STREAM_DONE;
    }
    close(sink->input);
    int status = 0;
    while (waitpid(sink->process, &status, 0) < 0 && errno == EINTR) {
    }
    sink->process = 0;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
        return true;
    }
    char text[512] = "";
    if (pread(sink->complaints, text, sizeof text - 1, 0) < 0 || text[0] == '\0') {
        snprintf(text, sizeof text, "dd ended with status %d and said nothing", status);
    }
    return strstr(text, strerror(ENOSPC)) != NULL
            ? stream_fail(failure, STREAM_FULL, "full: no space left on %s", sink->path)
            : stream_fail(failure, STREAM_IO, "io: %s", text);
}
