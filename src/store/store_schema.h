/* store_schema.h - the SQL that leads from version n-1 of the schema to version n; NUL-ended. */
#ifndef NST_STORE_SCHEMA_H
#define NST_STORE_SCHEMA_H

#include "base.h"

nst_str store_schema(int version);

#endif
