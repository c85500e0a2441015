#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "direct_writer.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { buffers = 6, buffer_length = 4 << 20, most_threads = 2 };

enum buffer_state { EMPTY, FULL, WRITING };

struct buffer {
    unsigned char *data;
    size_t length;
    uint64_t offset;
    enum buffer_state state;
};

struct direct_writer {
    struct direct_writer_task task;
    struct buffer ring[buffers];
    pthread_t reader;
    pthread_t writers[most_threads];
    int threads; /* dd takes its input in order: one thread then */

    pthread_mutex_t lock; /* for all that follows */
    pthread_cond_t changed;
    uint64_t received;
    size_t next_to_write;
    bool header_durable;
    bool discarding;
    bool stream_ended;
    int threads_left;
    struct stream_failure failure;
};

static void wake_caller(struct direct_writer *writer) {
    eventfd_write(writer->task.wake, 1);
}

static void give_up(struct direct_writer *writer, const struct stream_failure *failure) {
    pthread_mutex_lock(&writer->lock);
    if (writer->failure.exit == STREAM_DONE) {
        writer->failure = *failure;
    }
    writer->discarding = true;
    pthread_cond_broadcast(&writer->changed);
    pthread_mutex_unlock(&writer->lock);
    wake_caller(writer);
}

/* Fills the buffer; how much it got is less than asked only at the stream's end. */
static size_t fill(struct direct_writer *writer, unsigned char *data, size_t length) {
    size_t got = 0;
    while (got < length) {
        ssize_t count = read(writer->task.source, data + got, length - got);
        if (count > 0) {
            got += (size_t) count;
        } else if (count == 0) {
            break;
        } else if (errno != EINTR) {
            struct stream_failure failure = {0};
            stream_fail(&failure, STREAM_IO, "io: reading the stream: %s", strerror(errno));
            give_up(writer, &failure);
            break;
        }
    }
    return got;
}

/* Accepts what was read, or says that the image has become too long. */
static bool take_in(struct direct_writer *writer, struct buffer *buffer, size_t got) {
    pthread_mutex_lock(&writer->lock);
    buffer->offset = writer->received;
    buffer->length = got;
    bool fits = writer->received + got <= writer->task.limit;
    if (fits) {
        writer->received += got;
    }
    if (fits && got > 0) {
        buffer->state = FULL;
        pthread_cond_broadcast(&writer->changed);
    }
    pthread_mutex_unlock(&writer->lock);
    if (!fits) {
        struct stream_failure failure = {0};
        stream_fail(&failure, STREAM_FULL, "full: the image needs more than the %llu bytes it may have on %s",
                (unsigned long long) writer->task.limit, writer->task.target->path);
        give_up(writer, &failure);
    }
    return fits;
}

static bool await_empty(struct direct_writer *writer, struct buffer *buffer) {
    pthread_mutex_lock(&writer->lock);
    while (buffer->state != EMPTY && !writer->discarding) {
        pthread_cond_wait(&writer->changed, &writer->lock);
    }
    bool usable = !writer->discarding;
    pthread_mutex_unlock(&writer->lock);
    return usable;
}

static void end_stream(struct direct_writer *writer) {
    pthread_mutex_lock(&writer->lock);
    writer->stream_ended = true;
    pthread_cond_broadcast(&writer->changed);
    pthread_mutex_unlock(&writer->lock);
}

static void *read_stream(void *opaque) {
    struct direct_writer *writer = opaque;
    static unsigned char waste[1 << 20];
    for (size_t i = 0;; i = (i + 1) % buffers) {
        struct buffer *buffer = &writer->ring[i];
        if (!await_empty(writer, buffer)) {
            break;
        }
        size_t got = fill(writer, buffer->data, buffer_length);
        if (!take_in(writer, buffer, got)) {
            continue;
        }
        if (got < buffer_length) {
            end_stream(writer);
            return NULL;
        }
    }
    while (fill(writer, waste, sizeof waste) > 0) {
    }
    end_stream(writer);
    return NULL;
}

static bool write_header(struct direct_writer *writer, struct stream_failure *failure) {
    return image_target_write(writer->task.target, writer->task.header, writer->task.header_length, 0, failure)
            && image_target_flush(writer->task.target, failure);
}

static bool write_buffer(struct direct_writer *writer, struct buffer *buffer, struct stream_failure *failure) {
    /* Only the last buffer isn't full. What pads it is cleared: nothing of the buffer's earlier use gets out. */
    size_t block = writer->task.target->block;
    size_t padded = (buffer->length + block - 1) / block * block;
    memset(buffer->data + buffer->length, 0, padded - buffer->length);
    return writer->task.dd != NULL ? dd_sink_write(writer->task.dd, buffer->data, padded, failure)
                                   : image_target_write(writer->task.target, buffer->data, padded, buffer->offset,
                                             failure);
}

