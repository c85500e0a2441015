/* directory-send: brings a directory to another host, straight from here, through an ssh of this host's own. */
#include "checksum.h"
#include "commands.h"
#include "durable.h"
#include "folders.h"
#include "report.h"
#include "transfer_wire.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ZERO_BYTES = 64 * 1024, PROGRESS_MILLISECONDS = 250, KEEP_SECONDS = 5, HOLLOW_LIMIT = 256 * 1024 };

/* A file that an earlier attempt has left over there, whole or in part. */
struct had {
    char *path;
    uint64_t size;
    size_t chunks;
    uint64_t *checksums;
};

/* A file with several names, and its first one. */
struct linked {
    ino_t inode;
    char *path;
};

struct sender {
    int to, from;
    pid_t ssh;
    struct wire out, in;
    char path[PATH_MAX]; /* of where the walk is, from the directory on; empty at first */
    char *hollow; /* paths, each ended by a zero byte */
    long hollow_length;
    struct had *had;
    size_t had_count;
    struct linked *linked;
    size_t linked_count;
    uint64_t entries, done, total;
    double told, sent;
    uint8_t *piece, *chunk;
};

static int lost(struct sender *sender, const char *what);

static void tell_progress(struct sender *sender, bool now)
{
    double time = wire_now();

    if (!now && time - sender->told < PROGRESS_MILLISECONDS / 1000.0)
        return;
    printf("progress %llu %llu\n", (unsigned long long)sender->done, (unsigned long long)sender->total);
    sender->told = time;
}

static int failed_there(struct sender *sender)
{
    char word[64], text[1024];
    uint32_t exit_code = wire_u32(&sender->in);

    if (wire_text(&sender->in, word, sizeof word) == NULL || wire_text(&sender->in, text, sizeof text) == NULL ||
        exit_code == EXIT_DONE)
        return fail(EXIT_OTHER, "error", "the other host says something senseless");
    return fail((int)exit_code, word, "on the other host: %s", text);
}

/* What has come without being waited for. */
static int hear(struct sender *sender)
{
    while (wire_waiting(sender->from)) {
        if (wire_receive(sender->from, &sender->in) < 0)
            return lost(sender, "hears nothing any more");
        if (sender->in.type == WIRE_FAIL)
            return failed_there(sender);
        tell_progress(sender, false);
    }
    return EXIT_DONE;
}

/* ssh tells on its own error output why; what the other side managed to say goes before. */
static int lost(struct sender *sender, const char *what)
{
    int error = errno, status;

    while (wire_receive(sender->from, &sender->in) == 0) {
        if (sender->in.type == WIRE_FAIL)
            return failed_there(sender);
    }
    close(sender->to);
    sender->to = -1;
    if (waitpid(sender->ssh, &status, 0) == sender->ssh && WIFEXITED(status) && WEXITSTATUS(status) == 66)
        return fail(EXIT_ABSENT, "no-helper", "the other host has no helper at that place");
    return fail(EXIT_CUT, "cut", "the way to the other host %s: %s", what, strerror(error));
}

static int send_out(struct sender *sender)
{
    if (wire_send(sender->to, &sender->out) < 0)
        return lost(sender, "is cut");
    sender->sent = wire_now();
    return hear(sender);
}

static void begin_entry(struct sender *sender, enum wire_type type, const char *name, const struct stat *status)
{
    wire_begin(&sender->out, type);
    wire_add_text(&sender->out, name);
    wire_add_status(&sender->out, status);
    sender->entries++;
}

static bool is_zero(const uint8_t *bytes, size_t length)
{
    return length == 0 || (bytes[0] == 0 && memcmp(bytes, bytes + 1, length - 1) == 0);
}

static int send_piece(struct sender *sender, uint64_t offset, const uint8_t *bytes, size_t length)
{
    wire_begin(&sender->out, WIRE_PIECE);
    wire_add_u64(&sender->out, offset);
    wire_add_u64(&sender->out, checksum(bytes, length));
    wire_add(&sender->out, bytes, length);
    return send_out(sender);
}

