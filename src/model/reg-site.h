/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/reg-enums.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* Whether assigning a course anew takes another license. */
typedef enum
{
  REG_REASSIGN_LICENSE_UNKNOWN, /* the LMS decides, and does not say */
  REG_REASSIGN_LICENSE_NONE,
  REG_REASSIGN_LICENSE_ONE,
} RegReassignLicense;

#define REG_TYPE_SITE (reg_site_get_type ())

/**
 * RegSite:
 * @actor_id: the signed-in person
 * @time_zone: IANA name; past sessions and due dates are read in it
 * @allow_reassign_always: "Allow course re-assignment regardless of learners course status"
 * @reassign_license: whether assigning a course anew takes another license
 * @operations: names of the operations this account may use on this site
 * @max_operations: how many operations one request may carry
 * @page_size: how many rows a page of changes may carry
 *
 * What an LMS says of itself and of the person signed in: capabilities, settings, limits.
 */
typedef struct
{
  char *name;
  char *version;
  char *time_zone;
  gint64 actor_id;
  char *actor_email;
  char *actor_name;
  RegRole actor_role;
  gboolean allow_reassign_always;
  RegReassignLicense reassign_license;
  GStrv operations;
  guint max_operations;
  guint page_size;
} RegSite;

GType reg_site_get_type (void);
RegSite *reg_site_new (void);
RegSite *reg_site_copy (const RegSite *self);
void reg_site_free (RegSite *self);
gboolean reg_site_can (const RegSite *self, const char *operation);
char *reg_site_to_text (const RegSite *self);
RegSite *reg_site_new_from_text (const char *text, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegSite, reg_site_free)

G_END_DECLS
