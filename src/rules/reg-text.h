/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text rules that client, importer and LMS must share: how e-mails and names are compared. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void reg_text_append_fold (GString *out, const char *text, gssize len);
char *reg_text_fold (const char *text, gssize len);
void reg_text_strip_blanks (const char **text, gsize *len);
char *reg_email_key (const char *email, gssize len);
gboolean
reg_email_key_into (const char *email, gsize len, char *out, gsize out_size, gsize *out_len);
gboolean reg_email_is_valid (const char *email, gssize len);
gboolean reg_date_is_valid (const char *date);
char *reg_date_from_time (gint64 unix_seconds, const char *time_zone);

/**
 * reg_text_strip:
 * @text: (inout): begin of valid UTF-8
 * @len: (inout): its bytes
 *
 * Narrows a text to what is between its outer blanks: spaces of all kinds (no-break and ideographic
 * ones too) and invisible characters.
 */
static inline void
reg_text_strip (const char **text, gsize *len)
{
  if (*len > 0 && (!g_ascii_isgraph ((*text)[0]) || !g_ascii_isgraph ((*text)[*len - 1])))
    reg_text_strip_blanks (text, len);
}

G_END_DECLS