/* Leaves out what is zero: it is so on the other side already. */
static int send_bytes(struct sender *sender, uint64_t offset, const uint8_t *bytes, size_t length)
{
    size_t start = 0;

    while (start < length) {
        size_t end = start;
        int result;

        while (end < length) {
            size_t block = length - end < ZERO_BYTES ? length - end : ZERO_BYTES;
            if (is_zero(bytes + end, block))
                break;
            end += block;
        }
        if (end > start) {
            result = send_piece(sender, offset + start, bytes + start, end - start);
            if (result != EXIT_DONE)
                return result;
        }
        while (end < length) {
            size_t block = length - end < ZERO_BYTES ? length - end : ZERO_BYTES;
            if (!is_zero(bytes + end, block))
                break;
            end += block;
        }
        start = end;
    }
    sender->done += length;
    tell_progress(sender, false);
    return EXIT_DONE;
}

/* A file mustn't end before the length it was announced with: somebody is at work on it then. */
static int read_range(int file, const char *name, uint8_t *into, uint64_t offset, size_t length)
{
    while (length > 0) {
        ssize_t count = pread(file, into, length, (off_t)offset);

        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return fail_errno("%s", name);
        if (count == 0)
            return fail(EXIT_BUSY, "changed", "%s became shorter meanwhile", name);
        into += count;
        offset += count;
        length -= count;
    }
    return EXIT_DONE;
}

/* The next stretch with data from *start on, before end; false when there is none. File systems that know no holes say
 * that all is data. */
static bool next_data(int file, uint64_t *start, uint64_t end, uint64_t *until)
{
    off_t data = lseek(file, (off_t)*start, SEEK_DATA), hole;

    if (data < 0) {
        if (errno == ENXIO)
            return false;
        *until = end;
        return *start < end;
    }
    if ((uint64_t)data >= end)
        return false;
    hole = lseek(file, data, SEEK_HOLE);
    *start = (uint64_t)data;
    *until = hole < 0 || (uint64_t)hole > end ? end : (uint64_t)hole;
    return true;
}

static int send_range(struct sender *sender, int file, const char *name, uint64_t start, uint64_t end)
{
    uint64_t until;

    while (start < end && next_data(file, &start, end, &until)) {
        while (start < until) {
            size_t length = until - start < WIRE_PIECE_BYTES ? until - start : WIRE_PIECE_BYTES;
            int result = read_range(file, name, sender->piece, start, length);

            if (result == EXIT_DONE)
                result = send_bytes(sender, start, sender->piece, length);
            if (result != EXIT_DONE)
                return result;
            start += length;
        }
    }
    return EXIT_DONE;
}

static int keep(struct sender *sender)
{
    tell_progress(sender, false);
    if (wire_now() - sender->sent < KEEP_SECONDS)
        return hear(sender);
    wire_begin(&sender->out, WIRE_KEEP);
    return send_out(sender);
}

/* What is over there already is compared, chunk by chunk, and only sent where it differs. */
static int send_difference(struct sender *sender, int file, const char *name, const struct stat *status,
                           const struct had *had)
{
    uint64_t size = (uint64_t)status->st_size;
    int result = EXIT_DONE;

    for (uint64_t start = 0; result == EXIT_DONE && start < size; start += WIRE_CHUNK_BYTES) {
        uint64_t number = start / WIRE_CHUNK_BYTES;
        size_t length = size - start < WIRE_CHUNK_BYTES ? size - start : WIRE_CHUNK_BYTES;

        if (number >= had->chunks) {
            result = send_range(sender, file, name, start, size);
            break;
        }
        result = read_range(file, name, sender->chunk, start, length);
        if (result != EXIT_DONE)
            break;
        if (had->size - start >= length && (start + length < size || had->size == size) &&
            checksum(sender->chunk, length) == had->checksums[number]) {
            sender->done += length;
            result = keep(sender);
            continue;
        }
        wire_begin(&sender->out, WIRE_ZEROES);
        wire_add_u64(&sender->out, start);
        wire_add_u64(&sender->out, WIRE_CHUNK_BYTES);
        result = send_out(sender);
        for (size_t at = 0; result == EXIT_DONE && at < length; at += WIRE_PIECE_BYTES)
            result = send_bytes(sender, start + at, sender->chunk + at,
                                length - at < WIRE_PIECE_BYTES ? length - at : WIRE_PIECE_BYTES);
    }
    return result;
}

static const struct had *find_had(const struct sender *sender, const char *path)
{
    for (size_t i = 0; i < sender->had_count; i++) {
        if (strcmp(sender->had[i].path, path) == 0)
            return &sender->had[i];
    }
    return NULL;
}

