#include "stream_failure.h"

#include <stdarg.h>
#include <stdio.h>

static void keep(struct stream_failure *failure, int exit, const char *format, va_list arguments) {
    failure->exit = exit;
    vsnprintf(failure->text, sizeof failure->text, format, arguments);
}

bool stream_fail(struct stream_failure *failure, int exit, const char *format, ...) {
    if (failure->exit == STREAM_DONE) {
        va_list arguments;
        va_start(arguments, format);
        keep(failure, exit, format, arguments);
        va_end(arguments);
    }
    return false;
}

bool stream_fail_over(struct stream_failure *failure, int exit, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    keep(failure, exit, format, arguments);
    va_end(arguments);
    return false;
}

int stream_report(const struct stream_failure *failure) {
    if (failure->exit != STREAM_DONE) {
        /* Texts of libvirt and QEMU may hold line ends; a reader takes one line for the whole message. */
        for (const char *at = failure->text; *at != '\0'; at++) {
            fputc((unsigned char) *at < ' ' ? ' ' : *at, stderr);
        }
        fputc('\n', stderr);
    }
    return failure->exit;
}
