/* store_schema.c - the versions of the schema, as SQL files compiled in.
 *
 * In: nothing. Out: for each version the statements that lead there from the one before. A new
 * chronicle is made by going through all of them, so that every migration runs every day.
 */
#include "store_schema.h"

NST_INCBIN(nst_schema_1, "data/schema/1.sql");
NST_INCBIN(nst_schema_2, "data/schema/2.sql");
NST_INCBIN(nst_schema_3, "data/schema/3.sql");

nst_str store_schema(int version) {
    switch (version) {
    case 1:
        return (nst_str){(const char *)nst_schema_1_start,
                         (uint32_t)(nst_schema_1_end - nst_schema_1_start)};
    case 2:
        return (nst_str){(const char *)nst_schema_2_start,
                         (uint32_t)(nst_schema_2_end - nst_schema_2_start)};
    case 3:
        return (nst_str){(const char *)nst_schema_3_start,
                         (uint32_t)(nst_schema_3_end - nst_schema_3_start)};
    default: return (nst_str){0};
    }
}
