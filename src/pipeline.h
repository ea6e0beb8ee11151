/* pipeline.h - the conductor as the inside of the program sees it: documents and levels. */
#ifndef NST_PIPELINE_H
#define NST_PIPELINE_H

#include "events.h"
#include "read.h"

/* How far a document has been read. Asking for a level runs just what is missing. */
typedef enum nst_level {
    NST_LEVEL_NONE, NST_LEVEL_TEXT, NST_LEVEL_PARSE, NST_LEVEL_ENTITIES, NST_LEVEL_EVENTS
} nst_level;

/* One report on its way through the stages. All memory is the coder's two arenas. */
typedef struct nst_doc {
    nst_level level;
    nst_report report;           /* completed: id, sha256 */
    nst_text text;
    nst_parse parse;
    nst_entities entities;
    nst_events events;
} nst_doc;

struct nst_engine {
    const nst_text_model *text;
    const nst_parse_model *parse;
    const nst_entities_model *entities;
    const nst_events_model *events;
    nst_writer notes;            /* what was wrong with the user's files */
    char version[96];
};

/* Seconds spent per level since the coder was made; filled only when `clock` was given. */
typedef struct nst_timing {
    double (*clock)(void);       /* seconds; the library itself reads no clock */
    double spent[NST_LEVEL_EVENTS + 1];
} nst_timing;

/* Starts a new report, or (conllu) one whose text, tokens and trees are gold. */
nst_status nst_coder_start(nst_coder *c, const nst_report *report, nst_err *e);
nst_status nst_coder_start_conllu(nst_coder *c, nst_str conllu, const nst_report *report,
                                  nst_err *e);
/* Of the CoNLL-U last started, keep only sentences and words: reaching PARSE parses them anew. */
void nst_coder_keep_words(nst_coder *c);
/* Takes the entities of the started report from their text form instead of finding them. */
nst_status nst_coder_read_entities(nst_coder *c, nst_str form, nst_err *e);
nst_status nst_coder_reach(nst_coder *c, nst_level level, nst_err *e);
/* The document of the last run; the coder's until its next start. */
const nst_doc *nst_coder_doc(const nst_coder *c);
nst_timing *nst_coder_timing(nst_coder *c);
size_t nst_coder_peak(const nst_coder *c);       /* most arena bytes used by one report */

/* events_json.c: one JSON line each, without engine when NULL. */
typedef struct nst_json {
    bool about;                  /* attributions say whom their content names */
    nst_writer *w;
    const nst_doc *doc;
    const char *engine;
    bool chars;                  /* offsets in code points */
    uint32_t *char_at[2];        /* [bytes + 1] of each field when chars */
} nst_json;
void nst_json_mention(nst_json *j, uint32_t mention);
void nst_json_indicator(nst_json *j, uint32_t indicator);
void nst_json_attribution(nst_json *j, uint32_t attribution);
void nst_json_all(nst_json *j, const nst_output *o);
/* "m_" and 16 hex digits: of report id, field, trigger span and type. buf holds 19 bytes. */
void nst_mention_id(const nst_doc *doc, const nst_mention *m, char buf[19]);
void nst_indicator_id(const nst_doc *doc, const nst_indicator *i, char buf[19]);

#endif
