/* directory-receive: the far end of directory-send. Started by a login from another host, and so it passes the guard by
 * itself. */
#include "checksum.h"
#include "commands.h"
#include "directory_copy.h"
#include "folders.h"
#include "guard.h"
#include "names.h"
#include "report.h"
#include "transfer_wire.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum {
    LOCK_SECONDS = 75,
    /* What is written and not yet on the disk, at most; so the flush at the end is short. */
    WINDOW_BYTES = 32 * 1024 * 1024,
    UNFLUSHED_FILES = 128,
    TICK_SECONDS = 1,
};

struct receiver {
    struct wire in, out;
    struct copy_paths paths;
    int lock;
    int folders[FOLDER_DEPTH + 1];
    int depth;
    int file; /* -1: none is being written */
    struct stat status;
    uint64_t size, window;
    int unflushed[UNFLUSHED_FILES];
    int unflushed_count;
    uint64_t entries, had_bytes;
    struct stat root;
    double ticked;
    uint8_t *chunk;
};

/* Tells the sender, which tells the front-end, and answers the exit code. */
static int give_up(struct receiver *receiver, int exit_code, const char *word, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static int give_up(struct receiver *receiver, int exit_code, const char *word, const char *format, ...)
{
    char text[512];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    wire_begin(&receiver->out, WIRE_FAIL);
    wire_add_u32(&receiver->out, (uint32_t)exit_code);
    wire_add_text(&receiver->out, word);
    wire_add_text(&receiver->out, text);
    (void)!wire_send(STDOUT_FILENO, &receiver->out);
    return exit_code;
}

static int failed(struct receiver *receiver, const char *what)
{
    const char *word;
    int exit_code = exit_code_of(errno, &word);
    int error = errno;

    return give_up(receiver, exit_code, word, "%s: %s", what, strerror(error));
}

static int senseless(struct receiver *receiver)
{
    return give_up(receiver, EXIT_OTHER, "error", "the sender says something senseless");
}

static void tick(void *context)
{
    struct receiver *receiver = context;

    if (wire_now() - receiver->ticked < TICK_SECONDS)
        return;
    receiver->ticked = wire_now();
    wire_begin(&receiver->out, WIRE_TICK);
    (void)!wire_send(STDOUT_FILENO, &receiver->out);
}

static bool is_name(const char *name)
{
    return name[0] != '\0' && strcmp(name, ".") != 0 && strcmp(name, "..") != 0 && strchr(name, '/') == NULL;
}

static int enter_guard(struct receiver *receiver, const char *uuid, const char *epoch, const char *operation)
{
    struct ticket ticket = {.epoch = 0}, other = {0};
    long long number = parse_number(epoch);
    int run_lock;

    if (!valid_uuid(uuid) || !valid_operation(operation) || number < 1)
        return senseless(receiver);
    ticket.epoch = (uint64_t)number;
    strcpy(ticket.operation, operation);
    switch (guard_enter(uuid, &ticket, &run_lock, &other)) {
    case GUARD_IN:
        return EXIT_DONE;
    case GUARD_REFUSED:
        return give_up(receiver, EXIT_REFUSED, "refused", "epoch %" PRIu64 " of operation %s", other.epoch,
                       other.operation);
    case GUARD_RUNNING:
        return give_up(receiver, EXIT_BUSY, "busy", "operation %s is at work on the VM", other.operation);
    case GUARD_BROKEN:
        break;
    }
    return failed(receiver, "the guard");
}

/* Checksums of what an earlier attempt left of a file. */
static int tell_of_file(void *context, int folder, const char *name, const struct stat *status);

struct leftovers {
    struct receiver *receiver;
    char path[PATH_MAX];
};

static int leftover_enter(void *context, int folder, const char *name, const struct stat *status)
{
    struct leftovers *left = context;
    size_t length = strlen(left->path);

    (void)folder;
    (void)status;
    snprintf(left->path + length, sizeof left->path - length, "%s%s", length == 0 ? "" : "/", name);
    return EXIT_DONE;
}

static int leftover_leave(void *context, int folder, const char *name, const struct stat *status)
{
    struct leftovers *left = context;
    char *slash = strrchr(left->path, '/');

    (void)folder;
    (void)name;
    (void)status;
    *(slash == NULL ? left->path : slash) = '\0';
    return EXIT_DONE;
}

static ssize_t read_chunk(int file, uint8_t *into, off_t offset, size_t length)
{
    size_t used = 0;

    while (used < length) {
        ssize_t count = pread(file, into + used, length - used, offset + (off_t)used);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return -1;
        if (count == 0)
            break;
        used += count;
    }
    return (ssize_t)used;
}

static int tell_of_file(void *context, int folder, const char *name, const struct stat *status)
{
    struct leftovers *left = context;
    struct receiver *receiver = left->receiver;
    struct wire have = {0};
    char path[PATH_MAX];
    int file, result = EXIT_DONE;

    if (!S_ISREG(status->st_mode))
        return EXIT_DONE;
    if (snprintf(path, sizeof path, "%s%s%s", left->path, left->path[0] == '\0' ? "" : "/", name) >= PATH_MAX)
        return EXIT_DONE;
    file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (file < 0)
        return failed(receiver, path);
    /* Read from the disk and not from memory, where the file system can: a cut may have been a power cut. */
    posix_fadvise(file, 0, 0, POSIX_FADV_SEQUENTIAL);
    wire_begin(&have, WIRE_HAVE);
    wire_add_text(&have, path);
    wire_add_u64(&have, (uint64_t)status->st_size);
    for (off_t at = 0; result == EXIT_DONE && at < status->st_size; at += WIRE_CHUNK_BYTES) {
        ssize_t length = read_chunk(file, receiver->chunk, at, WIRE_CHUNK_BYTES);
        /* What can't be read is sent anew. */
        wire_add_u64(&have, length < 0 ? 0 : checksum(receiver->chunk, (size_t)length));
        tick(receiver);
    }
    close(file);
    receiver->had_bytes += (uint64_t)status->st_blocks * 512;
    if (have.length - WIRE_HEAD <= WIRE_LIMIT && wire_send(STDOUT_FILENO, &have) < 0)
        result = EXIT_CUT;
    wire_free(&have);
    return result;
}

static int tell_what_is_here(struct receiver *receiver)
{
    struct leftovers left = {.receiver = receiver};
    const struct visitor visitor = {&left, tell_of_file, leftover_enter, leftover_leave};
    int result = walk_folder(receiver->folders[0], receiver->paths.tree, &visitor);

    if (result != EXIT_DONE)
        return result;
    return EXIT_DONE;
}

static int require_room(struct receiver *receiver, uint64_t total)
{
    struct statvfs status;
    uint64_t free_bytes;

    if (fstatvfs(receiver->folders[0], &status) < 0)
        return failed(receiver, receiver->paths.work);
    free_bytes = (uint64_t)status.f_bavail * status.f_frsize;
    if (total > receiver->had_bytes && total - receiver->had_bytes > free_bytes)
        return give_up(receiver, EXIT_FULL, "full", "%" PRIu64 " bytes are to come, there is room for %" PRIu64,
                       total - receiver->had_bytes, free_bytes);
    return EXIT_DONE;
}

static int open_tree(struct receiver *receiver)
{
    struct stat status;

    if (lstat(receiver->paths.place, &status) == 0)
        return give_up(receiver, EXIT_OCCUPIED, "exists", "%s", receiver->paths.place);
    if (mkdir(receiver->paths.work, 0700) < 0 && errno != EEXIST)
        return failed(receiver, receiver->paths.work);
    receiver->lock = copy_lock(&receiver->paths, LOCK_SECONDS, tick, receiver);
    if (receiver->lock < 0)
        return errno == EWOULDBLOCK ? give_up(receiver, EXIT_BUSY, "busy", "%s is still being written", receiver->paths.work)
                                    : failed(receiver, receiver->paths.lock);
    if (copy_state_of(&receiver->paths) != COPY_PARTIAL)
        return give_up(receiver, EXIT_OCCUPIED, "exists", "%s is whole already", receiver->paths.work);
    if (mkdir(receiver->paths.tree, 0700) < 0 && errno != EEXIST)
        return failed(receiver, receiver->paths.tree);
    receiver->folders[0] = open_folder(AT_FDCWD, receiver->paths.tree);
    if (receiver->folders[0] < 0)
        return failed(receiver, receiver->paths.tree);
    return EXIT_DONE;
}

static int begin(struct receiver *receiver)
{
    char folder[PATH_MAX], name[NAME_MAX + 1], uuid[64], epoch[32], operation[64];
    uint64_t total;
    int result;

    if (wire_receive(STDIN_FILENO, &receiver->in) < 0)
        return EXIT_CUT;
    if (receiver->in.type != WIRE_HELLO || wire_u32(&receiver->in) != WIRE_VERSION)
        return give_up(receiver, EXIT_OTHER, "error", "the two hosts' helpers are of different versions");
    wire_text(&receiver->in, folder, sizeof folder);
    wire_text(&receiver->in, name, sizeof name);
    wire_text(&receiver->in, uuid, sizeof uuid);
    wire_text(&receiver->in, epoch, sizeof epoch);
    wire_text(&receiver->in, operation, sizeof operation);
    total = wire_u64(&receiver->in);
    wire_status(&receiver->in, &receiver->root);
    if (receiver->in.bad)
        return senseless(receiver);
    result = enter_guard(receiver, uuid, epoch, operation);
    if (result == EXIT_DONE && copy_paths_of(&receiver->paths, folder, operation, name) != EXIT_DONE)
        result = senseless(receiver);
    if (result == EXIT_DONE)
        result = open_tree(receiver);
    if (result == EXIT_DONE)
        result = tell_what_is_here(receiver);
    if (result == EXIT_DONE)
        result = require_room(receiver, total);
    if (result != EXIT_DONE)
        return result;
    wire_begin(&receiver->out, WIRE_READY);
    return wire_send(STDOUT_FILENO, &receiver->out) == 0 ? EXIT_DONE : EXIT_CUT;
}

static int here(const struct receiver *receiver)
{
    return receiver->folders[receiver->depth];
}

static int give_status(int fd, const struct stat *status)
{
    const struct timespec times[2] = {{0, UTIME_OMIT}, status->st_mtim};
    struct stat now;

    if (fstat(fd, &now) < 0)
        return -1;
    /* The owner first: changing it takes special modes away. */
    if ((now.st_uid != status->st_uid || now.st_gid != status->st_gid) &&
        fchown(fd, status->st_uid, status->st_gid) < 0)
        return -1;
    return fchmod(fd, status->st_mode) < 0 || futimens(fd, times) < 0 ? -1 : 0;
}

static int flush(struct receiver *receiver, int file)
{
    tick(receiver);
    if (fsync(file) < 0)
        return give_up(receiver, EXIT_FLUSH_LOST, "flush-lost", "what was written may be lost: %s", strerror(errno));
    close(file);
    return EXIT_DONE;
}

/* The oldest first: it is likeliest to be on the disk already. */
static int flush_later(struct receiver *receiver, int file)
{
    int result = EXIT_DONE;

    if (receiver->unflushed_count == UNFLUSHED_FILES) {
        result = flush(receiver, receiver->unflushed[0]);
        receiver->unflushed_count--;
        memmove(receiver->unflushed, receiver->unflushed + 1, receiver->unflushed_count * sizeof(int));
    }
    receiver->unflushed[receiver->unflushed_count++] = file;
    return result;
}

/* Anything that an earlier attempt made under this name and that is of another kind goes. */
static int make_way(struct receiver *receiver, const char *name)
{
    return unlinkat(here(receiver), name, 0) == 0 || errno == ENOENT ? EXIT_DONE : failed(receiver, name);
}

static int receive_folder(struct receiver *receiver, const char *name)
{
    if (receiver->depth >= FOLDER_DEPTH)
        return senseless(receiver);
    if (mkdirat(here(receiver), name, 0700) < 0 && errno != EEXIST)
        return failed(receiver, name);
    receiver->folders[receiver->depth + 1] = open_folder(here(receiver), name);
    if (receiver->folders[receiver->depth + 1] < 0)
        return failed(receiver, name);
    receiver->depth++;
    return EXIT_DONE;
}

static int receive_up(struct receiver *receiver)
{
    struct stat status;
    int folder = here(receiver);

    wire_status(&receiver->in, &status);
    if (receiver->in.bad || receiver->depth == 0)
        return senseless(receiver);
    if (give_status(folder, &status) < 0)
        return failed(receiver, "a folder");
    receiver->depth--;
    return flush(receiver, folder);
}

static int receive_file(struct receiver *receiver, const char *name, const struct stat *status)
{
    receiver->size = wire_u64(&receiver->in);
    if (receiver->in.bad || receiver->size > INT64_MAX)
        return senseless(receiver);
    receiver->file = openat(here(receiver), name, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
    if (receiver->file < 0 && errno == ELOOP && make_way(receiver, name) == EXIT_DONE)
        receiver->file = openat(here(receiver), name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (receiver->file < 0)
        return failed(receiver, name);
    receiver->status = *status;
    receiver->window = 0;
    return EXIT_DONE;
}

/* Begins to bring to the disk what has come, and waits for what came a window before. */
static void push(struct receiver *receiver, uint64_t end)
{
    uint64_t window = end / WINDOW_BYTES;

    if (window <= receiver->window)
        return;
    sync_file_range(receiver->file, (off_t)(receiver->window * WINDOW_BYTES),
                    (off_t)((window - receiver->window) * WINDOW_BYTES), SYNC_FILE_RANGE_WRITE);
    if (receiver->window > 0)
        sync_file_range(receiver->file, (off_t)((receiver->window - 1) * WINDOW_BYTES), WINDOW_BYTES,
                        SYNC_FILE_RANGE_WAIT_BEFORE);
    receiver->window = window;
}

static int receive_piece(struct receiver *receiver)
{
    uint64_t offset = wire_u64(&receiver->in), sum = wire_u64(&receiver->in);
    size_t length;
    const uint8_t *bytes = wire_rest(&receiver->in, &length);

    if (receiver->in.bad || receiver->file < 0 || offset > receiver->size || length > receiver->size - offset)
        return senseless(receiver);
    if (checksum(bytes, length) != sum)
        return give_up(receiver, EXIT_IO, "damaged", "what came isn't what was sent");
    for (size_t done = 0; done < length;) {
        ssize_t count = pwrite(receiver->file, bytes + done, length - done, (off_t)(offset + done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return failed(receiver, "a file");
        done += count;
    }
    push(receiver, offset + length);
    tick(receiver);
    return EXIT_DONE;
}

static int receive_zeroes(struct receiver *receiver)
{
    uint64_t offset = wire_u64(&receiver->in), length = wire_u64(&receiver->in);
    struct stat now;

    if (receiver->in.bad || receiver->file < 0 || length > WIRE_CHUNK_BYTES || offset > receiver->size)
        return senseless(receiver);
    if (fallocate(receiver->file, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, (off_t)offset, (off_t)length) == 0)
        return EXIT_DONE;
    if (fstat(receiver->file, &now) < 0)
        return failed(receiver, "a file");
    /* A file system without holes: only what is there already has to be zero. */
    memset(receiver->chunk, 0, WIRE_CHUNK_BYTES);
    if ((uint64_t)now.st_size > offset) {
        uint64_t there = (uint64_t)now.st_size - offset;
        if (pwrite(receiver->file, receiver->chunk, there < length ? there : length, (off_t)offset) < 0)
            return failed(receiver, "a file");
    }
    return EXIT_DONE;
}

static int receive_file_end(struct receiver *receiver)
{
    int file = receiver->file;

    if (file < 0)
        return senseless(receiver);
    receiver->file = -1;
    if (ftruncate(file, (off_t)receiver->size) < 0 || give_status(file, &receiver->status) < 0) {
        int result = failed(receiver, "a file");
        close(file);
        return result;
    }
    return flush_later(receiver, file);
}

static int receive_link(struct receiver *receiver, const char *name, const struct stat *status)
{
    const struct timespec times[2] = {{0, UTIME_OMIT}, status->st_mtim};
    char target[PATH_MAX];
    int result;

    if (wire_text(&receiver->in, target, sizeof target) == NULL)
        return senseless(receiver);
    result = make_way(receiver, name);
    if (result != EXIT_DONE)
        return result;
    if (symlinkat(target, here(receiver), name) < 0 ||
        fchownat(here(receiver), name, status->st_uid, status->st_gid, AT_SYMLINK_NOFOLLOW) < 0 ||
        utimensat(here(receiver), name, times, AT_SYMLINK_NOFOLLOW) < 0)
        return failed(receiver, name);
    return EXIT_DONE;
}

/* Each part on the way is a folder of this very copy: no link in it is followed. */
static int receive_same(struct receiver *receiver, const char *name)
{
    char path[PATH_MAX];
    char *part = path, *slash;
    int folder = receiver->folders[0], result;

    if (wire_text(&receiver->in, path, sizeof path) == NULL)
        return senseless(receiver);
    result = make_way(receiver, name);
    while (result == EXIT_DONE && (slash = strchr(part, '/')) != NULL) {
        int below;

        *slash = '\0';
        below = is_name(part) ? open_folder(folder, part) : -1;
        if (folder != receiver->folders[0])
            close(folder);
        if (below < 0)
            return senseless(receiver);
        folder = below;
        part = slash + 1;
    }
    if (result == EXIT_DONE && (!is_name(part) || linkat(folder, part, here(receiver), name, 0) < 0))
        result = failed(receiver, name);
    if (folder != receiver->folders[0])
        close(folder);
    return result;
}

static int receive_entry(struct receiver *receiver)
{
    char name[NAME_MAX + 1];
    struct stat status;

    wire_text(&receiver->in, name, sizeof name);
    wire_status(&receiver->in, &status);
    if (receiver->in.bad || !is_name(name) || receiver->file >= 0)
        return senseless(receiver);
    receiver->entries++;
    switch (receiver->in.type) {
    case WIRE_FOLDER:
        return receive_folder(receiver, name);
    case WIRE_FILE:
        return receive_file(receiver, name, &status);
    case WIRE_LINK:
        return receive_link(receiver, name, &status);
    default:
        return receive_same(receiver, name);
    }
}

static int count_one(void *context, int folder, const char *name, const struct stat *status)
{
    (void)folder;
    (void)name;
    (void)status;
    ++*(uint64_t *)context;
    return EXIT_DONE;
}

/* From here on the copy is the directory's equal: so everything is on the disk, then the note that it is. */
static int finish(struct receiver *receiver)
{
    uint64_t sent = wire_u64(&receiver->in), counted = 0;
    const struct visitor counting = {&counted, count_one, count_one, NULL};
    int result = EXIT_DONE, note;

    if (receiver->in.bad || receiver->depth != 0 || receiver->file >= 0 || sent != receiver->entries)
        return senseless(receiver);
    for (int i = 0; result == EXIT_DONE && i < receiver->unflushed_count; i++)
        result = flush(receiver, receiver->unflushed[i]);
    if (result == EXIT_DONE)
        result = walk_folder(receiver->folders[0], receiver->paths.tree, &counting);
    if (result != EXIT_DONE)
        return result;
    if (counted != sent)
        return give_up(receiver, EXIT_IO, "damaged", "%" PRIu64 " names are here, %" PRIu64 " were sent", counted, sent);
    if (give_status(receiver->folders[0], &receiver->root) < 0)
        return failed(receiver, receiver->paths.tree);
    result = flush(receiver, receiver->folders[0]);
    if (result != EXIT_DONE)
        return result;
    if (sync_folder_of(receiver->paths.tree) < 0 || sync_folder_of(receiver->paths.work) < 0)
        return failed(receiver, receiver->paths.work);
    note = open(receiver->paths.complete, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (note < 0)
        return failed(receiver, receiver->paths.complete);
    result = flush(receiver, note);
    if (result != EXIT_DONE)
        return result;
    if (sync_folder_of(receiver->paths.complete) < 0)
        return failed(receiver, receiver->paths.work);
    wire_begin(&receiver->out, WIRE_DURABLE);
    return wire_send(STDOUT_FILENO, &receiver->out) == 0 ? EXIT_DONE : EXIT_CUT;
}

/* EXIT_DONE: go on. */
static int take(struct receiver *receiver)
{
    switch (receiver->in.type) {
    case WIRE_FOLDER:
    case WIRE_FILE:
    case WIRE_LINK:
    case WIRE_SAME:
        return receive_entry(receiver);
    case WIRE_UP:
        return receive_up(receiver);
    case WIRE_PIECE:
        return receive_piece(receiver);
    case WIRE_ZEROES:
        return receive_zeroes(receiver);
    case WIRE_FILE_END:
        return receive_file_end(receiver);
    case WIRE_KEEP:
        return EXIT_DONE;
    default:
        return senseless(receiver);
    }
}

int directory_receive(int argc, char **argv)
{
    struct receiver receiver = {.lock = -1, .file = -1, .ticked = wire_now()};
    int result;

    (void)argc;
    (void)argv;
    signal(SIGPIPE, SIG_IGN);
    fcntl(STDIN_FILENO, F_SETPIPE_SZ, WIRE_PIECE_BYTES);
    receiver.chunk = malloc(WIRE_CHUNK_BYTES);
    if (receiver.chunk == NULL)
        return fail(EXIT_OTHER, "error", "no memory");
    result = begin(&receiver);
    while (result == EXIT_DONE) {
        if (wire_receive(STDIN_FILENO, &receiver.in) < 0)
            return EXIT_CUT;
        if (receiver.in.type == WIRE_DONE)
            return finish(&receiver);
        result = take(&receiver);
    }
    return result;
}