static bool same_content(const struct stat *one, const struct stat *other)
{
    return one->st_size == other->st_size && one->st_mtim.tv_sec == other->st_mtim.tv_sec &&
           one->st_mtim.tv_nsec == other->st_mtim.tv_nsec && one->st_ctim.tv_sec == other->st_ctim.tv_sec &&
           one->st_ctim.tv_nsec == other->st_ctim.tv_nsec;
}

static int end_file(struct sender *sender)
{
    wire_begin(&sender->out, WIRE_FILE_END);
    return send_out(sender);
}

static int send_content(struct sender *sender, int file, const char *name, const struct stat *status, const char *path)
{
    const struct had *had = find_had(sender, path);
    struct stat after;
    int result;

    posix_fadvise(file, 0, 0, POSIX_FADV_SEQUENTIAL);
    result = had != NULL ? send_difference(sender, file, name, status, had)
                         : send_range(sender, file, name, 0, (uint64_t)status->st_size);
    if (result != EXIT_DONE)
        return result;
    if (fstat(file, &after) < 0)
        return fail_errno("%s", name);
    if (!same_content(status, &after))
        return fail(EXIT_BUSY, "changed", "%s was changed while it was read", name);
    return end_file(sender);
}

/* Somebody is at work on it, and sees himself to what is in it. */
static bool is_hollow(const struct sender *sender, const char *path)
{
    for (const char *name = sender->hollow; name < sender->hollow + sender->hollow_length; name += strlen(name) + 1) {
        if (strcmp(name, path) == 0)
            return true;
    }
    return false;
}

static int send_file(struct sender *sender, int folder, const char *name, const char *path)
{
    int file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    struct stat status;
    int result;

    if (file < 0 || fstat(file, &status) < 0)
        return fail_errno("%s", path);
    if (!S_ISREG(status.st_mode)) {
        close(file);
        return fail(EXIT_BUSY, "changed", "%s isn't a file any more", path);
    }
    begin_entry(sender, WIRE_FILE, name, &status);
    wire_add_u64(&sender->out, (uint64_t)status.st_size);
    result = send_out(sender);
    if (result == EXIT_DONE)
        result = is_hollow(sender, path) ? end_file(sender) : send_content(sender, file, name, &status, path);
    close(file);
    return result;
}

static int send_link(struct sender *sender, int folder, const char *name, const struct stat *status)
{
    char target[PATH_MAX];
    ssize_t length = readlinkat(folder, name, target, sizeof target - 1);

    if (length < 0)
        return fail_errno("%s", name);
    target[length] = '\0';
    begin_entry(sender, WIRE_LINK, name, status);
    wire_add_text(&sender->out, target);
    return send_out(sender);
}

/* The first name of a file that has several; NULL when this is it, which is remembered. */
static const char *first_name(struct sender *sender, const struct stat *status, const char *path)
{
    struct linked *more;

    for (size_t i = 0; i < sender->linked_count; i++) {
        if (sender->linked[i].inode == status->st_ino)
            return sender->linked[i].path;
    }
    more = realloc(sender->linked, (sender->linked_count + 1) * sizeof *more);
    if (more != NULL) {
        sender->linked = more;
        more[sender->linked_count].inode = status->st_ino;
        more[sender->linked_count].path = strdup(path);
        sender->linked_count += more[sender->linked_count].path != NULL;
    }
    return NULL;
}

static int go_into(struct sender *sender, const char *name, char path[static PATH_MAX])
{
    int length = snprintf(path, PATH_MAX, "%s%s%s", sender->path, sender->path[0] == '\0' ? "" : "/", name);

    return length < PATH_MAX ? EXIT_DONE : fail(EXIT_OTHER, "too-deep", "%s", name);
}

static int visit_other(void *context, int folder, const char *name, const struct stat *status)
{
    struct sender *sender = context;
    const char *first;
    char path[PATH_MAX];
    int result = go_into(sender, name, path);

    if (result != EXIT_DONE)
        return result;
    if (special_kind(status) != NULL)
        return fail(EXIT_SPECIAL, "special", "%s is %s", path, special_kind(status));
    if (S_ISLNK(status->st_mode))
        return send_link(sender, folder, name, status);
    first = status->st_nlink > 1 ? first_name(sender, status, path) : NULL;
    if (first == NULL)
        return send_file(sender, folder, name, path);
    begin_entry(sender, WIRE_SAME, name, status);
    wire_add_text(&sender->out, first);
    return send_out(sender);
}

