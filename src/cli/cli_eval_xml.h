/* cli_eval_xml.h - just enough of XML to read gold files: text with marked spans. For the
 * scorers. */
#ifndef NST_CLI_EVAL_XML_H
#define NST_CLI_EVAL_XML_H

#include "cli.h"

/* Inside [p, end): where the element `name` begins (after its tag) and how long it is; attributes
 * of its tag. False if there is none. *p moves past it. */
bool cli_xml_element(const char **p, const char *end, const char *name, nst_str *inside,
                     nst_str *attributes);
/* Value of an attribute; empty if none. */
nst_str cli_xml_attribute(nst_str attributes, const char *name);
/* Text of an element without tags and with references resolved; to be freed. */
char *cli_xml_text(nst_str inside);

/* A span marked by an element in the text. */
typedef struct cli_xml_span {
    uint32_t start, end;         /* bytes of the plain text */
    nst_str attributes;
} cli_xml_span;

/* Plain text of an element, and the outermost spans that elements `name` mark in it. Both to be
 * freed. */
char *cli_xml_spans(nst_str inside, const char *name, cli_xml_span **spans, uint32_t *n);

#endif
