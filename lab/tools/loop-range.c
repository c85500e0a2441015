/*
 * loop-range add|remove FIRST COUNT: makes or removes loop devices FIRST to FIRST+COUNT-1 in the kernel.
 * util-linux has no command for it. Already there, or already gone, counts as done.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/loop.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

int main(int count, char **arguments) {
    if (count != 4) {
        fputs("usage: loop-range add|remove FIRST COUNT\n", stderr);
        return 2;
    }
    int adding = strcmp(arguments[1], "add") == 0;
    int already = adding ? EEXIST : ENODEV;
    long first = strtol(arguments[2], NULL, 10);
    long devices = strtol(arguments[3], NULL, 10);
    int control = open("/dev/loop-control", O_RDWR | O_CLOEXEC);
    if (control < 0) {
        perror("/dev/loop-control (try 'modprobe loop')");
        return 1;
    }
    int result = 0;
    for (long device = first; device < first + devices; device++) {
        if (ioctl(control, adding ? LOOP_CTL_ADD : LOOP_CTL_REMOVE, device) < 0 && errno != already) {
            fprintf(stderr, "loop%ld: %s\n", device, strerror(errno));
            result = 1;
        }
    }
    return result;
}