static int visit_enter(void *context, int folder, const char *name, const struct stat *status)
{
    struct sender *sender = context;
    char path[PATH_MAX];
    int result = go_into(sender, name, path);

    (void)folder;
    if (result != EXIT_DONE)
        return result;
    strcpy(sender->path, path);
    begin_entry(sender, WIRE_FOLDER, name, status);
    return send_out(sender);
}

static int visit_leave(void *context, int folder, const char *name, const struct stat *status)
{
    struct sender *sender = context;
    char *slash = strrchr(sender->path, '/');

    (void)folder;
    (void)name;
    *(slash == NULL ? sender->path : slash) = '\0';
    wire_begin(&sender->out, WIRE_UP);
    wire_add_status(&sender->out, status);
    return send_out(sender);
}

static int add_allocated(void *context, int folder, const char *name, const struct stat *status)
{
    uint64_t *sum = context;

    (void)folder;
    if (special_kind(status) != NULL)
        return fail(EXIT_SPECIAL, "special", "%s is %s", name, special_kind(status));
    if (S_ISREG(status->st_mode))
        *sum += (uint64_t)status->st_blocks * 512 / status->st_nlink;
    return EXIT_DONE;
}

static int take_had(struct sender *sender)
{
    struct had *more = realloc(sender->had, (sender->had_count + 1) * sizeof *more);
    char path[PATH_MAX];
    struct had *had;

    if (more == NULL)
        return fail(EXIT_OTHER, "error", "no memory");
    sender->had = more;
    had = &more[sender->had_count];
    if (wire_text(&sender->in, path, sizeof path) == NULL)
        return fail(EXIT_OTHER, "error", "the other host says something senseless");
    had->size = wire_u64(&sender->in);
    had->chunks = (sender->in.length - sender->in.taken) / sizeof(uint64_t);
    had->path = strdup(path);
    had->checksums = calloc(had->chunks + 1, sizeof(uint64_t));
    if (had->path == NULL || had->checksums == NULL)
        return fail(EXIT_OTHER, "error", "no memory");
    for (size_t i = 0; i < had->chunks; i++)
        had->checksums[i] = wire_u64(&sender->in);
    sender->had_count++;
    return EXIT_DONE;
}

/* Until the other side says that; what comes meanwhile is taken in. */
static int await(struct sender *sender, enum wire_type awaited)
{
    for (;;) {
        if (wire_receive(sender->from, &sender->in) < 0)
            return lost(sender, "hears nothing any more");
        tell_progress(sender, false);
        if (sender->in.type == awaited)
            return EXIT_DONE;
        if (sender->in.type == WIRE_FAIL)
            return failed_there(sender);
        if (sender->in.type == WIRE_HAVE) {
            int result = take_had(sender);
            if (result != EXIT_DONE)
                return result;
        }
    }
}

static int send_all(struct sender *sender, int folder, char **argv)
{
    const struct visitor look = {.context = &sender->total, .other = add_allocated};
    const struct visitor send = {sender, visit_other, visit_enter, visit_leave};
    struct stat status;
    int result = walk_folder(folder, argv[1], &look);

    if (result != EXIT_DONE)
        return result;
    if (fstat(folder, &status) < 0)
        return fail_errno("%s/%s", argv[1], argv[2]);
    wire_begin(&sender->out, WIRE_HELLO);
    wire_add_u32(&sender->out, WIRE_VERSION);
    for (int i = 1; i <= 5; i++)
        wire_add_text(&sender->out, argv[i]);
    wire_add_u64(&sender->out, sender->total);
    wire_add_status(&sender->out, &status);
    result = send_out(sender);
    if (result == EXIT_DONE)
        result = await(sender, WIRE_READY);
    if (result == EXIT_DONE)
        result = walk_folder(folder, argv[2], &send);
    if (result != EXIT_DONE)
        return result;
    wire_begin(&sender->out, WIRE_DONE);
    wire_add_u64(&sender->out, sender->entries);
    result = send_out(sender);
    return result == EXIT_DONE ? await(sender, WIRE_DURABLE) : result;
}

