#include "stream_arguments.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The second pass sends what was dirtied during the first; further ones seldom make the last one shorter. */
enum { default_passes = 2, most_passes = 1000 };

static const char save_usage[] = "usage: stream-save --uri URI --guest UUID --target PATH --limit BYTES"
                                 " --mode paused|live [--max-passes N] [--emulated pause|live]"
                                 " [--writer direct|dd] < HEADER";
static const char cancel_usage[] = "usage: stream-cancel --uri URI --guest UUID";

static bool is_uuid(const char *text) {
    for (int i = 0; i < 36; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : !isxdigit((unsigned char) text[i])) {
            return false;
        }
    }
    return text[36] == '\0';
}

static bool is_number(const char *text, uint64_t most, uint64_t *number) {
    char *end;
    errno = 0;
    *number = strtoull(text, &end, 10);
    return isdigit((unsigned char) text[0]) && *end == '\0' && errno == 0 && *number <= most;
}

static bool one_of(const char *text, const char *no, const char *yes, bool *result) {
    *result = strcmp(text, yes) == 0;
    return *result || strcmp(text, no) == 0;
}

static bool take_common(const char *name, const char *value, struct stream_arguments *result) {
    if (strcmp(name, "--uri") == 0) {
        result->uri = value;
        return true;
    }
    if (strcmp(name, "--guest") == 0) {
        result->guest = value;
        return is_uuid(value);
    }
    return false;
}

static bool take_save(const char *name, const char *value, struct stream_arguments *result) {
    if (strcmp(name, "--target") == 0) {
        result->target = value;
        return value[0] == '/';
    }
    if (strcmp(name, "--limit") == 0) {
        return is_number(value, INT64_MAX, &result->limit) && result->limit > 0;
    }
    if (strcmp(name, "--mode") == 0) {
        return one_of(value, "paused", "live", &result->live);
    }
    if (strcmp(name, "--max-passes") == 0) {
        return is_number(value, most_passes, &result->max_passes);
    }
    if (strcmp(name, "--emulated") == 0) {
        return one_of(value, "pause", "live", &result->live_emulated);
    }
    if (strcmp(name, "--writer") == 0) {
        return one_of(value, "direct", "dd", &result->with_dd);
    }
    return take_common(name, value, result);
}

bool stream_save_arguments(
        int count, char **arguments, struct stream_arguments *result, struct stream_failure *failure) {
    bool mode_given = false;
    *result = (struct stream_arguments) {.max_passes = default_passes};
    for (int i = 1; i < count; i += 2) {
        if (i + 1 == count || !take_save(arguments[i], arguments[i + 1], result)) {
            return stream_fail(failure, STREAM_USAGE, "usage: bad argument '%s'; %s", arguments[i], save_usage);
        }
        mode_given |= strcmp(arguments[i], "--mode") == 0;
    }
    return (result->uri != NULL && result->guest != NULL && result->target != NULL && result->limit > 0 && mode_given)
            || stream_fail(failure, STREAM_USAGE, "%s", save_usage);
}

bool stream_cancel_arguments(
        int count, char **arguments, struct stream_arguments *result, struct stream_failure *failure) {
    *result = (struct stream_arguments) {0};
    for (int i = 1; i < count; i += 2) {
        if (i + 1 == count || !take_common(arguments[i], arguments[i + 1], result)) {
            return stream_fail(failure, STREAM_USAGE, "usage: bad argument '%s'; %s", arguments[i], cancel_usage);
        }
    }
    return (result->uri != NULL && result->guest != NULL) || stream_fail(failure, STREAM_USAGE, "%s", cancel_usage);
}
