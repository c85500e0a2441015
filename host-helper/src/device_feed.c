/* device-feed: a program gets a device's beginning through a FIFO, read ahead in large pieces past the page cache. For
 * devices whose small reads are slow, like those over FUSE: libvirt reads 64 KiB at a time. What such a device shows is
 * read where it is, by Ceph's own library, when that can be. */
#include "commands.h"
#include "devices.h"
#include "durable.h"
#include "image_reading.h"
#include "report.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* What the pipe holds lets the next piece be read while the last one is used. */
enum { PIPE_BYTES = 16 * 1024 * 1024 };

enum { DRAIN_MILLIS = 5 };

struct feed {
    const char *device, *fifo;
    char next[PATH_LIMIT]; /* where a FIFO is made that is to get the path */
    long long length;
    bool has_image;
    struct open_image image; /* what the device shows */
    sigset_t usual; /* signal mask for children */
    pid_t reader, program;
};

/* Whoever waits for a writer of the FIFO is let in, and finds its end; whoever comes later finds nothing. libvirt would
 * wait for ever. 0 or an exit code. */
static int take_away(const struct feed *feed)
{
    const char *fifo = feed->fifo;
    struct stat status;
    int fd;

    unlink(feed->next); /* its reader may have been killed before it got the path */
    if (lstat(fifo, &status) < 0)
        return errno == ENOENT ? EXIT_DONE : fail_errno("%s", fifo);
    if (!S_ISFIFO(status.st_mode))
        return fail(EXIT_OCCUPIED, "occupied", "%s isn't a FIFO", fifo);
    fd = open(fifo, O_RDWR | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
    if (unlink(fifo) < 0)
        return fail_errno("%s", fifo);
    if (fd >= 0)
        close(fd);
    return EXIT_DONE;
}

/* A new FIFO at the path; who has the one before open keeps it. 0 or an exit code. */
static int renew(const struct feed *feed)
{
    if (mkfifo(feed->next, 0600) < 0 || rename(feed->next, feed->fifo) < 0)
        return fail_errno("%s", feed->next);
    return EXIT_DONE;
}

static int make(struct feed *feed)
{
    char folder[PATH_LIMIT];
    int result;

    if (snprintf(feed->next, sizeof(feed->next), "%s.next", feed->fifo) >= (int)sizeof(feed->next)) {
        errno = ENAMETOOLONG;
        return fail_errno("%s", feed->fifo);
    }
    result = take_away(feed); /* one that a killed command left */
    if (result != EXIT_DONE)
        return result;
    if (folder_of(feed->fifo, folder) < 0 || make_folders(folder) < 0)
        return fail_errno("%s", feed->fifo);
    return renew(feed);
}

struct outlet {
    int fd;
    int error;
};

static bool hand_on(void *context, const void *bytes, size_t length)
{
    struct outlet *outlet = context;

    if (write_all(outlet->fd, bytes, length) == 0)
        return true;
    outlet->error = errno;
    return false;
}

/* What fits into the pipe is written before anybody has read it: waits until he has. False when he went before. */
static bool is_read(int fd)
{
    struct pollfd pipe = {.fd = fd};
    int unread = 0;

    do {
        poll(&pipe, 1, DRAIN_MILLIS);
        ioctl(fd, FIONREAD, &unread);
    } while (unread > 0 && (pipe.revents & POLLERR) == 0);
    return unread == 0;
}

/* A cluster that doesn't let us in by its library may still let the device be read. */
static void find_image(struct feed *feed)
{
    static struct shown_image shown;

    feed->has_image =
        find_shown_image(feed->device, &shown) && open_image(&feed->image, &shown, feed->length) == EXIT_DONE;
}

static int read_all_of_it(struct feed *feed, struct outlet *outlet)
{
    return feed->has_image ? read_image(&feed->image, hand_on, outlet)
                           : read_pieces(feed->device, 0, feed->length, hand_on, outlet);
}

/* Libvirt since 11 opens the path once for the head and anew for all: who closes it early gets it from the beginning.
 * Who opens it anew finds another FIFO, made before the first byte of this one: in one and the same he would get the
 * middle, whenever he is back before this process has noticed that he had gone. */
static int feed_one(struct feed *feed, bool *again)
{
    struct outlet outlet = {open(feed->fifo, O_WRONLY | O_CLOEXEC), 0}; /* waits for who reads */
    int result;

    if (outlet.fd < 0)
        return fail_errno("%s", feed->fifo);
    fcntl(outlet.fd, F_SETPIPE_SZ, PIPE_BYTES);
    result = renew(feed);
    if (result != EXIT_DONE)
        return result;
    result = read_all_of_it(feed, &outlet);
    *again = result == EXIT_DONE && (outlet.error == EPIPE || (outlet.error == 0 && !is_read(outlet.fd)));
    if (result == EXIT_DONE && outlet.error != 0 && !*again) {
        errno = outlet.error;
        result = fail_errno("%s", feed->fifo);
    }
    /* A failure leaves it to the end of this process, which has its exit code by then: a program that took the early
     * end for the whole could end, and have this process killed, before the failure is told. */
    if (result == EXIT_DONE)
        close(outlet.fd);
    return result;
}

static void become_child(const struct feed *feed)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    sigprocmask(SIG_SETMASK, &feed->usual, NULL);
}

