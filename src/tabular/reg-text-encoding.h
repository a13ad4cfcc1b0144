/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tabular/reg-input.h"

G_BEGIN_DECLS

char *reg_text_encoding_guess (RegInput *input, gsize *bom_len, GError **error);
gsize reg_text_encoding_skip_bom (const guint8 *start, gsize len, const char *encoding);

G_END_DECLS
