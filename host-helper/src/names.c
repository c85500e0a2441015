#include "names.h"

#include <string.h>

bool valid_uuid(const char *text)
{
    if (strlen(text) != 36)
        return false;
    for (int i = 0; i < 36; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : strchr("0123456789abcdef", text[i]) == NULL)
            return false;
    }
    return true;
}

bool valid_operation(const char *text)
{
    size_t length = strlen(text);

    return length >= 8 && length <= 32 && strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789") == length;
}
