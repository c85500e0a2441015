#include "shown_image.h"

#include "processes.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

static const char daemon_name[] = "qemu-storage-daemon";

/* A disk daemon of the cluster may be away for a minute, as for qemu-storage-daemon. */
enum { READ_SECONDS = 60 };

/* The file under a loop device, as the kernel names it. */
static bool read_backing_file(const char *device, char *file, size_t limit)
{
    struct stat status;
    char path[128];
    ssize_t length;
    int fd;

    if (stat(device, &status) < 0 || !S_ISBLK(status.st_mode))
        return false;
    snprintf(path, sizeof path, "/sys/dev/block/%u:%u/loop/backing_file", major(status.st_rdev), minor(status.st_rdev));
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    length = read(fd, file, limit);
    close(fd);
    if (length < 2 || file[length - 1] != '\n')
        return false;
    file[length - 1] = '\0';
    return true;
}

/* One value of "name=value,name=value", where a comma inside a value is written twice. */
static bool option(const char *options, const char *name, char *value, size_t limit)
{
    size_t name_length = strlen(name), length = 0;
    const char *at = options;

    while (strncmp(at, name, name_length) != 0 || at[name_length] != '=') {
        while (*at != '\0' && (at[0] != ',' || at[1] == ','))
            at += at[0] == ',' ? 2 : 1;
        if (*at++ == '\0')
            return false;
    }
    for (at += name_length + 1; *at != '\0' && (at[0] != ',' || at[1] == ','); at++) {
        if (length + 1 >= limit)
            return false;
        value[length++] = *at;
        at += *at == ',';
    }
    value[length] = '\0';
    return length > 0;
}

static bool is(const char *options, const char *name, const char *wanted)
{
    char value[PATH_LIMIT];

    return option(options, name, value, sizeof value) && strcmp(value, wanted) == 0;
}

struct search {
    const char *file;
    struct shown_image *image;
    bool found;
};

/* An argument's options; NULL when there is none that has this. */
static const char *argument_with(const char *arguments, long length, const char *name, const char *wanted)
{
    for (const char *at = arguments; at < arguments + length; at += strlen(at) + 1) {
        if (is(at, name, wanted))
            return at;
    }
    return NULL;
}

static bool read_image(const char *pid, const char *arguments, long length, struct shown_image *found)
{
    const char *image = argument_with(arguments, length, "driver", "rbd");
    char key[64];

    if (image == NULL || !option(image, "conf", found->conf, sizeof found->conf) ||
        !option(image, "user", found->id, sizeof found->id) || !option(image, "pool", found->pool, sizeof found->pool) ||
        !option(image, "image", found->image, sizeof found->image))
        return false;
    found->options =
        (struct rados_options){.conf = found->conf, .id = found->id, .pool = found->pool, .call_seconds = READ_SECONDS};
    if (option(image, "namespace", found->name_space, sizeof found->name_space))
        found->options.name_space = found->name_space;
    if (option(image, "key-secret", key, sizeof key)) {
        const char *secret = argument_with(arguments, length, "id", key);

        if (secret == NULL || !option(secret, "file", found->keyfile, sizeof found->keyfile))
            return false;
        found->options.keyfile = found->keyfile;
    } else if (process_environment(pid, "CEPH_KEYRING", found->keyring, sizeof found->keyring)) {
        found->options.keyring = found->keyring;
    }
    return true;
}

static void look_at_process(const char *pid, void *opaque)
{
    struct search *search = opaque;
    const char *arguments, *shown;
    long length;

    if (search->found)
        return;
    length = process_arguments(pid, &arguments);
    if (length <= 0 || !is_program(arguments, daemon_name))
        return;
    shown = argument_with(arguments, length, "mountpoint", search->file);
    if (shown != NULL && is(shown, "type", "fuse"))
        search->found = read_image(pid, arguments, length, search->image);
}

bool find_shown_image(const char *device, struct shown_image *image)
{
    char file[PATH_LIMIT];
    struct search search = {file, image, false};

    return read_backing_file(device, file, sizeof file) && each_process(look_at_process, &search) && search.found;
}
