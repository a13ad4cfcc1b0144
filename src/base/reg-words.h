/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words people read: marks for their translation, and how short facts are listed. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PLURAL_:
 * @one: the sentence for one, or the field that gets it
 * @many: the sentence for more, or the field that gets it
 *
 * Marks two sentences for translation where they are kept until a number is known; g_dngettext ()
 * then chooses. What N_ () is to _ (), this is to ngettext ().
 */
#define PLURAL_(one, many) one, many

void reg_words_add (GString *text, const char *words);
void reg_words_add_printf (GString *text, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
