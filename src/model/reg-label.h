/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/reg-enums.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define REG_TYPE_LABEL (reg_label_get_type ())

/**
 * RegLabel:
 *
 * A group, team, tag or location that users carry.
 */
typedef struct
{
  gint64 id;
  gint64 revision;
  RegLabelKind kind;
  char *name;
} RegLabel;

GType reg_label_get_type (void);
RegLabel *reg_label_new (void);
RegLabel *reg_label_copy (const RegLabel *self);
void reg_label_free (RegLabel *self);
void reg_label_clear (RegLabel *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegLabel, reg_label_free)

G_END_DECLS
