/* The helper's own commands: each runs in a process of its own, prints its answer on standard output, and returns its
 * exit code. argv[0] is the command's name. */
#ifndef BERTH_COMMANDS_H
#define BERTH_COMMANDS_H

#define HELPER_VERSION "0.1.0"
/* Of the frames on the wire: both sides must have the same. */
#define HELPER_PROTOCOL 1
/* Grows with each new command, so that a front-end can tell a helper that is too old for it. */
#define HELPER_LEVEL 9

struct command {
    const char *name;
    int (*run)(int argc, char **argv);
    int least_arguments;
    int most_arguments; /* -1: any number */
    const char *usage;
};

/* NULL when there is no such command. */
const struct command *find_command(const char *name);
/* Checks the number of arguments, runs it, flushes what it printed; answers the exit code. */
int run_command(const struct command *command, int argc, char **argv);

int files_create_once(int argc, char **argv);
int files_replace(int argc, char **argv);
int files_remove(int argc, char **argv);
int files_read(int argc, char **argv);
int files_make_folder(int argc, char **argv);
int files_gather(int argc, char **argv);
int files_list(int argc, char **argv);
int volumes_make(int argc, char **argv);
int volumes_grow(int argc, char **argv);
int volumes_room(int argc, char **argv);
int directory_place(int argc, char **argv);
int directory_look(int argc, char **argv);
int directory_there(int argc, char **argv);
int directory_size(int argc, char **argv);
int directory_rename(int argc, char **argv);
int directory_remove(int argc, char **argv);
int directory_send(int argc, char **argv);
int directory_receive(int argc, char **argv);
int directory_copy_state(int argc, char **argv);
int directory_copy_place(int argc, char **argv);
int directory_copy_drop(int argc, char **argv);
int directory_copy_forget(int argc, char **argv);
int links_make(int argc, char **argv);
int links_remove(int argc, char **argv);
int links_read(int argc, char **argv);
int device_size(int argc, char **argv);
int device_clear(int argc, char **argv);
int device_flush(int argc, char **argv);
int device_drop_cache(int argc, char **argv);
int device_read(int argc, char **argv);
int device_write(int argc, char **argv);
int device_digest(int argc, char **argv);
int device_discard(int argc, char **argv);
int device_copy(int argc, char **argv);
int device_prefetch(int argc, char **argv);
int device_feed(int argc, char **argv);
int guests_list(int argc, char **argv);
int guests_end_process(int argc, char **argv);
int guest_look(int argc, char **argv);
int guest_pause(int argc, char **argv);
int guest_resume(int argc, char **argv);
int guest_destroy(int argc, char **argv);
int guest_undefine(int argc, char **argv);
int guest_definitions(int argc, char **argv);
int guest_settled(int argc, char **argv);
int ceph_take(int argc, char **argv);
int ceph_put(int argc, char **argv);
int ceph_drop(int argc, char **argv);
int ceph_entries(int argc, char **argv);
int ceph_images(int argc, char **argv);
int ceph_room(int argc, char **argv);
int ceph_block(int argc, char **argv);
int daemon_start(int argc, char **argv);
int daemon_find(int argc, char **argv);
int daemon_end(int argc, char **argv);
int guard_raise(int argc, char **argv);
int guard_read(int argc, char **argv);
int guard_evict(int argc, char **argv);
int guard_list(int argc, char **argv);
int serve(int argc, char **argv);

/* Weak: the helper builds without them, and says then that it has no such command. */
int stream_save(int argc, char **argv) __attribute__((weak));
int stream_cancel(int argc, char **argv) __attribute__((weak));

#endif
