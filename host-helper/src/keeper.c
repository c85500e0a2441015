#include "keeper.h"

#include "durable.h"
#include "guard.h"
#include "guard_evict.h"
#include "launch.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { KILL_AFTER_MILLISECONDS = 2000 };

struct keeper {
    int channel; /* -1 once the front-end is gone */
    int outputs[2];
    int children; /* signalfd */
    int run_lock; /* -1 for a reading command */
    bool changing;
    long long kill_at; /* milliseconds; 0: never */
    pid_t command;
};

static long long now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

static void hand_on(struct keeper *keeper, enum frame_type type, const void *payload, size_t length)
{
    uint8_t message[1 + FRAME_CHUNK];

    if (keeper->channel < 0)
        return;
    message[0] = type;
    memcpy(message + 1, payload, length);
    while (send(keeper->channel, message, 1 + length, MSG_NOSIGNAL) < 0) {
        if (errno == EINTR)
            continue;
        /* The poll loop sees the end of the channel too, and acts on it. */
        break;
    }
}

static void refuse(struct keeper *keeper, const char *text)
{
    hand_on(keeper, FRAME_REFUSED, text, strlen(text));
    _exit(0);
}

static void pass_guard(struct keeper *keeper, const struct start *start)
{
    struct ticket ticket = {start->epoch, ""}, other = {0, ""};
    char text[512];

    strcpy(ticket.operation, start->operation);
    switch (guard_enter(start->uuid, &ticket, &keeper->run_lock, &other)) {
    case GUARD_IN:
        return;
    case GUARD_REFUSED:
        snprintf(text, sizeof text, "refused: epoch %" PRIu64 " of operation %s", other.epoch, other.operation);
        break;
    case GUARD_RUNNING:
        snprintf(text, sizeof text, "busy: epoch %" PRIu64 " of operation %s", other.epoch, other.operation);
        break;
    case GUARD_BROKEN:
        snprintf(text, sizeof text, "guard-broken: %s in %.200s/guard: %s", start->uuid, state_folder(),
                 errno == EBADMSG ? "the files make no sense" : strerror(errno));
        break;
    }
    refuse(keeper, text);
}

static void signal_command(struct keeper *keeper, int signal)
{
    /* The command isn't reaped yet when this is called, so its number, and its group's, is still its own. */
    if (keeper->command > 0)
        kill(-keeper->command, signal);
}

static void front_end_gone(struct keeper *keeper)
{
    close(keeper->channel);
    keeper->channel = -1;
    if (!keeper->changing) {
        signal_command(keeper, SIGTERM);
        keeper->kill_at = now() + KILL_AFTER_MILLISECONDS;
    }
}

static void hear_front_end(struct keeper *keeper)
{
    uint8_t signal;
    ssize_t count = recv(keeper->channel, &signal, 1, MSG_DONTWAIT);

    if (count == 1)
        signal_command(keeper, signal);
    else if (count == 0 || (errno != EAGAIN && errno != EINTR))
        front_end_gone(keeper);
}

/* Hands on what there is; false when the pipe has ended or has nothing now. */
static bool drain(struct keeper *keeper, int which)
{
    static const enum frame_type types[2] = {FRAME_STDOUT, FRAME_STDERR};
    char bytes[FRAME_CHUNK];
    ssize_t count;

    if (keeper->outputs[which] < 0)
        return false;
    count = read(keeper->outputs[which], bytes, sizeof bytes);
    if (count > 0) {
        hand_on(keeper, types[which], bytes, count);
        return true;
    }
    if (count == 0 || (errno != EAGAIN && errno != EINTR)) {
        close(keeper->outputs[which]);
        keeper->outputs[which] = -1;
    }
    return false;
}

static bool ended(struct keeper *keeper, uint8_t *exit_code)
{
    int status;

    if (waitpid(keeper->command, &status, WNOHANG) != keeper->command)
        return false;
    *exit_code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    keeper->command = 0;
    return true;
}

static void watch(struct keeper *keeper, uint8_t *exit_code)
{
    while (!ended(keeper, exit_code)) {
        struct pollfd watched[] = {
            {keeper->channel, POLLIN, 0},
            {keeper->outputs[0], POLLIN, 0},
            {keeper->outputs[1], POLLIN, 0},
            {keeper->children, POLLIN, 0},
        };
        int count = poll(watched, 4, keeper->kill_at > 0 ? KILL_AFTER_MILLISECONDS : -1);

        if (keeper->kill_at > 0 && now() >= keeper->kill_at)
            signal_command(keeper, SIGKILL);
        if (count < 0)
            continue;
        if (watched[0].revents != 0)
            hear_front_end(keeper);
        if (watched[1].revents != 0)
            drain(keeper, 0);
        if (watched[2].revents != 0)
            drain(keeper, 1);
        if (watched[3].revents != 0) {
            struct signalfd_siginfo information;
            if (read(keeper->children, &information, sizeof information) < 0)
                continue;
        }
    }
}

void keep_command(const struct start *start, int channel)
{
    struct keeper keeper = {.channel = channel, .outputs = {-1, -1}, .run_lock = -1, .changing = start->changing};
    sigset_t child;
    uint8_t exit_code = 0;
    const char *problem;

    prctl(PR_SET_NAME, KEEPER_NAME);
    setsid();
    signal(SIGHUP, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    signal(SIGINT, SIG_IGN);
    signal(SIGCHLD, SIG_DFL);
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child, NULL);
    keeper.children = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
    if (keeper.children < 0)
        refuse(&keeper, "error: no signalfd");
    if (start->changing)
        pass_guard(&keeper, start);
    problem = launch(start, &keeper.command, keeper.outputs, (int[]){channel, keeper.children}, 2);
    if (problem != NULL)
        refuse(&keeper, problem);
    watch(&keeper, &exit_code);
    /* What the command left running may hold the pipes for ever: only what is in them now is handed on. */
    while (drain(&keeper, 0) || drain(&keeper, 1))
        continue;
    /* Before the answer: whoever hears it may send the VM's next command, of another operation. */
    if (keeper.run_lock >= 0)
        close(keeper.run_lock);
    hand_on(&keeper, FRAME_EXIT, &exit_code, 1);
    _exit(0);
}