static pid_t start_reader(struct feed *feed)
{
    pid_t child = fork();
    bool again = true;
    int result = EXIT_DONE;

    if (child != 0)
        return child;
    become_child(feed);
    signal(SIGPIPE, SIG_IGN);
    find_image(feed);
    while (again)
        result = feed_one(feed, &again);
    /* The image stays open: closing it would wait for pieces that a silent cluster doesn't give. */
    _exit(result);
}

static pid_t start_program(const struct feed *feed, char **argv)
{
    pid_t child = fork();

    if (child != 0)
        return child;
    become_child(feed);
    execvp(argv[0], argv);
    fail_errno("%s", argv[0]);
    _exit(127);
}

static int exit_code(int status)
{
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/* By us, when the program had ended: it reads for ever otherwise. */
static bool was_stopped(const struct feed *feed, int status)
{
    return feed->program < 0 && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

/* The program's exit code; the reader's, if that failed: whichever of them is seen to end first. */
static int await(struct feed *feed)
{
    int read = EXIT_DONE, ran = EXIT_OTHER, status;

    while (feed->program > 0 || feed->reader > 0) {
        pid_t ended = wait(&status);

        if (ended == feed->reader) {
            read = was_stopped(feed, status) ? EXIT_DONE : exit_code(status);
            feed->reader = -1;
            take_away(feed);
        } else if (ended == feed->program) {
            ran = exit_code(status);
            feed->program = -1;
            if (feed->reader > 0)
                kill(feed->reader, SIGKILL);
        }
    }
    return read != EXIT_DONE ? read : ran;
}

/* A signal goes to the whole group: children end by it, and this process tidies up after them. */
static void outlive_signals(struct feed *feed)
{
    sigset_t blocked;

    sigemptyset(&blocked);
    sigaddset(&blocked, SIGHUP);
    sigaddset(&blocked, SIGINT);
    sigaddset(&blocked, SIGTERM);
    sigprocmask(SIG_BLOCK, &blocked, &feed->usual);
}

int device_feed(int argc, char **argv)
{
    struct feed feed = {.device = argv[1], .fifo = argv[3], .length = parse_number(argv[2])};
    int result;

    if (argc < 6 || feed.length < 1 || strcmp(argv[4], "--") != 0)
        return fail(EXIT_USAGE, "usage", "device-feed DEVICE LENGTH FIFO -- PROGRAM ARGUMENT...");
    outlive_signals(&feed);
    result = make(&feed);
    if (result != EXIT_DONE)
        return result;
    fflush(stdout);
    feed.reader = start_reader(&feed);
    feed.program = feed.reader > 0 ? start_program(&feed, argv + 5) : -1;
    if (feed.program < 0) {
        fail_errno("fork");
        if (feed.reader > 0)
            kill(feed.reader, SIGKILL);
    }
    result = await(&feed);
    take_away(&feed);
    return result;
}
