/* events_later.c - stand-ins until acts are dated and indicators found: they find nothing. */
#include "events.h"

__attribute__((weak)) void nst_dating_run(const nst_entities *x, nst_events *out, nst_arena *doc) {
    (void)x, (void)out, (void)doc;
}
__attribute__((weak)) void nst_indicator_run(const nst_entities *x, nst_arena *doc, nst_arena *scratch,
                                             nst_events *out) { (void)x, (void)doc, (void)scratch, (void)out; }
