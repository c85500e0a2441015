/* "serve": one front-end's connection. It only sorts frames; each command has a keeper. */
#include "commands.h"
#include "durable.h"
#include "frames.h"
#include "keeper.h"
#include "libvirt_library.h"
#include "rados_library.h"
#include "report.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_COMMANDS = 256 };

struct running {
    uint32_t id;
    int channel;
};

struct connection {
    struct running running[MOST_COMMANDS];
    int count;
    struct inbox inbox;
};

static bool say_hello(void)
{
    char boot[64] = "", text[256];
    int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);

    if (fd >= 0) {
        if (read_all(fd, boot, sizeof boot - 1) < 0)
            boot[0] = '\0';
        close(fd);
    }
    boot[strcspn(boot, "\n")] = '\0';
    snprintf(text, sizeof text, "berth-host %s\nprotocol %d\nlevel %d\nboot %s\nuid %u\n", HELPER_VERSION,
             HELPER_PROTOCOL, HELPER_LEVEL, boot, (unsigned)geteuid());
    return send_frame(STDOUT_FILENO, FRAME_HELLO, 0, text, strlen(text));
}

static struct running *find_running(struct connection *connection, uint32_t id)
{
    for (int i = 0; i < connection->count; i++) {
        if (connection->running[i].id == id)
            return &connection->running[i];
    }
    return NULL;
}

/* The keeper keeps nothing of the connection: neither its streams (sshd waits for all of them to be closed) nor the
 * channels of other commands (their keepers would never see that this process has ended). */
static void become_keeper(struct connection *connection, const struct start *start, int channel)
{
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);

    for (int i = 0; i < connection->count; i++)
        close(connection->running[i].channel);
    for (int fd = 0; fd <= 2; fd++)
        dup2(nothing, fd);
    close(nothing);
    keep_command(start, channel);
}

static bool refuse(uint32_t id, const char *text)
{
    return send_frame(STDOUT_FILENO, FRAME_REFUSED, id, text, strlen(text));
}

/* Hosts without Ceph's library have none of its commands, and those without Ceph don't pay for it. */
static void prepare(const struct start *start)
{
    if (start->argc > 1 && strncmp(start->argv[1], "ceph-", strlen("ceph-")) == 0)
        rados_map_early();
}

static bool start_command(struct connection *connection, const struct frame *frame)
{
    struct start start;
    int ends[2];
    pid_t keeper;

    if (find_running(connection, frame->id) != NULL)
        return false;
    if (!parse_start(frame, &start)) {
        free_start(&start);
        return refuse(frame->id, "bad-request: this is no request to start a command");
    }
    if (connection->count == MOST_COMMANDS ||
        socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0) {
        free_start(&start);
        return refuse(frame->id, "crowded: too many commands run on this connection");
    }
    prepare(&start);
    keeper = fork();
    if (keeper == 0) {
        close(ends[0]);
        become_keeper(connection, &start, ends[1]);
    }
    free_start(&start);
    close(ends[1]);
    if (keeper < 0) {
        close(ends[0]);
        return refuse(frame->id, "crowded: no process could be started");
    }
    connection->running[connection->count++] = (struct running){frame->id, ends[0]};
    return true;
}

/* False when nothing sensible can follow. */
static bool obey(struct connection *connection, const struct frame *frame)
{
    struct running *running;

    if (frame->type == FRAME_START)
        return start_command(connection, frame);
    if (frame->type != FRAME_SIGNAL || frame->length != 1)
        return false;
    if (memchr((char[]){SIGHUP, SIGINT, SIGKILL, SIGTERM}, frame->payload[0], 4) == NULL)
        return false;
    running = find_running(connection, frame->id);
    /* It may have ended meanwhile: its EXIT is on the way then. */
    if (running != NULL)
        send(running->channel, frame->payload, 1, MSG_NOSIGNAL | MSG_DONTWAIT);
    return true;
}

static bool hear_front_end(struct connection *connection)
{
    struct frame frame;

    if (inbox_fill(&connection->inbox, STDIN_FILENO) <= 0)
        return false;
    for (;;) {
        switch (inbox_next(&connection->inbox, &frame)) {
        case INBOX_MORE:
            return true;
        case INBOX_GARBAGE:
            fail(EXIT_USAGE, "bad-frame", "what came isn't a frame");
            return false;
        case INBOX_FRAME:
            if (!obey(connection, &frame)) {
                fail(EXIT_USAGE, "bad-frame", "frame of type %d, id %u", frame.type, frame.id);
                return false;
            }
        }
    }
}

/* False when the front-end can't be told any more. *over: this command is done with. */
static bool hear_keeper(const struct running *running, bool *over)
{
    uint8_t message[1 + FRAME_CHUNK];
    ssize_t count = recv(running->channel, message, sizeof message, MSG_DONTWAIT);

    *over = false;
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return true;
    if (count <= 0) {
        *over = true;
        return send_frame(STDOUT_FILENO, FRAME_LOST, running->id, NULL, 0);
    }
    *over = message[0] == FRAME_EXIT || message[0] == FRAME_REFUSED;
    return send_frame(STDOUT_FILENO, message[0], running->id, message + 1, count - 1);
}

static bool hear_keepers(struct connection *connection, const struct pollfd *watched)
{
    /* Downward, so that the last one can take an ended one's place. */
    for (int i = connection->count - 1; i >= 0; i--) {
        bool over;

        if (watched[i].revents == 0)
            continue;
        if (!hear_keeper(&connection->running[i], &over))
            return false;
        if (over) {
            close(connection->running[i].channel);
            connection->running[i] = connection->running[--connection->count];
        }
    }
    return true;
}

int serve(int argc, char **argv)
{
    static struct connection connection;
    struct pollfd watched[1 + MOST_COMMANDS];
    bool on = true;

    (void)argc;
    (void)argv;
    signal(SIGPIPE, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    signal(SIGCHLD, SIG_IGN); /* keepers are reaped by the kernel */
    if (chdir("/") < 0)
        return fail_errno("/");
    on = say_hello();
    libvirt_map_early();
    while (on) {
        watched[0] = (struct pollfd){STDIN_FILENO, POLLIN, 0};
        for (int i = 0; i < connection.count; i++)
            watched[1 + i] = (struct pollfd){connection.running[i].channel, POLLIN, 0};
        if (poll(watched, 1 + connection.count, -1) < 0)
            continue;
        on = hear_keepers(&connection, watched + 1);
        if (on && watched[0].revents != 0)
            on = hear_front_end(&connection);
    }
    /* The kernel closes the channels, and so tells each keeper. */
    return EXIT_DONE;
}
