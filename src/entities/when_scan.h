/* when_scan.h - the phrases that tell a time, shared by entities_when_scan.c and its parts.
 *
 * A phrase function is tried at atom i: it fills *r and returns how many atoms it takes, or returns
 * 0 and has no say. None looks further than a few atoms ahead.
 */
#ifndef NST_WHEN_SCAN_H
#define NST_WHEN_SCAN_H

#include "when.h"

#include "scan.h"

/* ---- entities_when_day.c: days, months, years and what is counted in them ------------------- */

/* A unit at i ("weeks"), without the mark of its plural. */
bool nst_when_unit_at(const ctx *c, uint32_t i, int *unit, bool *plural);
/* Is the word at i a lower-case plural noun, so that a number before it counts things? */
bool nst_when_counts_things(const ctx *c, uint32_t i);
uint32_t nst_when_year_any(const ctx *c, uint32_t i, nst_when_raw *r);
bool nst_when_wday_at(const ctx *c, uint32_t i, int *w);
uint32_t nst_when_ordinal(const ctx *c, uint32_t i, int *o);
uint32_t nst_when_of_year(const ctx *c, uint32_t i, nst_when_raw *r);
uint32_t nst_when_numeric_date(const ctx *c, uint32_t i, nst_when_raw *r);
uint32_t nst_when_weekday(const ctx *c, uint32_t i, nst_when_raw *r);
uint32_t nst_when_month_first(const ctx *c, uint32_t i, nst_when_raw *r);
uint32_t nst_when_day_first(const ctx *c, uint32_t i, nst_when_raw *r);
uint32_t nst_when_year_alone(const ctx *c, uint32_t i, nst_when_raw *r);
uint32_t nst_when_decade(const ctx *c, uint32_t i, nst_when_raw *r);
uint32_t nst_when_century(const ctx *c, uint32_t i, nst_when_raw *r);
uint32_t nst_when_quarter(const ctx *c, uint32_t i, nst_when_raw *r);
uint32_t nst_when_season(const ctx *c, uint32_t i, nst_when_raw *r);

/* ---- entities_when_span.c: this and last, durations, ago and later -------------------------- */

uint32_t nst_when_rel_unit(const ctx *c, uint32_t i, nst_when_raw *r);
uint32_t nst_when_same_period(const ctx *c, uint32_t i, nst_when_raw *r);
uint32_t nst_when_rel_span(const ctx *c, uint32_t i, nst_when_raw *r);
uint32_t nst_when_duration(const ctx *c, uint32_t i, nst_when_raw *r);
uint32_t nst_when_half_unit(const ctx *c, uint32_t i, nst_when_raw *r);
uint32_t nst_when_bare_units(const ctx *c, uint32_t i, nst_when_raw *r);
uint32_t nst_when_year_earlier(const ctx *c, uint32_t i, nst_when_raw *r);

#endif
