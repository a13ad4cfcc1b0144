/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/reg-enums.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define REG_TYPE_USER (reg_user_get_type ())

/**
 * RegUser:
 * @id: local id; equals the LMS's id unless the row was made offline (then negative)
 * @revision: the LMS's revision of the row; 0 for a row it has not seen
 * @email: as typed; matched by reg_email_key ()
 * @employee_id: text, leading zeros kept; "" where there is none
 * @labels: ids of groups, teams and tags as sorted text ",3,7,12,", or "" for none
 * @location_id: the label of kind location, or 0
 * @manager_id: the user they report to, or 0
 * @approved_at: unix seconds, 0 for never; so are @notified_at and @archived_at
 *
 * A person as the LMS knows them. Strings are never NULL in a record made by reg_user_new ().
 */
typedef struct
{
  gint64 id;
  gint64 revision;
  char *email;
  char *employee_id;
  char *given_name;
  char *family_name;
  RegRole role;
  RegUserState state;
  gint64 location_id;
  gint64 manager_id;
  char *labels;
  gint64 approved_at;
  gint64 notified_at;
  gint64 archived_at;
} RegUser;

GType reg_user_get_type (void);
RegUser *reg_user_new (void);
RegUser *reg_user_copy (const RegUser *self);
void reg_user_free (RegUser *self);
void reg_user_clear (RegUser *self);
gboolean reg_user_equal (const RegUser *a, const RegUser *b);
char *reg_user_dup_name (const RegUser *self);
gboolean reg_user_labels_are_valid (const char *labels);
char *reg_user_labels_add (const char *labels, const char *more);
char *reg_user_labels_remove (const char *labels, const char *less);
gboolean reg_user_has_label (const RegUser *self, gint64 label_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegUser, reg_user_free)

G_END_DECLS
