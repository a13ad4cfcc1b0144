/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *reg_text_scan (const char *text, const char *end, const char *word, gsize len);

gsize reg_text_scan_rows (const char *text,
                          const guint32 *starts,
                          gsize n_rows,
                          const char *word,
                          gsize len,
                          guint32 *rows);

G_END_DECLS
