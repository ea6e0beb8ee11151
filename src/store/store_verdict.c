/* store_verdict.c - what users say about mentions, applied now and after every coding.
 *
 * In: right, wrong, merge, split, or another actor, for a mention's id. Out: the standing verdict
 * on the mention, and the corrected actor of a member beside the coded one. Idea: verdicts are kept
 * apart from what was coded and name mentions by ids that survive upgrades; so a new coding of a
 * report only has to replay them. A verdict whose mention is not there waits. Invariant: the last
 * word on a mention stands.
 */
#include "store_base.h"

/* Is there any verdict at all? Spares every report two searches in the common case. */
static bool any_verdict(nst_store *s) {
    store_row r = store_sql(s, "SELECT 1 FROM verdicts LIMIT 1");
    bool any = row_step(&r);
    row_done(&r, NULL);
    return any;
}

nst_status store_actor(nst_store *s, const char *key, int64_t *actor, nst_err *e) {
    store_row r = store_sql(s, "SELECT id FROM actors WHERE key = ?1 ORDER BY name IS NULL, id "
                               "LIMIT 1");
    row_text(&r, key);
    *actor = row_step(&r) ? col_int(&r) : 0;
    nst_status st = row_done(&r, e);
    if (st || *actor) return st;
    bool state = strlen(key) == 3 && strspn(key, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3;
    r = store_sql(s, "INSERT INTO actors (key, code, entity) VALUES (?, ?, ?)");
    row_text(&r, key);
    row_text(&r, state ? key : NULL);
    row_text(&r, key);
    st = row_run(&r, e);
    *actor = sqlite3_last_insert_rowid(s->db);
    return st;
}

/* Puts the right actor where a verdict names one; "none": nobody. */
static nst_status correct(nst_store *s, int64_t report, nst_err *e) {
    store_row r = store_sql(s, "SELECT m.id, v.part, v.seq, v.actor FROM mentions m JOIN verdicts "
                               "v ON v.mention = m.mention "
                               "WHERE m.report = ? AND v.kind = 'actor' ORDER BY v.id");
    nst_status st = NST_OK;
    row_int(&r, report);
    while (!st && row_step(&r)) {
        int64_t mention = col_int(&r), actor = 0;
        const char *part = col_text(&r);
        int64_t seq = col_int(&r);
        const char *key = col_text(&r);
        if (key && strcmp(key, "none")) st = store_actor(s, key, &actor, e);
        if (st) break;
        store_row u = store_sql(s, "UPDATE members SET actor = ? WHERE mention = ? AND part = ? "
                                   "AND seq = ?");
        if (actor)
            row_int(&u, actor);
        else
            row_null(&u);
        row_int(&u, mention);
        row_text(&u, part);
        row_int(&u, seq);
        st = row_run(&u, e);
    }
    nst_status end = row_done(&r, e);
    return st ? st : end;
}

nst_status store_replay(nst_store *s, int64_t report, nst_err *e) {
    if (!any_verdict(s)) return NST_OK;
    store_row r = store_sql(s, "UPDATE mentions SET verdict = (SELECT v.kind FROM verdicts v WHERE "
                               "v.mention = mentions.mention "
                               "AND v.kind IN ('right', 'wrong') ORDER BY v.id DESC LIMIT 1) WHERE "
                               "report = ?");
    row_int(&r, report);
    nst_status st = row_run(&r, e);
    return st ? st : correct(s, report, e);
}

/* Takes back all corrections on a mention, then replays what still stands. */
static nst_status again(nst_store *s, const char *mention, nst_err *e) {
    nst_store_hit hits[16];
    uint32_t n = 0;
    nst_status st = nst_store_lookup(s, mention, hits, 16, &n, e);
    for (uint32_t i = 0; i < n && !st; i++) {
        if (hits[i].kind != NST_IS_MENTION) continue;
        store_row r = store_sql(s, "UPDATE members SET actor = coded WHERE mention = ? AND actor "
                                   "IS NOT coded");
        row_int(&r, hits[i].id);
        st = row_run(&r, e);
        r = store_sql(s, "UPDATE mentions SET verdict = NULL WHERE id = ?");
        row_int(&r, hits[i].id);
        if (!st) st = row_run(&r, e);
        if (!st) st = store_replay(s, hits[i].report, e);
    }
    return st;
}

/* Is the id that of a mention here? */
static nst_status must_be_mention(nst_store *s, const char *id, nst_err *e) {
    nst_store_hit hit;
    uint32_t n = 0;
    nst_status st = nst_store_lookup(s, id, &hit, 1, &n, e);
    if (!st && (n == 0 || hit.kind != NST_IS_MENTION))
        st = nst_fail(e, NST_EUSE, "store", "there is no mention %.40s in this chronicle", id);
    return st;
}

/* Does the mention have that member? */
static nst_status must_have_member(nst_store *s, const nst_verdict *v, nst_err *e) {
    store_row r = store_sql(s, "SELECT 1 FROM members x JOIN mentions m ON m.id = x.mention WHERE "
                               "m.mention = ? AND x.part = ? "
                               "AND x.seq = ?");
    row_text(&r, v->mention);
    row_text(&r, v->part);
    row_int(&r, v->seq);
    bool found = row_step(&r);
    nst_status st = row_done(&r, e);
    if (!st && !found)
        st = nst_fail(e, NST_EUSE, "store", "mention %.40s has no %.12s number %d", v->mention,
                      v->part, v->seq + 1);
    return st;
}

nst_status nst_store_verdict(nst_store *s, const nst_verdict *v, const char *when, nst_err *e) {
    nst_status st = must_be_mention(s, v->mention, e);
    if (!st && v->other) st = must_be_mention(s, v->other, e);
    if (!st && v->part) st = must_have_member(s, v, e);
    if (st) return st;
    store_row r = store_sql(s, "INSERT INTO verdicts (made, kind, mention, other, part, seq, "
                               "actor, note) "
                               "VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    row_text(&r, when);
    row_text(&r, v->kind);
    row_text(&r, v->mention);
    row_text(&r, v->other);
    row_text(&r, v->part);
    if (v->part)
        row_int(&r, v->seq);
    else
        row_null(&r);
    row_text(&r, v->actor);
    row_text(&r, v->note);
    st = row_run(&r, e);
    return st ? st : again(s, v->mention, e);
}

nst_status nst_store_verdict_undo(nst_store *s, int64_t verdict, nst_err *e) {
    char mention[64] = "";
    store_row r = store_sql(s, "SELECT mention FROM verdicts WHERE id = ?");
    row_int(&r, verdict);
    if (row_step(&r)) snprintf(mention, sizeof mention, "%s", col_text(&r));
    nst_status st = row_done(&r, e);
    if (!st && !mention[0])
        st = nst_fail(e, NST_EUSE, "store", "there is no verdict %lld", (long long)verdict);
    if (st) return st;
    r = store_sql(s, "DELETE FROM verdicts WHERE id = ?");
    row_int(&r, verdict);
    st = row_run(&r, e);
    return st ? st : again(s, mention, e);
}