/* The next buffer in the stream's order, or NULL when there will be none. */
static struct buffer *next_buffer(struct direct_writer *writer) {
    struct buffer *buffer = NULL;
    pthread_mutex_lock(&writer->lock);
    while (!writer->discarding) {
        struct buffer *next = &writer->ring[writer->next_to_write];
        if (writer->header_durable && next->state == FULL) {
            writer->next_to_write = (writer->next_to_write + 1) % buffers;
            next->state = WRITING;
            buffer = next;
            break;
        }
        if (writer->header_durable && writer->stream_ended) {
            break;
        }
        pthread_cond_wait(&writer->changed, &writer->lock);
    }
    pthread_mutex_unlock(&writer->lock);
    return buffer;
}

static void release(struct direct_writer *writer, struct buffer *buffer) {
    pthread_mutex_lock(&writer->lock);
    buffer->state = EMPTY;
    pthread_cond_broadcast(&writer->changed);
    pthread_mutex_unlock(&writer->lock);
}

static void *write_buffers(void *opaque) {
    struct direct_writer *writer = opaque;
    struct stream_failure failure = {0};
    struct buffer *buffer;
    bool good = true;
    while (good && (buffer = next_buffer(writer)) != NULL) {
        good = write_buffer(writer, buffer, &failure);
        release(writer, buffer);
    }
    if (!good) {
        give_up(writer, &failure);
    }
    pthread_mutex_lock(&writer->lock);
    bool last = --writer->threads_left == 0;
    pthread_mutex_unlock(&writer->lock);
    if (last) {
        wake_caller(writer);
    }
    return NULL;
}

static void *write_header_then_buffers(void *opaque) {
    struct direct_writer *writer = opaque;
    struct stream_failure failure = {0};
    if (!write_header(writer, &failure)) {
        give_up(writer, &failure);
    }
    pthread_mutex_lock(&writer->lock);
    writer->header_durable = true;
    pthread_cond_broadcast(&writer->changed);
    pthread_mutex_unlock(&writer->lock);
    return write_buffers(writer);
}

struct direct_writer *direct_writer_start(const struct direct_writer_task *task, struct stream_failure *failure) {
    struct direct_writer *writer = calloc(1, sizeof *writer);
    unsigned char *memory = image_memory((size_t) buffers * buffer_length);
    if (writer == NULL || memory == NULL) {
        stream_fail(failure, STREAM_IO, "io: no memory for the stream's buffers");
        return NULL;
    }
    writer->task = *task;
    writer->received = task->header_length;
    writer->threads = task->dd != NULL ? 1 : most_threads;
    writer->threads_left = writer->threads;
    pthread_mutex_init(&writer->lock, NULL);
    pthread_cond_init(&writer->changed, NULL);
    for (int i = 0; i < buffers; i++) {
        writer->ring[i].data = memory + (size_t) i * buffer_length;
    }
    /* The process ends on failure, and the threads that were begun with it. */
    bool begun = pthread_create(&writer->reader, NULL, read_stream, writer) == 0;
    for (int i = 0; begun && i < writer->threads; i++) {
        begun = pthread_create(&writer->writers[i], NULL, i == 0 ? write_header_then_buffers : write_buffers, writer)
                == 0;
    }
    if (!begun) {
        stream_fail(failure, STREAM_IO, "io: no threads for the stream's writer");
        return NULL;
    }
    return writer;
}

enum direct_writer_state direct_writer_state(struct direct_writer *writer) {
    pthread_mutex_lock(&writer->lock);
    enum direct_writer_state state = writer->failure.exit != STREAM_DONE ? DIRECT_WRITER_FAILED
            : writer->stream_ended && writer->threads_left == 0          ? DIRECT_WRITER_WRITTEN
                                                                         : DIRECT_WRITER_BUSY;
    pthread_mutex_unlock(&writer->lock);
    return state;
}

void direct_writer_failure(struct direct_writer *writer, struct stream_failure *failure) {
    pthread_mutex_lock(&writer->lock);
    stream_fail(failure, writer->failure.exit, "%s", writer->failure.text);
    pthread_mutex_unlock(&writer->lock);
}

uint64_t direct_writer_received(struct direct_writer *writer) {
    pthread_mutex_lock(&writer->lock);
    uint64_t received = writer->received;
    pthread_mutex_unlock(&writer->lock);
    return received;
}

void direct_writer_discard(struct direct_writer *writer) {
    pthread_mutex_lock(&writer->lock);
    writer->discarding = true;
    pthread_cond_broadcast(&writer->changed);
    pthread_mutex_unlock(&writer->lock);
}

bool direct_writer_join(struct direct_writer *writer, struct stream_failure *failure) {
    pthread_join(writer->reader, NULL);
    for (int i = 0; i < writer->threads; i++) {
        pthread_join(writer->writers[i], NULL);
    }
    if (writer->failure.exit != STREAM_DONE) {
        direct_writer_failure(writer, failure);
    }
    return writer->failure.exit == STREAM_DONE;
}
