/*
 * compare-memory IMAGE MEMORY: holds the memory in a save image against a dump of what the guest really has (monitor:
 * pmemsave from address 0 while it stands still). Prints how many pages differ; exit code 1 if any does.
 *
 * Reads QEMU's stream itself, as its documentation of migration describes it: only the main memory, "pc.ram", only
 * below the hole under 4 GiB, and from 1 MiB on: below, the processor sees other things than what is sent.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { page_length = 4096, first_page = 256, section_start = 1, section_part = 2, section_end = 3, section_footer = 0x7e };
enum { flag_zero = 2, flag_sizes = 4, flag_page = 8, flag_end = 16, flag_continued = 32, all_flags = 4095 };

static FILE *image;
static unsigned char *memory;
static uint64_t memory_length;

static void stop(const char *what) {
    fprintf(stderr, "compare-memory: %s at %ld\n", what, ftell(image));
    exit(2);
}

static uint64_t number(int bytes) {
    uint64_t value = 0;
    while (bytes-- > 0) {
        int byte = getc(image);
        if (byte == EOF) {
            stop("the image ends");
        }
        value = value << 8 | (unsigned) byte;
    }
    return value;
}

static void name(char *text) {
    size_t length = number(1);
    if (fread(text, 1, length, image) != length) {
        stop("the image ends");
    }
    text[length] = '\0';
}

static void keep_page(const char *block, uint64_t address, const unsigned char *page) {
    if (strcmp(block, "pc.ram") == 0 && address + page_length <= memory_length) {
        memcpy(memory + address, page, page_length);
    }
}

static void read_section_of_memory(void) {
    static char block[256];
    static unsigned char page[page_length];
    for (;;) {
        uint64_t word = number(8);
        uint64_t address = word & ~(uint64_t) all_flags;
        unsigned flags = word & all_flags;
        if (flags & flag_end) {
            return;
        }
        if (flags & flag_sizes) {
            for (uint64_t described = 0; described < address;) {
                name(block);
                described += number(8);
            }
            continue;
        }
        if (!(flags & flag_continued)) {
            name(block);
        }
        if (flags & flag_zero) {
            memset(page, (int) number(1), page_length);
        } else if (!(flags & flag_page) || fread(page, 1, page_length, image) != page_length) {
            stop("no page");
        }
        keep_page(block, address, page);
    }
}

static void read_stream(void) {
    char text[256];
    unsigned char header[92];
    if (fread(header, 1, sizeof header, image) != sizeof header) {
        stop("no header");
    }
    long area = header[20] | header[21] << 8 | header[22] << 16 | (long) header[23] << 24;
    fseek(image, area, SEEK_CUR);
    if (number(4) != 0x5145564d || number(4) != 3 || number(1) != 7) {
        stop("no stream of QEMU");
    }
    fseek(image, (long) number(4), SEEK_CUR);
    for (;;) {
        unsigned kind = (unsigned) number(1);
        if (kind == section_footer) {
            number(4);
        } else if (kind == section_start) {
            number(4);
            name(text);
            number(8);
            if (strcmp(text, "ram") != 0) {
                stop("a section that isn't memory");
            }
            read_section_of_memory();
        } else if (kind == section_part || kind == section_end) {
            number(4);
            read_section_of_memory();
        } else {
            return;
        }
    }
}

int main(int argc, char **argv) {
    FILE *dump = argc == 3 ? fopen(argv[2], "rb") : NULL;
    image = argc == 3 ? fopen(argv[1], "rb") : NULL;
    if (dump == NULL || image == NULL) {
        fprintf(stderr, "usage: compare-memory IMAGE MEMORY: %s\n", strerror(errno));
        return 2;
    }
    fseek(dump, 0, SEEK_END);
    memory_length = (uint64_t) ftell(dump);
    rewind(dump);
    memory = calloc(1, memory_length);
    read_stream();
    static unsigned char page[page_length];
    unsigned differing = 0;
    for (uint64_t at = 0; fread(page, 1, page_length, dump) == page_length; at += page_length) {
        if (at >= (uint64_t) first_page * page_length && memcmp(page, memory + at, page_length) != 0) {
            if (differing++ < 5) {
                printf("page %llx differs\n", (unsigned long long) at);
            }
        }
    }
    printf("%u of %llu pages differ\n", differing, (unsigned long long) (memory_length / page_length));
    return differing != 0;
}
