/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The labels of a directory: groups, teams, tags and locations by name. They are few. */
#pragma once

#include "model/reg-label.h"

G_BEGIN_DECLS

typedef struct _RegDirectoryLabels RegDirectoryLabels;

RegDirectoryLabels *reg_directory_labels_new (void);
void reg_directory_labels_free (RegDirectoryLabels *self);
void reg_directory_labels_add (RegDirectoryLabels *self, const RegLabel *label);
/* All three may be NULL. */
const RegLabel *reg_directory_labels_get (RegDirectoryLabels *self, gint64 id);
const RegLabel *
reg_directory_labels_find (RegDirectoryLabels *self, guint kinds, const char *text, gsize len);
const RegLabel *
reg_directory_labels_find_near (RegDirectoryLabels *self, guint kinds, const char *text);

G_END_DECLS
