/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a list is filtered by, in words above it, and a button that ends that
 * ("page.clear-filters").
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_FILTER_STRIP (reg_filter_strip_get_type ())
G_DECLARE_FINAL_TYPE (RegFilterStrip, reg_filter_strip, REG, FILTER_STRIP, AdwBin)

/* text: (nullable): NULL where nothing is filtered: the strip is not there then */
void reg_filter_strip_set_text (RegFilterStrip *self, const char *text);

G_END_DECLS
