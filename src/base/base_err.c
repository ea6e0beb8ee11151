/* base_err.c - the one error record of a call: the first error stays. */
#include <stdarg.h>

#include "base.h"

/* Only the first error is kept: it is the cause, what follows are its children. */
nst_status nst_fail(nst_err *e, nst_status code, const char *stage, const char *fmt, ...) {
    if (!e || e->code != NST_OK) return code;
    e->code = code;
    snprintf(e->stage, sizeof e->stage, "%s", stage);
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(e->message, sizeof e->message, fmt, ap);
    va_end(ap);
    return code;
}
