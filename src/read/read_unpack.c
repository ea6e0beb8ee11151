/* read_unpack.c - packed files (gzip, zstd) as a stream of their bytes.
 *
 * In: the bytes of reports.jsonl.zst. Out: the bytes of reports.jsonl, a piece at a time.
 * Idea: zlib and zstd unpack; here is only who holds what. Memory is one buffer, whatever the
 * file's size. Invariants: (1) a file that is damaged or cut short is an error, never a shorter
 * file; (2) several packed streams one after the other are one file, as the tools have it.
 * Reference: RFC 1952, RFC 8878.
 */
#include <errno.h>
#include <zlib.h>
#include <zstd.h>

#include "read_parts.h"

struct nst_unpack {
    FILE *file;
    bool zstd, ended; /* ended: the file has no more bytes */
    bool open;        /* inside a packed stream */
    z_stream gz;
    ZSTD_DStream *zs;
    uint64_t used; /* packed bytes read from the file */
    size_t from, to;
    unsigned char in[1 << 16]; /* packed bytes not yet used: [from, to) */
};

bool nst_read_is_packed(const char *path) {
    return nst_str_ends(nst_str_c(path), ".gz") || nst_str_ends(nst_str_c(path), ".zst");
}

nst_unpack *nst_unpack_open(const char *path, int *error) {
    nst_unpack *u = nst_malloc(sizeof *u);
    *error = ENOMEM;
    if (!u) return NULL;
    memset(u, 0, offsetof(nst_unpack, in));
    u->zstd = nst_str_ends(nst_str_c(path), ".zst");
    bool ok =
        u->zstd ? (u->zs = ZSTD_createDStream()) != NULL : inflateInit2(&u->gz, 15 + 16) == Z_OK;
    if (ok) {
        errno = 0;
        u->file = fopen(path, "rb");
        *error = u->file ? 0 : errno ? errno : EIO;
    }
    if (ok && u->file) return u;
    if (ok && !u->zstd) inflateEnd(&u->gz);
    ZSTD_freeDStream(u->zs);
    nst_free(u);
    return NULL;
}

void nst_unpack_close(nst_unpack *u) {
    if (!u) return;
    if (!u->zstd) inflateEnd(&u->gz);
    ZSTD_freeDStream(u->zs);
    fclose(u->file);
    nst_free(u);
}

uint64_t nst_unpack_used(const nst_unpack *u) { return u->used; }

/* Fetches packed bytes when none are left; false at the end of the file or on an error (*error). */
static bool fetch(nst_unpack *u, int *error) {
    if (u->from < u->to) return true;
    if (u->ended) return false;
    errno = 0;
    u->from = 0;
    u->to = fread(u->in, 1, sizeof u->in, u->file);
    u->used += u->to;
    if (u->to == 0 && ferror(u->file)) *error = errno ? errno : EIO;
    u->ended = u->to == 0;
    return u->to > 0;
}

/* Unpacks what is in the buffer with zlib. */
static size_t step_gz(nst_unpack *u, char *out, size_t n, int *error) {
    if (!u->open) inflateReset(&u->gz);
    u->gz.next_in = u->in + u->from;
    u->gz.avail_in = (unsigned)(u->to - u->from);
    u->gz.next_out = (unsigned char *)out;
    u->gz.avail_out = (unsigned)n;
    int rc = inflate(&u->gz, Z_NO_FLUSH);
    u->from = u->to - u->gz.avail_in;
    u->open = rc != Z_STREAM_END;
    if (rc != Z_OK && rc != Z_STREAM_END && rc != Z_BUF_ERROR)
        *error = rc == Z_MEM_ERROR ? ENOMEM : EBADMSG;
    return n - u->gz.avail_out;
}

/* Unpacks what is in the buffer with zstd. */
static size_t step_zstd(nst_unpack *u, char *out, size_t n, int *error) {
    ZSTD_inBuffer in = {u->in + u->from, u->to - u->from, 0};
    ZSTD_outBuffer to = {out, n, 0};
    size_t rc = ZSTD_decompressStream(u->zs, &to, &in);
    u->from += in.pos;
    u->open = rc != 0;
    if (ZSTD_isError(rc)) *error = EBADMSG;
    return to.pos;
}

/* A file may hold several streams, one after the other, as gzip and zstd allow. */
size_t nst_unpack_read(nst_unpack *u, char *out, size_t n, int *error) {
    size_t got = 0;
    while (!got && !*error) {
        bool more = fetch(u, error);
        if (*error || (!more && !u->open)) break;
        got = u->zstd ? step_zstd(u, out, n, error) : step_gz(u, out, n, error);
        if (!more && !got && u->open && !*error)
            *error = EBADMSG; /* the file ends inside a stream */
    }
    return *error ? 0 : got;
}
