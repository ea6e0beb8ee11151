/* limits.h - every limit of the program, in one place.
 *
 * Passing a limit is a recorded rejection or an explicit outcome, never a silent cut.
 */
#ifndef NST_LIMITS_H
#define NST_LIMITS_H

#define NST_MAX_LINE (64u << 20)        /* bytes in one line of JSON Lines */
#define NST_MAX_REPORT (16u << 20)      /* bytes in the text of one report */
#define NST_MAX_SENT_TOKENS 512u        /* tokens the parser takes at once; longer sentences are parsed in pieces */
#define NST_MAX_TOKEN_BYTES 65535u      /* a longer run of bytes is split into several tokens */
#define NST_MAX_MEMBERS 64u             /* members of one actor or recipient list */
#define NST_MAX_CHAIN 8u                /* links of one said_by chain */

#endif
