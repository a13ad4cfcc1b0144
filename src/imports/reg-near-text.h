/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far one text is from another, in letters to be changed, as far as that is not far. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A set of the letters of a text: two texts whose sets differ much are not near. */
guint64 reg_near_text_get_letters (const char *text, gsize len);
/* How many letters of a name may differ from the one that was meant. */
guint reg_near_text_get_limit (gsize len);
/* Letters changed, added, left out, or swapped with the next; more than max: max + 1. */
guint reg_near_text_get_distance (const char *one,
                                  gsize one_len,
                                  const char *other,
                                  gsize other_len,
                                  guint max);

G_END_DECLS
