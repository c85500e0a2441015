#include "report.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One line whatever a path holds: a newline in a file's name must not look like a second message. */
static void print_line(const char *code, const char *text, const char *reason)
{
    fprintf(stderr, "%s: ", code);
    for (const char *at = text; *at != '\0'; at++)
        fputc(iscntrl((unsigned char)*at) ? '?' : *at, stderr);
    if (reason != NULL)
        fprintf(stderr, ": %s", reason);
    fputc('\n', stderr);
}

int fail(enum exit_code exit_code, const char *code, const char *format, ...)
{
    char text[1024];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    print_line(code, text, NULL);
    return exit_code;
}

enum exit_code exit_code_of(int error, const char **word)
{
    static const struct {
        int error;
        enum exit_code exit_code;
        const char *code;
    } known[] = {
        {EEXIST, EXIT_OCCUPIED, "exists"},   {ENOENT, EXIT_ABSENT, "absent"},     {ENOSPC, EXIT_FULL, "full"},
        {EDQUOT, EXIT_FULL, "full"},         {EROFS, EXIT_READ_ONLY, "read-only"}, {EACCES, EXIT_DENIED, "denied"},
        {EPERM, EXIT_DENIED, "denied"},      {EIO, EXIT_IO, "io"},                {ENXIO, EXIT_ABSENT, "absent"},
        {ENODEV, EXIT_ABSENT, "absent"},     {EBUSY, EXIT_BUSY, "busy"},          {ENOTBLK, EXIT_NOT_A_DEVICE, "not-a-device"},
    };

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (known[i].error == error) {
            *word = known[i].code;
            return known[i].exit_code;
        }
    }
    *word = "error";
    return EXIT_OTHER;
}

int fail_errno(const char *format, ...)
{
    int error = errno;
    const char *word;
    enum exit_code exit_code = exit_code_of(error, &word);
    char text[1024];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    print_line(word, text, strerror(error));
    return exit_code;
}

long long parse_number(const char *text)
{
    char *end = NULL;
    long long number;

    if (!isdigit((unsigned char)text[0]))
        return -1;
    errno = 0;
    number = strtoll(text, &end, 10);
    return errno != 0 || *end != '\0' ? -1 : number;
}
