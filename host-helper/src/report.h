/* How a command tells that it failed: one line "code: text" on standard error, and an exit code. */
#ifndef BERTH_REPORT_H
#define BERTH_REPORT_H

enum exit_code {
    EXIT_DONE = 0,
    EXIT_OTHER = 1,
    EXIT_USAGE = 2,
    EXIT_OCCUPIED = 17,
    EXIT_ABSENT = 20,
    EXIT_SHORT = 21,
    EXIT_FLUSH_LOST = 22,
    EXIT_NOT_A_DEVICE = 23,
    EXIT_REFUSED = 24,
    EXIT_IO = 25,
    EXIT_BUSY = 26,
    EXIT_SPECIAL = 27,
    EXIT_FULL = 28,
    EXIT_DENIED = 29,
    EXIT_READ_ONLY = 30,
    EXIT_CUT = 31,
};

/* Prints "code: text" and answers exit_code. */
int fail(enum exit_code exit_code, const char *code, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* The same for what errno says; "code" and exit code follow from errno. */
int fail_errno(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The exit code and word for what errno would say. */
enum exit_code exit_code_of(int error, const char **word);
/* Reads a whole non-negative decimal number; -1 when text is none. */
long long parse_number(const char *text);

#endif
