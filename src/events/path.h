/* path.h - who stands where to a predicate, seen through voice, control, relative clauses and
 * coordination. Inside of stage 5. Every answer is a token index or NST_ROOT. */
#ifndef NST_PATH_H
#define NST_PATH_H

#include "lexicon.h"

/* Is the verb passive ("was expelled", "sanctions imposed by")? */
bool nst_path_passive(const nst_parse *p, uint32_t verb);
/* Logical subject and object of a verb or predicate adjective. */
uint32_t nst_path_subj(const nst_parse *p, uint32_t verb);
uint32_t nst_path_obj(const nst_parse *p, uint32_t verb);
/* What is counted, where token i is a mere amount: "dozens of activists"; NST_ROOT else. */
uint32_t nst_path_counted(const nst_parse *p, uint32_t i);
/* The nominal under preposition `prep` that hangs on token i. */
uint32_t nst_path_prep(const nst_parse *p, uint32_t i, nst_str prep);
/* Possessor, and compound or adjectival modifier, of a noun. */
uint32_t nst_path_poss(const nst_parse *p, uint32_t noun);
uint32_t nst_path_mod(const nst_entities *x, uint32_t noun);
/* Who did act i, told as what somebody is accused of, thanked or jailed for: "accused [X] of spying". */
uint32_t nst_path_blamed(const nst_parse *p, uint32_t i);
/* Is modifier i the scene of an act, a town or region, and not its actor ("the Zenda attack")? */
bool nst_path_scene(const nst_entities *x, uint32_t i);
/* Filler of one source as seen from the trigger. */
uint32_t nst_path_source(const nst_entities *x, uint32_t trigger, const nst_slot_source *s);
/* The clause's predicate that token i belongs to (i itself if it is one). */
uint32_t nst_path_clause(const nst_parse *p, uint32_t i);
/* The complement clause's predicate (ccomp, or xcomp when `open`). */
uint32_t nst_path_complement(const nst_parse *p, uint32_t verb, bool open);

#endif
