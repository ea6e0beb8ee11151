/* entities_later.c - stand-in until places are read: it finds nothing. */
#include "entities.h"

__attribute__((weak)) void nst_where_run(const nst_entities_model *m, const nst_parse *p, nst_arena *doc,
                                         nst_arena *scratch, nst_entities *out) {
    (void)m, (void)p, (void)doc, (void)scratch, (void)out;
}
