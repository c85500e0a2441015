/*
 * dial NAMESPACE ADDRESS PORT SECONDS: connects from within a network namespace and hands the socket to ssh over
 * standard output (ssh_config: ProxyUseFdpass yes). No relay stays behind, so ssh runs at its own speed and sees the
 * network itself. SECONDS bounds the connection attempt, which ssh's ConnectTimeout doesn't.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int complain(const char *what) {
    fprintf(stderr, "dial: %s: %s\n", what, strerror(errno));
    return 1;
}

static int connect_within(int socket, const struct sockaddr_in *address, int seconds) {
    fcntl(socket, F_SETFL, O_NONBLOCK);
    if (connect(socket, (const struct sockaddr *) address, sizeof *address) != 0 && errno != EINPROGRESS) {
        return -1;
    }
    struct pollfd wait = {.fd = socket, .events = POLLOUT};
    int error = ETIMEDOUT;
    socklen_t size = sizeof error;
    if (poll(&wait, 1, seconds * 1000) == 1) {
        getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size);
    }
    errno = error;
    return error == 0 ? 0 : -1;
}

static int hand_over(int socket) {
    char byte = 0;
    struct iovec data = {.iov_base = &byte, .iov_len = 1};
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof(int))];
    } control = {0};
    struct msghdr message = {
        .msg_iov = &data, .msg_iovlen = 1, .msg_control = control.space, .msg_controllen = sizeof control.space};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(header), &socket, sizeof socket);
    return sendmsg(STDOUT_FILENO, &message, 0) == 1 ? 0 : -1;
}

int main(int count, char **arguments) {
    if (count != 5) {
        fputs("usage: dial NAMESPACE ADDRESS PORT SECONDS\n", stderr);
        return 2;
    }
    int namespace = open(arguments[1], O_RDONLY | O_CLOEXEC);
    if (namespace < 0 || setns(namespace, CLONE_NEWNET) != 0) {
        return complain(arguments[1]);
    }
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t) atoi(arguments[3]))};
    if (inet_pton(AF_INET, arguments[2], &address.sin_addr) != 1) {
        errno = EINVAL;
        return complain(arguments[2]);
    }
    int socket_to_host = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket_to_host < 0 || connect_within(socket_to_host, &address, atoi(arguments[4])) != 0) {
        return complain(arguments[2]);
    }
    if (hand_over(socket_to_host) != 0) {
        return complain("handing the connection to ssh");
    }
    return 0;
}
