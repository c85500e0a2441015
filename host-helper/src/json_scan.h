/* Finds values in a JSON text in place: enough for the monitor's answers, without a tree or a copy. */
#ifndef BERTH_JSON_SCAN_H
#define BERTH_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Start of the value at a dotted path of object keys ("return.ram.remaining"), or NULL. */
const char *json_at(const char *json, const char *path);

/* Start of an array's element, or NULL when the array is shorter or there is none. */
const char *json_element(const char *array, size_t index);

/* Copies a string value, escapes left as they are; false unless there is one that fits. */
bool json_text(const char *value, char *text, size_t size);

/* Reads a whole number that is not negative; false unless there is one. */
bool json_number(const char *value, uint64_t *number);

bool json_is_true(const char *value);

#endif
