/* base_arena.c - the bump allocator of a document.
 *
 * Idea: chunks of doubling size in a list; allocation moves a pointer; reset rewinds to the first
 * chunk. Invariants: (1) what alloc returns is zeroed and 16-aligned; (2) alloc returns only if it
 * succeeded: without memory it jumps to `oom`; (3) after reset the bytes are poisoned under ASan.
 */
#include <stdarg.h>
#include <stdlib.h>

#include "base.h"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#define POISON(p, n) ASAN_POISON_MEMORY_REGION(p, n)
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION(p, n)
#else
#define POISON(p, n) ((void)0)
#define UNPOISON(p, n) ((void)0)
#endif

#define FIRST_CHUNK ((size_t)1 << 18)

void *(*nst_malloc_hook)(size_t n);

void *nst_malloc(size_t n) { return nst_malloc_hook ? nst_malloc_hook(n) : malloc(n); }

void *nst_realloc(void *p, size_t n) {
    if (nst_malloc_hook) {            /* the hook only decides whether memory is out */
        void *probe = nst_malloc_hook(1);
        if (!probe) return NULL;
        free(probe);
    }
    return realloc(p, n);
}

void nst_free(void *p) { free(p); }

typedef struct chunk {
    struct chunk *next;
    size_t size, used;                /* of data[] */
    _Alignas(16) char data[];
} chunk;

struct nst_arena {
    chunk *first, *current;
    size_t in_use, peak;
    jmp_buf oom;
};

/* A chunk with room for `size` bytes, or NULL. */
static chunk *chunk_new(size_t size) {
    chunk *c = nst_malloc(sizeof *c + size);
    if (!c) return NULL;
    *c = (chunk){.size = size};
    POISON(c->data, size);
    return c;
}

/* The first chunk comes with it, so that small documents never ask for memory again. */
nst_arena *nst_arena_new(void) {
    nst_arena *a = nst_malloc(sizeof *a);
    if (!a) return NULL;
    memset(a, 0, sizeof *a);
    a->first = a->current = chunk_new(FIRST_CHUNK);
    if (!a->first) {
        nst_free(a);
        return NULL;
    }
    return a;
}

/* Poison is taken off first: the allocator behind may write into what it gets back. */
void nst_arena_free(nst_arena *a) {
    if (!a) return;
    for (chunk *c = a->first, *next; c; c = next) {
        next = c->next;
        UNPOISON(c->data, c->size);
        nst_free(c);
    }
    nst_free(a);
}

/* Chunks beyond this are given back at reset, so that one giant report does not stay in memory. */
#define KEEP_CHUNK ((size_t)16 << 20)

/* Chunks stay for the next document, but for giants; poisoned, so that ASan sees who still
 * looks. */
void nst_arena_reset(nst_arena *a) {
    chunk **link = &a->first;
    while (*link) {
        chunk *c = *link;
        c->used = 0;
        if (c != a->first && c->size > KEEP_CHUNK) {
            *link = c->next;
            UNPOISON(c->data, c->size);
            nst_free(c);
            continue;
        }
        POISON(c->data, c->size);
        link = &c->next;
    }
    a->current = a->first;
    a->in_use = 0;
}

/* Makes `current` a chunk with `bytes` free; jumps out when memory is out. */
static void make_room(nst_arena *a, size_t bytes) {
    while (a->current->next) {
        a->current = a->current->next;
        if (a->current->size - a->current->used >= bytes) return;
    }
    size_t size = a->current->size * 2;
    if (size > KEEP_CHUNK) size = KEEP_CHUNK;
    if (size < bytes) size = bytes;
    chunk *c = chunk_new(size);
    if (!c) longjmp(a->oom, 1);
    a->current->next = c;
    a->current = c;
}

/* Zeroed, because records are filled in piece by piece and unknown has to be 0 or NULL. */
void *nst_arena_alloc(nst_arena *a, size_t bytes) {
    bytes = (bytes + 15) & ~(size_t)15;
    if (a->current->size - a->current->used < bytes) make_room(a, bytes);
    char *p = a->current->data + a->current->used;
    UNPOISON(p, bytes);
    a->current->used += bytes;
    a->in_use += bytes;
    if (a->in_use > a->peak) a->peak = a->in_use;
    return memset(p, 0, bytes);
}

/* The NUL behind is what alloc has zeroed. */
char *nst_arena_dup(nst_arena *a, const char *p, size_t n) {
    char *copy = nst_arena_alloc(a, n + 1);
    if (n) memcpy(copy, p, n);
    return copy;
}

nst_str nst_arena_str(nst_arena *a, nst_str s) {
    return (nst_str){nst_arena_dup(a, s.p, s.n), s.n};
}

jmp_buf *nst_arena_oom(nst_arena *a) { return &a->oom; }
size_t nst_arena_peak(const nst_arena *a) { return a->peak; }

/* Measured first: the arena can not give back what a guess takes too much. */
nst_str nst_arena_printf(nst_arena *a, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    if (n < 0) return (nst_str){NULL, 0};
    char *p = nst_arena_alloc(a, (size_t)n + 1);
    va_start(ap, fmt);
    vsnprintf(p, (size_t)n + 1, fmt, ap);
    va_end(ap);
    return (nst_str){p, (uint32_t)n};
}

/* The old array stays behind in the arena: doubling wastes as much as it holds, at most. */
void *nst_arena_grow(nst_arena *a, void *arr, uint32_t n, uint32_t *cap, size_t size) {
    if (n < *cap) return arr;
    uint32_t want = *cap ? *cap * 2 : 8;
    void *bigger = nst_arena_alloc(a, size * want);
    if (n) memcpy(bigger, arr, size * n);
    *cap = want;
    return bigger;
}
