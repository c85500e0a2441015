/* The two stream commands alone, for their own tests: the helper's main has them among its others. */
#include "../src/stream_save.h"

#include <stdio.h>
#include <string.h>

int main(int argc, char **argv) {
    if (argc > 1 && strcmp(argv[1], "stream-save") == 0) {
        return stream_save(argc - 1, argv + 1);
    }
    if (argc > 1 && strcmp(argv[1], "stream-cancel") == 0) {
        return stream_cancel(argc - 1, argv + 1);
    }
    fputs("usage: stream-test stream-save|stream-cancel ...\n", stderr);
    return 2;
}
