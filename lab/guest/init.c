/* The lab guest's only program: brings up the machine, makes the nonce, fills memory as told, then ticks. */
#define _GNU_SOURCE
#include "guest.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/random.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* In the order of their dependencies. */
static const char *const MODULES[] = {"virtio_ring", "virtio", "virtio_pci_legacy_dev", "virtio_pci_modern_dev",
                                      "virtio_pci", "virtio_blk", "virtio_balloon"};

static int console = STDOUT_FILENO;

void say(const char *format, ...) {
    char line[512];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(line, sizeof line - 1, format, arguments);
    va_end(arguments);
    if (length > (int) sizeof line - 2) {
        length = sizeof line - 2;
    }
    line[length++] = '\n';
    for (int sent = 0; sent < length;) {
        ssize_t more = write(console, line + sent, length - sent);
        if (more <= 0) {
            return;
        }
        sent += more;
    }
}

void give_up(const char *what) {
    say("GUEST-FAILED %s", what);
    sleep(1); /* the serial line is slow: let it drain */
    reboot(RB_POWER_OFF);
    for (;;) {
        pause();
    }
}

static void mount_system(void) {
    mkdir("/proc", 0755);
    mkdir("/dev", 0755);
    mount("proc", "/proc", "proc", 0, NULL);
    mount("dev", "/dev", "devtmpfs", 0, NULL);
    int serial = open("/dev/ttyS0", O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (serial >= 0) {
        console = serial;
    }
}

static void load_modules(void) {
    for (size_t i = 0; i < sizeof MODULES / sizeof *MODULES; i++) {
        char path[128];
        snprintf(path, sizeof path, "/modules/%s.ko", MODULES[i]);
        int module = open(path, O_RDONLY | O_CLOEXEC);
        if (module < 0) {
            continue; /* built into this kernel, or not needed by it */
        }
        if (syscall(SYS_finit_module, module, "", 0) != 0) {
            say("MODULE-FAILED %s", MODULES[i]);
        }
        close(module);
    }
}

/* The number after `name` on the kernel's command line, or 0. */
static size_t argument(const char *name) {
    char line[4096] = {0};
    int file = open("/proc/cmdline", O_RDONLY | O_CLOEXEC);
    ssize_t length = read(file, line, sizeof line - 1);
    close(file);
    if (length <= 0) {
        return 0;
    }
    for (char *word = strtok(line, " \n"); word != NULL; word = strtok(NULL, " \n")) {
        if (strncmp(word, name, strlen(name)) == 0) {
            return strtoul(word + strlen(name), NULL, 10);
        }
    }
    return 0;
}

static struct nonce new_nonce(void) {
    struct nonce nonce;
    if (getrandom(&nonce, sizeof nonce, 0) != sizeof nonce) {
        give_up("no random numbers for the nonce");
    }
    return nonce;
}

int main(void) {
    mount_system();
    load_modules();
    struct nonce nonce = new_nonce();
    say("BOOT nonce=%016" PRIx64 "%016" PRIx64, nonce.high, nonce.low);
    size_t fill = argument("berth.dirty=");
    size_t fill_and_free = argument("berth.freed=");
    if (fill_and_free > 0) {
        memory_fill(nonce, fill_and_free);
        memory_release();
    }
    if (fill > 0) {
        memory_fill(nonce, fill);
    }
    tick_for_ever(nonce, "/dev/vda", (argument("berth.dirty-rate=") << 20) / TICKS_PER_SECOND);
}
