/* A keeper stands between a connection and one command: it passes the guard, starts the command, hands its output on,
 * and stays with it when the connection is lost. A process of its own, so that the end of "serve", however sudden,
 * leaves a changing command its pipes and its lock. */
#ifndef BERTH_KEEPER_H
#define BERTH_KEEPER_H

#include "frames.h"

/* Becomes the keeper and never returns. channel is a SOCK_SEQPACKET socket:
 *   out   u8 frame type (STDOUT, STDERR, EXIT, REFUSED), then its payload
 *   in    u8 signal for the command's process group
 *   end   the front-end is gone: a changing command goes on, unheard; another is ended */
void keep_command(const struct start *start, int channel) __attribute__((noreturn));

#endif
