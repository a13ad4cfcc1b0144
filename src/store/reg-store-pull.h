/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The server's rows come in here: one page and its cursor in one transaction, pending changes
 * rebased. */
#pragma once

#include "model/reg-page.h"
#include "store/reg-store.h"

G_BEGIN_DECLS

/**
 * RegPullStats:
 * @n_rows: rows of the page
 * @n_changed: rows that differed from what was here
 * @n_conflicts: pending changes that were parked as conflicts by this page
 */
typedef struct
{
  gint64 n_rows;
  gint64 n_changed;
  gint64 n_conflicts;
} RegPullStats;

char *reg_store_dup_cursor (RegStore *self, GError **error);
gboolean
reg_store_apply_page (RegStore *self, const RegPage *page, RegPullStats *stats, GError **error);

/* Everything anew, where the LMS does not know the cursor any more. */
gboolean reg_store_begin_anew (RegStore *self, GError **error);
gboolean reg_store_end_anew (RegStore *self, RegPullStats *stats, GError **error);

G_END_DECLS
