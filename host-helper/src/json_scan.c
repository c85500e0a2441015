#include "json_scan.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Deeper than any answer of the monitor: keeps a broken one from using up the stack. */
enum { deepest = 64 };

static const char *skip_value(const char *at, int depth);

static const char *skip_space(const char *at) {
    return at + strspn(at, " \t\r\n");
}

static const char *skip_string(const char *at) {
    for (at++; *at != '"'; at++) {
        if (*at == '\\') {
            at++;
        }
        if (*at == '\0') {
            return NULL;
        }
    }
    return at + 1;
}

/* Past a key and its colon, to the value. */
static const char *skip_key(const char *at) {
    if (*at != '"' || (at = skip_string(at)) == NULL) {
        return NULL;
    }
    at = skip_space(at);
    return *at == ':' ? skip_space(at + 1) : NULL;
}

static const char *skip_group(const char *at, char end, int depth) {
    for (at = skip_space(at + 1); *at != end;) {
        if (end == '}' && (at = skip_key(at)) == NULL) {
            return NULL;
        }
        if ((at = skip_value(at, depth + 1)) == NULL) {
            return NULL;
        }
        at = skip_space(at);
        if (*at == ',') {
            at = skip_space(at + 1);
        } else if (*at != end) {
            return NULL;
        }
    }
    return at + 1;
}

static const char *skip_value(const char *at, int depth) {
    if (depth > deepest) {
        return NULL;
    }
    switch (*at) {
    case '{':
        return skip_group(at, '}', depth);
    case '[':
        return skip_group(at, ']', depth);
    case '"':
        return skip_string(at);
    default: {
        size_t length = strcspn(at, ",]} \t\r\n");
        return length == 0 ? NULL : at + length;
    }
    }
}

static const char *member(const char *object, const char *key, size_t length) {
    const char *at = skip_space(object);
    if (*at != '{') {
        return NULL;
    }
    for (at = skip_space(at + 1); *at == '"';) {
        bool found = strncmp(at + 1, key, length) == 0 && at[1 + length] == '"';
        if ((at = skip_key(at)) == NULL || found) {
            return at;
        }
        if ((at = skip_value(at, 1)) == NULL) {
            return NULL;
        }
        at = skip_space(at);
        at = *at == ',' ? skip_space(at + 1) : at;
    }
    return NULL;
}

const char *json_at(const char *json, const char *path) {
    while (json != NULL && *path != '\0') {
        size_t length = strcspn(path, ".");
        json = member(json, path, length);
        path += length + (path[length] == '.');
    }
    return json;
}

const char *json_element(const char *array, size_t index) {
    if (array == NULL || *array != '[') {
        return NULL;
    }
    const char *at = skip_space(array + 1);
    for (; *at != ']'; index--) {
        if (index == 0) {
            return at;
        }
        if ((at = skip_value(at, 1)) == NULL) {
            return NULL;
        }
        at = skip_space(at);
        if (*at == ',') {
            at = skip_space(at + 1);
        } else if (*at != ']') {
            return NULL;
        }
    }
    return NULL;
}

bool json_text(const char *value, char *text, size_t size) {
    const char *end;
    if (value == NULL || *value != '"' || (end = skip_string(value)) == NULL || (size_t) (end - value) - 1 > size) {
        return false;
    }
    size_t length = (size_t) (end - value) - 2;
    memcpy(text, value + 1, length);
    text[length] = '\0';
    return true;
}

bool json_number(const char *value, uint64_t *number) {
    if (value == NULL || *value < '0' || *value > '9') {
        return false;
    }
    errno = 0;
    *number = strtoull(value, NULL, 10);
    return errno == 0;
}

bool json_is_true(const char *value) {
    return value != NULL && strncmp(value, "true", 4) == 0;
}
