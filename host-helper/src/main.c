/* berth-host: what Berth needs on a host. "serve" speaks frames with a front-end; each other command can also be run
 * by hand. */
#include "commands.h"
#include "report.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int print_version(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    printf("berth-host %s protocol %d level %d\n", HELPER_VERSION, HELPER_PROTOCOL, HELPER_LEVEL);
    return EXIT_DONE;
}

static const struct command commands[] = {
    {"version", print_version, 0, 0, ""},
    {"serve", serve, 0, 0, ""},
    {"create-once", files_create_once, 1, 1, "PATH < content"},
    {"replace", files_replace, 1, 1, "PATH < content"},
    {"remove", files_remove, 1, -1, "PATH..."},
    {"read", files_read, 1, 1, "PATH"},
    {"make-folder", files_make_folder, 1, 1, "PATH"},
    {"gather", files_gather, 2, -1, "DIR SUFFIX..."},
    {"list", files_list, 1, 1, "DIR"},
    {"make-volume", volumes_make, 2, 2, "PATH BYTES"},
    {"grow-volume", volumes_grow, 2, 2, "PATH BYTES"},
    {"room", volumes_room, 1, 1, "DIR"},
    {"directory-place", directory_place, 2, 2, "FOLDER SOURCE"},
    {"directory-look", directory_look, 1, 1, "PATH"},
    {"directory-there", directory_there, 2, -1, "FOLDER NAME..."},
    {"directory-size", directory_size, 1, 1, "PATH"},
    {"directory-rename", directory_rename, 2, 2, "FROM TO"},
    {"directory-remove", directory_remove, 1, 1, "PATH"},
    {"directory-send", directory_send, 7, -1, "FOLDER NAME UUID EPOCH OPERATION HELPER DESTINATION [SSH...] < hollow files"},
    {"directory-receive", directory_receive, 0, 0, "< what directory-send says"},
    {"directory-copy-state", directory_copy_state, 3, 3, "FOLDER OPERATION NAME"},
    {"directory-copy-place", directory_copy_place, 3, 3, "FOLDER OPERATION NAME"},
    {"directory-copy-drop", directory_copy_drop, 3, 3, "FOLDER OPERATION NAME"},
    {"directory-copy-forget", directory_copy_forget, 3, 3, "FOLDER OPERATION NAME"},
    {"link", links_make, 2, 2, "PATH TARGET"},
    {"unlink", links_remove, 1, 1, "PATH"},
    {"read-link", links_read, 1, 1, "PATH"},
    {"device-size", device_size, 1, 1, "DEVICE"},
    {"device-clear", device_clear, 1, 1, "DEVICE"},
    {"device-flush", device_flush, 1, 1, "DEVICE"},
    {"device-drop-cache", device_drop_cache, 1, 1, "DEVICE"},
    {"device-read", device_read, 3, 3, "DEVICE OFFSET LENGTH"},
    {"device-write", device_write, 2, 2, "DEVICE OFFSET < content"},
    {"device-digest", device_digest, 3, 3, "DEVICE OFFSET LENGTH"},
    {"device-discard", device_discard, 2, 2, "DEVICE OFFSET"},
    {"device-copy", device_copy, 3, 3, "FROM TO LENGTH"},
    {"device-prefetch", device_prefetch, 2, 2, "DEVICE LENGTH"},
    {"device-feed", device_feed, 5, -1, "DEVICE LENGTH FIFO -- PROGRAM ARGUMENT..."},
    {"guest-processes", guests_list, 0, 1, "[UUID]"},
    {"end-process", guests_end_process, 2, 2, "PID UUID"},
    {"guest-look", guest_look, 1, 2, "URI [UUID]"},
    {"guest-pause", guest_pause, 2, 2, "URI UUID"},
    {"guest-resume", guest_resume, 2, 2, "URI UUID"},
    {"guest-destroy", guest_destroy, 2, 2, "URI UUID"},
    {"guest-undefine", guest_undefine, 2, 2, "URI UUID"},
    {"guest-definitions", guest_definitions, 3, 3, "URI UUID MARK"},
    {"guest-settled", guest_settled, 3, 3, "URI UUID MARK"},
    {"ceph-take", ceph_take, 5, -1, "CLUSTER-OPTION... OBJECT KEY < value"},
    {"ceph-put", ceph_put, 5, -1, "CLUSTER-OPTION... OBJECT KEY < value"},
    {"ceph-drop", ceph_drop, 5, -1, "CLUSTER-OPTION... OBJECT PREFIX"},
    {"ceph-entries", ceph_entries, 5, -1, "CLUSTER-OPTION... OBJECT PREFIX"},
    {"ceph-images", ceph_images, 4, -1, "CLUSTER-OPTION... PREFIX"},
    {"ceph-room", ceph_room, 3, -1, "CLUSTER-OPTION..."},
    {"ceph-block", ceph_block, 5, -1, "CLUSTER-OPTION... ADDRESS:PORT/NUMBER SECONDS"},
    {"daemon-start", daemon_start, 4, -1, "READY LOG -- PROGRAM ARGUMENT..."},
    {"daemon-find", daemon_find, 2, 2, "PROGRAM ARGUMENT"},
    {"daemon-end", daemon_end, 3, 3, "PID PROGRAM ARGUMENT"},
    {"guard-raise", guard_raise, 3, 3, "UUID EPOCH OPERATION"},
    {"guard-read", guard_read, 1, 1, "UUID"},
    {"guard-evict", guard_evict, 2, 2, "UUID EPOCH"},
    {"guard-list", guard_list, 0, 0, ""},
    {"stream-save", stream_save, 0, -1, "OPTION..."},
    {"stream-cancel", stream_cancel, 0, -1, "OPTION..."},
};

const struct command *find_command(const char *name)
{
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        if (strcmp(commands[i].name, name) == 0 && commands[i].run != NULL)
            return &commands[i];
    }
    return NULL;
}

int run_command(const struct command *command, int argc, char **argv)
{
    int arguments = argc - 1;
    int exit_code;

    if (arguments < command->least_arguments ||
        (command->most_arguments >= 0 && arguments > command->most_arguments))
        return fail(EXIT_USAGE, "usage", "berth-host %s %s", command->name, command->usage);
    /* Lines have to leave as they come: somebody watches them for progress. */
    setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
    exit_code = command->run(argc, argv);
    if (fflush(stdout) != 0 || ferror(stdout))
        return exit_code != EXIT_DONE ? exit_code : fail(EXIT_IO, "io", "the answer could not be written");
    return exit_code;
}

int main(int argc, char **argv)
{
    const struct command *command = argc > 1 ? find_command(argv[1]) : NULL;

    if (command == NULL) {
        if (argc > 1)
            fail(EXIT_USAGE, "usage", "berth-host has no command '%s'; it has:", argv[1]);
        for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
            fprintf(stderr, "  %s %s\n", commands[i].name, commands[i].usage);
        return EXIT_USAGE;
    }
    /* A library that a command has loaded may have threads, which must not meet what an orderly exit takes apart. */
    _exit(run_command(command, argc - 1, argv + 1));
}
