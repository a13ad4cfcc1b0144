/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char reg_csv_delimiter_guess (const char *text, gsize len, gboolean whole);
gsize reg_csv_delimiter_declared (const char *text, gsize len, char *delimiter);

G_END_DECLS
