/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory for what is filled from the front and may become large. What is never written to costs
 * addresses, but no memory. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gsize reg_block_grow (gpointer *block, gsize size, gsize needed);
GArray *reg_block_new_array (gsize element_size, gsize n);

G_END_DECLS
