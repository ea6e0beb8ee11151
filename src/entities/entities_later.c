/* entities_later.c - stand-ins until times, places and numbers are read: they find nothing. */
#include "entities.h"

__attribute__((weak)) void nst_when_run(const nst_parse *p, nst_arena *doc, nst_arena *scratch,
                                        nst_entities *out) { (void)p, (void)doc, (void)scratch, (void)out; }
__attribute__((weak)) void nst_number_run(const nst_parse *p, nst_arena *doc, nst_arena *scratch,
                                          nst_entities *out) { (void)p, (void)doc, (void)scratch, (void)out; }
__attribute__((weak)) void nst_where_run(const nst_entities_model *m, const nst_parse *p, nst_arena *doc,
                                         nst_arena *scratch, nst_entities *out) {
    (void)m, (void)p, (void)doc, (void)scratch, (void)out;
}
