/* guard-raise, guard-read, guard-evict, guard-list. */
#include "commands.h"
#include "durable.h"
#include "guard.h"
#include "guard_evict.h"
#include "names.h"
#include "report.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static int broken(const char *uuid)
{
    if (errno == EBADMSG)
        return fail(EXIT_IO, "guard-broken", "the guard's files of %s in %s/guard make no sense", uuid, state_folder());
    return fail_errno("guard of %s in %s", uuid, state_folder());
}

static int refused(const struct ticket *seen)
{
    return fail(EXIT_REFUSED, "refused", "epoch %" PRIu64 " of operation %s", seen->epoch, seen->operation);
}

static void print_state(uint64_t epoch, bool running, const struct ticket *runner)
{
    printf("epoch %" PRIu64 "\n", epoch);
    if (running)
        printf("running %" PRIu64 " %s\n", runner->epoch, runner->operation);
}

static bool parse_request(char **argv, struct ticket *ticket)
{
    long long epoch = parse_number(argv[2]);

    ticket->epoch = epoch;
    return valid_uuid(argv[1]) && epoch >= 1;
}

int guard_raise(int argc, char **argv)
{
    struct ticket ticket, other;
    bool running;

    (void)argc;
    if (!parse_request(argv, &ticket) || !valid_operation(argv[3]))
        return fail(EXIT_USAGE, "usage", "guard-raise UUID EPOCH OPERATION");
    strcpy(ticket.operation, argv[3]);
    switch (guard_raise_to(argv[1], &ticket, &running, &other)) {
    case GUARD_IN:
        print_state(ticket.epoch, running, &other);
        return EXIT_DONE;
    case GUARD_REFUSED:
        return refused(&other);
    case GUARD_RUNNING:
    case GUARD_BROKEN:
        break;
    }
    return broken(argv[1]);
}

int guard_read(int argc, char **argv)
{
    struct ticket seen, runner;
    bool running;

    (void)argc;
    if (!valid_uuid(argv[1]))
        return fail(EXIT_USAGE, "usage", "guard-read UUID");
    if (guard_look(argv[1], &seen, &running, &runner) != GUARD_IN)
        return broken(argv[1]);
    print_state(seen.epoch, running, &runner);
    return EXIT_DONE;
}

/* Ends what runs for an older epoch. It expects the epoch to have been raised: else the next one could start at once. */
int guard_evict(int argc, char **argv)
{
    struct ticket ticket, seen, runner;
    bool running;

    (void)argc;
    if (!parse_request(argv, &ticket))
        return fail(EXIT_USAGE, "usage", "guard-evict UUID EPOCH");
    if (guard_look(argv[1], &seen, &running, &runner) != GUARD_IN)
        return broken(argv[1]);
    if (seen.epoch > ticket.epoch)
        return refused(&seen);
    if (seen.epoch < ticket.epoch)
        return fail(EXIT_USAGE, "not-raised", "the epoch here is %" PRIu64 ": guard-raise comes first", seen.epoch);
    if (!running || runner.epoch >= ticket.epoch)
        return EXIT_DONE;
    return evict_holders(argv[1], &ticket);
}

int guard_list(int argc, char **argv)
{
    char folder[PATH_LIMIT];
    struct dirent *entry;
    DIR *guards;

    (void)argc;
    (void)argv;
    snprintf(folder, sizeof folder, "%s/guard", state_folder());
    guards = opendir(folder);
    if (guards == NULL)
        return errno == ENOENT ? EXIT_DONE : fail_errno("%s", folder);
    while ((entry = readdir(guards)) != NULL) {
        struct ticket seen, runner = {0, "-"};
        bool running;
        char *dot = strchr(entry->d_name, '.');

        if (dot == NULL || strcmp(dot, ".lock") != 0)
            continue;
        *dot = '\0';
        if (!valid_uuid(entry->d_name))
            continue;
        if (guard_look(entry->d_name, &seen, &running, &runner) != GUARD_IN) {
            closedir(guards);
            return broken(entry->d_name);
        }
        printf("%s %" PRIu64 " %s\n", entry->d_name, seen.epoch, running ? runner.operation : "-");
    }
    closedir(guards);
    return EXIT_DONE;
}