/* The line is constant but for the helper's path, which the front-end lets be a plain one only; it is checked again. */
static int start_ssh(struct sender *sender, const char *helper, const char *destination, char **program, int words)
{
    static const char *const options[] = {
        "-T", "-x", "-a", "-oBatchMode=yes", "-oConnectTimeout=10", "-oServerAliveInterval=5", "-oServerAliveCountMax=3",
        "-oClearAllForwardings=yes", "-oPermitLocalCommand=no", "-oLogLevel=ERROR", "-oControlMaster=no",
        "-oControlPath=none", "-oCompression=no", "--",
    };
    enum { OPTIONS = sizeof options / sizeof options[0] };
    char line[1024];
    char **argv = calloc(words + OPTIONS + 3, sizeof *argv);
    int out[2], in[2], used = 0;

    if (helper[0] != '/' || helper[strspn(helper, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-")] != '\0' ||
        strlen(helper) > 512 || destination[0] == '-' || argv == NULL)
        return fail(EXIT_USAGE, "usage", "no plain path or no destination: %s, %s", helper, destination);
    snprintf(line, sizeof line,
             "sh -c 'H=%s; [ -x $H ] || exit 66; [ \"$(id -u)\" = 0 ] && exec $H directory-receive; "
             "exec sudo -n $H directory-receive'", helper);
    for (int i = 0; i < words; i++)
        argv[used++] = program[i];
    for (int i = 0; i < OPTIONS; i++)
        argv[used++] = (char *)options[i];
    argv[used++] = (char *)destination;
    argv[used++] = line;
    if (pipe2(out, O_CLOEXEC) < 0 || pipe2(in, O_CLOEXEC) < 0)
        return fail_errno("pipe");
    fcntl(out[1], F_SETPIPE_SZ, WIRE_PIECE_BYTES);
    sender->ssh = fork();
    if (sender->ssh < 0)
        return fail_errno("fork");
    if (sender->ssh == 0) {
        signal(SIGPIPE, SIG_DFL);
        dup2(out[0], STDIN_FILENO);
        dup2(in[1], STDOUT_FILENO);
        execvp(argv[0], argv);
        fail_errno("%s", argv[0]);
        _exit(127);
    }
    free(argv);
    close(out[0]);
    close(in[1]);
    sender->to = out[1];
    sender->from = in[0];
    return EXIT_DONE;
}

static int read_hollow(struct sender *sender)
{
    sender->hollow = malloc(HOLLOW_LIMIT + 1);
    if (sender->hollow == NULL)
        return fail(EXIT_OTHER, "error", "no memory");
    sender->hollow_length = read_all(STDIN_FILENO, sender->hollow, HOLLOW_LIMIT);
    if (sender->hollow_length < 0)
        return fail_errno("the paths on standard input");
    return sender->hollow_length == 0 || sender->hollow[sender->hollow_length - 1] == '\0'
               ? EXIT_DONE
               : fail(EXIT_USAGE, "usage", "each path on standard input ends with a zero byte");
}

int directory_send(int argc, char **argv)
{
    static char *const usual[] = {"ssh"};
    struct sender sender = {.to = -1, .from = -1};
    char path[PATH_MAX + NAME_MAX];
    int folder, result;

    signal(SIGPIPE, SIG_IGN);
    snprintf(path, sizeof path, "%s/%s", argv[1], argv[2]);
    folder = open_folder(AT_FDCWD, path);
    if (folder < 0)
        return errno == ENOTDIR || errno == ELOOP ? fail(EXIT_OTHER, "not-a-folder", "%s", path) : fail_errno("%s", path);
    sender.piece = malloc(WIRE_PIECE_BYTES);
    sender.chunk = malloc(WIRE_CHUNK_BYTES);
    if (sender.piece == NULL || sender.chunk == NULL)
        return fail(EXIT_OTHER, "error", "no memory");
    result = read_hollow(&sender);
    if (result == EXIT_DONE)
        result = start_ssh(&sender, argv[6], argv[7], argc > 8 ? argv + 8 : (char **)usual, argc > 8 ? argc - 8 : 1);
    if (result == EXIT_DONE)
        result = send_all(&sender, folder, argv);
    if (result == EXIT_DONE)
        tell_progress(&sender, true);
    if (sender.to >= 0)
        close(sender.to);
    return result;
}
