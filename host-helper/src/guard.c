#include "guard.h"

#include "durable.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

const char *state_folder(void)
{
    const char *folder = getenv("BERTH_STATE");

    return folder != NULL && folder[0] == '/' && strlen(folder) < PATH_LIMIT / 2 ? folder : "/var/lib/berth";
}

void guard_path(const char *uuid, const char *kind, char *path)
{
    snprintf(path, PATH_LIMIT, "%s/guard/%s.%s", state_folder(), uuid, kind);
}

static int open_guard_file(const char *uuid, const char *kind, int flags)
{
    char path[PATH_LIMIT];

    guard_path(uuid, kind, path);
    return open(path, flags | O_CLOEXEC | O_NOFOLLOW, 0600);
}

static int lock(int fd, int how)
{
    int result;

    do
        result = flock(fd, how);
    while (result < 0 && errno == EINTR);
    return result;
}

static bool parse_ticket(const char *text, struct ticket *ticket)
{
    int end = 0;

    return sscanf(text, "%" SCNu64 " %32[a-z0-9]\n%n", &ticket->epoch, ticket->operation, &end) == 2 && end > 0 &&
           text[end] == '\0';
}

/* 1 read, 0 none there, -1 with errno. A file that makes no sense is an error: no epoch must never look like a low one. */
static int read_ticket(int fd, struct ticket *ticket)
{
    char text[128];
    long length = read_all(fd, text, sizeof text - 1);

    if (length < 0)
        return -1;
    if (!parse_ticket(text, ticket)) {
        errno = EBADMSG;
        return -1;
    }
    return 1;
}

static int read_epoch(const char *uuid, struct ticket *seen)
{
    int fd = open_guard_file(uuid, "epoch", O_RDONLY);
    int result, error;

    memset(seen, 0, sizeof *seen);
    if (fd < 0)
        return errno == ENOENT ? 0 : -1;
    result = read_ticket(fd, seen);
    error = errno;
    close(fd);
    errno = error;
    return result;
}

static int keep_epoch(const char *uuid, const struct ticket *ticket)
{
    char path[PATH_LIMIT], text[128];

    guard_path(uuid, "epoch", path);
    snprintf(text, sizeof text, "%" PRIu64 " %s\n", ticket->epoch, ticket->operation);
    return replace_file(path, text, strlen(text));
}

int guard_hold(const char *uuid)
{
    char folder[PATH_LIMIT];
    int fd = open_guard_file(uuid, "lock", O_RDWR | O_CREAT);

    if (fd < 0 && errno == ENOENT) {
        snprintf(folder, sizeof folder, "%s/guard", state_folder());
        if (make_folders(folder) < 0)
            return -1;
        fd = open_guard_file(uuid, "lock", O_RDWR | O_CREAT);
    }
    if (fd >= 0 && lock(fd, LOCK_EX) < 0) {
        close(fd);
        return -1;
    }
    return fd;
}

static bool same(const struct ticket *one, const struct ticket *other)
{
    return one->epoch == other->epoch && strcmp(one->operation, other->operation) == 0;
}

/* Gets the run lock, shared with commands of the same ticket. To be called under UUID.lock alone: changing a flock
 * from exclusive to shared lets go of it for an instant. */
static enum guard_answer take_run_lock(int run, const struct ticket *ticket, struct ticket *other)
{
    char text[128];

    if (lock(run, LOCK_EX | LOCK_NB) == 0) {
        snprintf(text, sizeof text, "%" PRIu64 " %s\n", ticket->epoch, ticket->operation);
        if (ftruncate(run, 0) < 0 || write_all(run, text, strlen(text)) < 0)
            return GUARD_BROKEN;
        return lock(run, LOCK_SH | LOCK_NB) == 0 ? GUARD_IN : GUARD_BROKEN;
    }
    if (errno != EWOULDBLOCK || read_ticket(run, other) < 0)
        return GUARD_BROKEN;
    if (!same(ticket, other))
        return GUARD_RUNNING;
    return lock(run, LOCK_SH | LOCK_NB) == 0 ? GUARD_IN : GUARD_BROKEN;
}

static enum guard_answer enter(const char *uuid, const struct ticket *ticket, int run, struct ticket *other)
{
    enum guard_answer answer;
    struct ticket seen;

    if (read_epoch(uuid, &seen) < 0)
        return GUARD_BROKEN;
    if (seen.epoch > ticket->epoch) {
        *other = seen;
        return GUARD_REFUSED;
    }
    answer = take_run_lock(run, ticket, other);
    if (answer == GUARD_IN && seen.epoch < ticket->epoch && keep_epoch(uuid, ticket) < 0)
        return GUARD_BROKEN;
    return answer;
}

enum guard_answer guard_enter(const char *uuid, const struct ticket *ticket, int *run_lock, struct ticket *other)
{
    int decision = guard_hold(uuid);
    int run, error;
    enum guard_answer answer = GUARD_BROKEN;

    if (decision < 0)
        return GUARD_BROKEN;
    run = open_guard_file(uuid, "run", O_RDWR | O_CREAT);
    if (run >= 0)
        answer = enter(uuid, ticket, run, other);
    error = errno;
    if (answer == GUARD_IN) {
        fcntl(run, F_SETFD, 0); /* the command inherits it */
        *run_lock = run;
    } else if (run >= 0) {
        close(run);
    }
    close(decision);
    errno = error;
    return answer;
}

/* 1 somebody holds the run lock, 0 nobody, -1 with errno. Under UUID.lock alone: it takes the lock for an instant. */
static int who_runs(const char *uuid, struct ticket *runner)
{
    int run = open_guard_file(uuid, "run", O_RDWR);
    int result = 0, error;

    if (run < 0)
        return errno == ENOENT ? 0 : -1;
    if (lock(run, LOCK_EX | LOCK_NB) < 0)
        result = errno == EWOULDBLOCK ? read_ticket(run, runner) : -1;
    error = errno;
    close(run);
    errno = error;
    return result;
}

enum guard_answer guard_raise_to(const char *uuid, const struct ticket *ticket, bool *running, struct ticket *other)
{
    int decision = guard_hold(uuid);
    enum guard_answer answer = GUARD_IN;
    struct ticket seen;
    int busy = 0, error;

    if (decision < 0)
        return GUARD_BROKEN;
    if (read_epoch(uuid, &seen) < 0) {
        answer = GUARD_BROKEN;
    } else if (seen.epoch > ticket->epoch) {
        *other = seen;
        answer = GUARD_REFUSED;
    } else if (seen.epoch < ticket->epoch && keep_epoch(uuid, ticket) < 0) {
        answer = GUARD_BROKEN;
    } else {
        busy = who_runs(uuid, other);
        if (busy < 0)
            answer = GUARD_BROKEN;
    }
    *running = answer == GUARD_IN && busy > 0 && other->epoch < ticket->epoch;
    error = errno;
    close(decision);
    errno = error;
    return answer;
}

enum guard_answer guard_look(const char *uuid, struct ticket *epoch, bool *running, struct ticket *runner)
{
    int decision = open_guard_file(uuid, "lock", O_RDWR);
    int busy = -1, error;

    *running = false;
    memset(epoch, 0, sizeof *epoch);
    if (decision < 0)
        return errno == ENOENT ? GUARD_IN : GUARD_BROKEN;
    if (lock(decision, LOCK_EX) == 0 && read_epoch(uuid, epoch) >= 0)
        busy = who_runs(uuid, runner);
    error = errno;
    close(decision);
    errno = error;
    *running = busy > 0;
    return busy < 0 ? GUARD_BROKEN : GUARD_IN;
}
