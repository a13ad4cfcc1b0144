/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of labels, for the columns that show or sort by them. Not shared between threads. */
#pragma once

#include "store/reg-store-db.h"

G_BEGIN_DECLS

typedef struct _RegLabelNames RegLabelNames;

RegLabelNames *reg_label_names_new (RegStoreDb *db, GError **error);
void reg_label_names_free (RegLabelNames *self);
const char *reg_label_names_get (RegLabelNames *self, gint64 id);
const char *reg_label_names_get_fold (RegLabelNames *self, gint64 id);
char *reg_label_names_dup (RegLabelNames *self, const char *labels);
char *reg_label_names_dup_groups (RegLabelNames *self, const char *labels);
char *reg_label_names_dup_groups_fold (RegLabelNames *self, const char *labels);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegLabelNames, reg_label_names_free)

G_END_DECLS
