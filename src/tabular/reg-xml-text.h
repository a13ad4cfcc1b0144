/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gsize reg_xml_text_decode (char *out, const char *text, gsize len, gboolean literal);

G_END_DECLS
