/* cli_backup.c - nestor backup, merge, forget: chronicles as files that are copied, joined and
 * cleaned. */
#include <stdlib.h>
#include <sys/random.h>

#include "cli_store.h"

static const cli_option backup_options[] = {CLI_CHRONICLE_OPTION, {0}};
static const cli_option merge_options[] = {
    {"dry-run", 0, NULL, "say what would be added; change nothing"}, {0}};
static const cli_option forget_options[] = {
    CLI_CHRONICLE_OPTION,
    {"reason", 0, "TEXT", "kept with the tombstone"},
    {"person", 0, NULL, "the operands are persons: an id or a name"},
    {0},
};

static int run_backup(const cli_args *a) {
    nst_store *s;
    nst_err e = {.byte = UINT64_MAX};
    if (a->n_operands != 1) return cli_usage(a, "name the file to write");
    int code = cli_open(a, NST_STORE_READ, &s);
    if (code) return code;
    nst_status st = nst_store_backup(s, a->operands[0], &e);
    nst_store_close(s);
    return st ? cli_failed(&e, st) : CLI_OK;
}

/* Merges inside one change, so that a failure leaves A as it was. */
static int merge(nst_store *into, nst_store *from, bool dry) {
    nst_store_merged out;
    nst_err e = {.byte = UINT64_MAX};
    char now[32];
    cli_now(now);
    nst_status st = nst_store_begin(into, &e);
    if (!st) st = nst_store_merge(into, from, now, &out, &e);
    if (!st && dry)
        nst_store_rollback(into);
    else if (!st)
        st = nst_store_commit(into, &e);
    if (st) return cli_failed(&e, st);
    printf("%llu added, %llu there already, %llu forgotten, %llu without text left out (level: "
           "report); %llu verdicts\n",
           (unsigned long long)out.added, (unsigned long long)out.present,
           (unsigned long long)out.forgotten, (unsigned long long)out.without_text,
           (unsigned long long)out.verdicts);
    return CLI_OK;
}

static int run_merge(const cli_args *a) {
    nst_store *into, *from;
    if (a->n_operands != 2)
        return cli_usage(a, "name the chronicle to add to and the one to take from");
    int code = cli_open_path(a->operands[0], NST_STORE_WRITE, &into);
    if (code) return code;
    code = cli_open_path(a->operands[1], NST_STORE_READ, &from);
    if (!code) {
        code = merge(into, from, cli_has(a, "dry-run"));
        nst_store_close(from);
    }
    nst_store_close(into);
    return code;
}

/* 16 random bytes as hexadecimal digits. */
static bool make_salt(char salt[33]) {
    unsigned char raw[16];
    if (getentropy(raw, sizeof raw)) return false;
    for (int i = 0; i < 16; i++) snprintf(salt + 2 * i, 3, "%02x", raw[i]);
    return true;
}

/* One person: ids, names, and the texts they stand in. */
static nst_status forget_person(nst_store *s, const char *who, const char *reason, const char *now,
                                nst_err *e) {
    char salt[33];
    uint64_t n = 0;
    if (!make_salt(salt)) return nst_fail(e, NST_EIO, "cli", "no random numbers");
    nst_status st = nst_store_forget_person(s, who, reason, salt, now, &n, e);
    if (!st)
        printf("a person was forgotten, with the texts of %llu reports\n", (unsigned long long)n);
    return st;
}

/* Every report of that id. */
static nst_status forget_report(nst_store *s, const char *id, const char *reason, const char *now,
                                nst_err *e) {
    nst_store_hit hits[64];
    uint32_t n = 0, gone = 0;
    nst_status st = nst_store_lookup(s, id, hits, 64, &n, e);
    for (uint32_t i = 0; i < n && !st; i++) {
        if (hits[i].kind != NST_IS_REPORT) continue;
        st = nst_store_forget_report(s, hits[i].id, reason, now, e);
        gone++;
    }
    if (!st && !gone)
        return nst_fail(e, NST_REJECTED, "cli", "no report in this chronicle has the id '%.60s'",
                        id);
    if (!st) printf("%u reports were forgotten\n", gone);
    return st;
}

/* All operands or none: one that is not there leaves the others untouched. Freed pages are
 * overwritten last. */
static int run_forget(const cli_args *a) {
    nst_store *s;
    nst_err e = {.byte = UINT64_MAX};
    char now[32];
    const char *reason = cli_get(a, "reason");
    if (!a->n_operands) return cli_usage(a, "name the id of a report, or with --person a person");
    if (!reason || !*reason) return cli_usage(a, "--reason TEXT is needed: it is what remains");
    int code = cli_open(a, NST_STORE_WRITE, &s);
    if (code) return code;
    cli_now(now);
    nst_status st = nst_store_begin(s, &e);
    for (int i = 0; i < a->n_operands && !st; i++)
        st = cli_has(a, "person") ? forget_person(s, a->operands[i], reason, now, &e)
                                  : forget_report(s, a->operands[i], reason, now, &e);
    if (!st)
        st = nst_store_commit(s, &e);
    else
        nst_store_rollback(s);
    if (!st) st = nst_store_vacuum(s, &e);
    nst_store_close(s);
    return st ? cli_failed(&e, st) : CLI_OK;
}

const cli_command cli_backup = {"backup",
                                "FILE",
                                "copy a chronicle while it is in use",
                                "Writes a whole copy to FILE, which must not exist. Others may "
                                "read and write meanwhile.\n\n"
                                "Examples\n"
                                "  nestor backup -c news.nestor before.nestor\n",
                                backup_options,
                                run_backup};

const cli_command cli_merge = {"merge",
                               "INTO FROM",
                               "add one chronicle to another",
                               "Adds the reports of FROM that INTO lacks, with their mentions and "
                               "verdicts. FROM is not changed. What\n"
                               "either has forgotten stays forgotten.\n\n"
                               "Examples\n"
                               "  nestor merge all.nestor monday.nestor\n",
                               merge_options,
                               run_merge};

const cli_command cli_forget = {"forget",
                                "REPORT... | --person PERSON...",
                                "remove reports or persons for good",
                                "Removes a report with everything coded from it; or a person: the "
                                "id, the name, and the texts in which the\n"
                                "name stands (what was coded stays as offsets, types and sectors). "
                                "A tombstone with a hash and the reason\n"
                                "remains, so that reading the same again does not bring it back. "
                                "Freed pages are overwritten. Backups and\n"
                                "the files that were read are yours to clean.\n\n"
                                "Examples\n"
                                "  nestor forget -c news.nestor --reason 'request of 3 May' r1\n"
                                "  nestor forget -c news.nestor --reason 'request of 3 May' "
                                "--person 'Flavia Elphberg'\n",
                                forget_options,
                                run_forget};
