/* entities_model.h - what stage 4 keeps loaded. Inside of the stage. */
#ifndef NST_ENTITIES_MODEL_H
#define NST_ENTITIES_MODEL_H

#include "kb.h"

struct nst_entities_model {
    const nst_kb *kb;
};

#endif
