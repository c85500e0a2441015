/* Loaded into a process (LD_PRELOAD), makes each fsync and fdatasync take 5 ms longer, as on slower storage. */
#define _GNU_SOURCE
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static void wait_a_little(void) {
    struct timespec left = {.tv_nsec = 5 * 1000 * 1000};
    while (nanosleep(&left, &left) != 0) {
    }
}

int fsync(int fd) {
    wait_a_little();
    return (int) syscall(SYS_fsync, fd);
}

int fdatasync(int fd) {
    wait_a_little();
    return (int) syscall(SYS_fdatasync, fd);
}
