/* Names that become parts of paths and of command lines: checked before anything is done with them. */
#ifndef BERTH_NAMES_H
#define BERTH_NAMES_H

#include <stdbool.h>

/* Lower-case hex with dashes in the places of RFC 9562, 36 characters. */
bool valid_uuid(const char *text);
/* 8 to 32 lower-case letters and digits. */
bool valid_operation(const char *text);

#endif
