#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "stream_save.h"

#include "direct_writer.h"
#include "guest_stream.h"
#include "image_target.h"
#include "libvirt_calls.h"
#include "save_header.h"
#include "stream_arguments.h"
#include "stream_failure.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

struct save {
    struct stream_arguments arguments;
    struct save_header header;
    struct image_target target;
    struct dd_sink dd;
    struct direct_writer *writer;
    struct guest_stream stream;
    int pipe[2];
    struct stream_failure failure;
};

/* Cancellation is awaited together with everything else, so it arrives as a file; a lost reader is no signal. */
static bool watch_signals(int *file, struct stream_failure *failure) {
    sigset_t asked;
    sigemptyset(&asked);
    sigaddset(&asked, SIGTERM);
    sigaddset(&asked, SIGINT);
    sigaddset(&asked, SIGHUP);
    signal(SIGPIPE, SIG_IGN);
    *file = pthread_sigmask(SIG_BLOCK, &asked, NULL) == 0 ? signalfd(-1, &asked, SFD_CLOEXEC | SFD_NONBLOCK) : -1;
    return *file >= 0 || stream_fail(failure, STREAM_IO, "io: no file for signals: %s", strerror(errno));
}

/* As large as root may have it: QEMU and the writer then take turns less often. */
static bool make_pipe(struct save *save) {
    if (pipe2(save->pipe, O_CLOEXEC) != 0) {
        return stream_fail(&save->failure, STREAM_IO, "io: no pipe: %s", strerror(errno));
    }
    if (fcntl(save->pipe[1], F_SETPIPE_SZ, 4 << 20) < 0) {
        fcntl(save->pipe[1], F_SETPIPE_SZ, 1 << 20);
    }
    return true;
}

static bool start_writer(struct save *save) {
    const struct stream_arguments *arguments = &save->arguments;
    if (arguments->with_dd && !dd_sink_open(&save->dd, arguments->target, save->header.length, &save->failure)) {
        return false;
    }
    save->stream.wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    struct direct_writer_task task = {
        .source = save->pipe[0],
        .target = &save->target,
        .dd = arguments->with_dd ? &save->dd : NULL,
        .header = save->header.bytes,
        .header_length = save->header.length,
        .limit = arguments->limit < save->target.size ? arguments->limit : save->target.size,
        .wake = save->stream.wake,
    };
    save->stream.limit = task.limit;
    save->stream.header_length = task.header_length;
    save->writer = save->stream.writer = direct_writer_start(&task, &save->failure);
    return save->writer != NULL;
}

static bool mark(struct save *save, const char *magic, struct stream_failure *failure) {
    memcpy(save->header.bytes, magic, IMAGE_MAGIC_LENGTH);
    return image_target_write(&save->target, save->header.bytes, IMAGE_ALIGNMENT, 0, failure)
            && image_target_flush(&save->target, failure);
}

/*
 * A magic that may or may not have reached the storage is the one thing that could double a guest: it is taken back,
 * and if that fails too, the caller is told that nothing is known.
 */
static bool unmark(struct save *save) {
    struct stream_failure trouble = {0};
    return mark(save, IMAGE_MAGIC_PARTIAL, &trouble)
            || stream_fail_over(&save->failure, STREAM_UNKNOWN,
                    "unknown: %s may be marked as complete and can't be marked back: %.400s", save->target.path,
                    trouble.text);
}

static bool complete(struct save *save) {
    if (!direct_writer_join(save->writer, &save->failure)) {
        return false;
    }
    save->writer = NULL;
    if (save->arguments.with_dd && !dd_sink_close(&save->dd, &save->failure)) {
        return false;
    }
    if (!image_target_flush(&save->target, &save->failure) || !guest_stream_stood_still(&save->stream, &save->failure)) {
        return false;
    }
    if (mark(save, IMAGE_MAGIC_COMPLETE, &save->failure)
            && guest_stream_stood_still(&save->stream, &save->failure)) {
        return true;
    }
    unmark(save);
    return false;
}

static bool run(struct save *save) {
    struct stream_failure *failure = &save->failure;
    if (!guest_stream_ready(&save->stream, failure)
            || !image_target_open(&save->target, save->arguments.target, !save->arguments.with_dd, failure)
            || !make_pipe(save) || !start_writer(save)) {
        return false;
    }
    bool sent = guest_stream_begin(&save->stream, save->pipe[1], failure);
    /* Ours is closed at once: the writer sees the stream's end when QEMU, alone, closes its own. */
    close(save->pipe[1]);
    return sent && guest_stream_await(&save->stream, failure) && complete(save);
}

/* Order matters: a sender that is blocked in a full pipe hears of no cancel, so the writer drains it first. */
static void undo(struct save *save) {
    struct stream_failure ignored = {0};
    if (save->writer != NULL) {
        direct_writer_discard(save->writer);
    }
    bool quiet = guest_stream_abandon(&save->stream, &save->failure);
    if (save->writer != NULL && quiet) {
        direct_writer_join(save->writer, &ignored);
    }
    if (save->arguments.with_dd && quiet) {
        dd_sink_close(&save->dd, &ignored);
    }
}

int stream_save(int argc, char **argv) {
    /* Static: threads that a failed undo leaves behind use it until the process ends. */
    static struct save save;
    struct stream_failure *failure = &save.failure;
    if (!stream_save_arguments(argc, argv, &save.arguments, failure)
            || !save_header_read(STDIN_FILENO, &save.header, failure)
            || !watch_signals(&save.stream.signals, failure)) {
        return stream_report(failure);
    }
    save.stream.live = save.arguments.live;
    save.stream.live_emulated = save.arguments.live_emulated;
    save.stream.max_passes = save.arguments.max_passes;
    save.stream.guest = libvirt_open(save.arguments.uri, save.arguments.guest, failure);
    if (save.stream.guest == NULL) {
        return stream_report(failure);
    }
    if (run(&save)) {
        guest_stream_end(&save.stream);
        printf("done %llu\n", (unsigned long long) save.stream.length);
        fflush(stdout);
    } else {
        undo(&save);
    }
    libvirt_close(save.stream.guest);
    return stream_report(failure);
}
