/* entities_names.c - the words of sectors, precisions, roles and bounds, and their numbers.
 * Tables only. */
#include "entities.h"

static const char *const sectors[] = {
#define S(x) #x,
#include "sectors.def"
};
static const char *const precisions[] = {"", "day", "week", "month", "quarter", "season", "year",
    "decade", "since", "until"};
static const char *const place_precisions[] = {"", "point", "city", "district", "division",
    "country", "region"};
static const char *const roles[] = {"other", "dead", "injured", "arrested", "target", "troops",
    "amount", "change"};
static const char *const bounds[] = {"", "at_least", "at_most", "about"};

const char *nst_sector_name(int s) { return sectors[s]; }
const char *nst_precision_name(int p) { return precisions[p]; }
const char *nst_place_precision_name(int p) { return place_precisions[p]; }
const char *nst_number_role_name(int r) { return roles[r]; }
const char *nst_bound_name(int b) { return bounds[b]; }

uint32_t nst_sectors_parse(nst_str list, char sep) {
    uint32_t bits = 0;
    nst_str word;
    while (nst_str_split(&list, sep, &word))
        for (int i = 0; i < NST_N_SECTOR; i++)
            if (nst_str_is(nst_str_trim(word), sectors[i])) bits |= 1u << i;
    return bits;
}
