/* A connection to one Ceph cluster, as the ceph-... commands are told to make it. */
#ifndef BERTH_RADOS_CONNECTION_H
#define BERTH_RADOS_CONNECTION_H

#include "rados_library.h"

/* Calls take these; an answer that doesn't come ends the command with "unreachable" or "timeout". */
#define RADOS_OPTIONS "--conf=FILE --id=USER --pool=POOL [--namespace=NAME] [--keyring=FILE | --keyfile=FILE]"

enum { CONNECT_SECONDS = 10, CALL_SECONDS = 20 };

struct rados_connection {
    rados *cluster;
    rados_pool *pool;
};

/* Whose connection to what; without a keyring or keyfile the configuration tells. */
struct rados_options {
    const char *conf, *id, *pool, *name_space, *keyring, *keyfile;
    int call_seconds; /* 0: CALL_SECONDS */
};

/* Reads the options in front, moves *arguments behind them and connects. Answers an exit code; the connection is there
 * for 0 only, and ends with the process: what a call has answered is done, and taking the connection apart, its threads
 * one by one, would take longer than most calls. */
int rados_open(struct rados_connection *connection, int *count, char ***arguments);
/* The same with options that were read elsewhere. */
int rados_open_with(struct rados_connection *connection, const struct rados_options *options);
/* Prints what a call's negative result means and answers the exit code. */
int rados_fail(int result, const char *what);

#endif
