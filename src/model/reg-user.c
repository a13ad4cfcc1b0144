/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-model"

#include "model/reg-user.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (RegUser, reg_user, reg_user_copy, reg_user_free)

/**
 * reg_user_new:
 *
 * Makes a user with empty texts and zeros.
 *
 * Returns: (transfer full): the user
 */
RegUser *
reg_user_new (void)
{
  RegUser *self = g_new0 (RegUser, 1);

  self->email = g_strdup ("");
  self->employee_id = g_strdup ("");
  self->given_name = g_strdup ("");
  self->family_name = g_strdup ("");
  self->labels = g_strdup ("");
  return self;
}

RegUser *
reg_user_copy (const RegUser *self)
{
  RegUser *copy = g_memdup2 (self, sizeof *self);

  copy->email = g_strdup (self->email);
  copy->employee_id = g_strdup (self->employee_id);
  copy->given_name = g_strdup (self->given_name);
  copy->family_name = g_strdup (self->family_name);
  copy->labels = g_strdup (self->labels);
  return copy;
}

/**
 * reg_user_clear:
 * @self: a user whose texts are its own
 *
 * Frees the texts, for a record that stands by value.
 */
void
reg_user_clear (RegUser *self)
{
  g_clear_pointer (&self->email, g_free);
  g_clear_pointer (&self->employee_id, g_free);
  g_clear_pointer (&self->given_name, g_free);
  g_clear_pointer (&self->family_name, g_free);
  g_clear_pointer (&self->labels, g_free);
}

void
reg_user_free (RegUser *self)
{
  reg_user_clear (self);
  g_free (self);
}

/**
 * reg_user_equal:
 * @a: a user
 * @b: another
 *
 * Compares what the LMS holds of two users; revisions are left out.
 *
 * Returns: whether they say the same
 */
gboolean
reg_user_equal (const RegUser *a, const RegUser *b)
{
  return a->id == b->id && a->role == b->role && a->state == b->state
         && a->location_id == b->location_id && a->manager_id == b->manager_id
         && a->approved_at == b->approved_at && a->notified_at == b->notified_at
         && a->archived_at == b->archived_at && g_strcmp0 (a->email, b->email) == 0
         && g_strcmp0 (a->employee_id, b->employee_id) == 0
         && g_strcmp0 (a->given_name, b->given_name) == 0
         && g_strcmp0 (a->family_name, b->family_name) == 0
         && g_strcmp0 (a->labels, b->labels) == 0;
}

/**
 * reg_user_dup_name:
 * @self: a user
 *
 * The name as it is shown: given name, family name; without one the e-mail, without that the
 * employee ID.
 *
 * Returns: (transfer full): the name
 */
char *
reg_user_dup_name (const RegUser *self)
{
  if (*self->given_name == '\0' && *self->family_name == '\0')
    return g_strdup (*self->email != '\0' ? self->email : self->employee_id);
  if (*self->given_name == '\0' || *self->family_name == '\0')
    return g_strconcat (self->given_name, self->family_name, NULL);
  return g_strconcat (self->given_name, " ", self->family_name, NULL);
}

static gboolean
has_id (const char *labels, gint64 id)
{
  char needle[32];

  g_snprintf (needle, sizeof needle, ",%" G_GINT64_FORMAT ",", id);
  return strstr (labels, needle) != NULL;
}

gboolean
reg_user_has_label (const RegUser *self, gint64 label_id)
{
  return has_id (self->labels, label_id);
}

/**
 * reg_user_labels_are_valid:
 * @labels: a text
 *
 * Returns: whether it is a list of label ids as %RegUser has it: "" or ",3,7,", rising
 */
gboolean
reg_user_labels_are_valid (const char *labels)
{
  const char *p = labels;
  gint64 last = 0;

  if (*p == '\0')
    return TRUE;
  if (*p++ != ',' || *p == '\0')
    return FALSE;
  while (*p != '\0')
    {
      char *end = NULL;
      gint64 id = g_ascii_strtoll (p, &end, 10);

      if (!g_ascii_isdigit (*p) || id <= last || *end != ',')
        return FALSE;
      last = id;
      p = end + 1;
    }
  return TRUE;
}

/* The next id of a list, or 0 at its end. */
static gint64
next_id (const char **labels)
{
  char *end;
  gint64 id;

  while (**labels == ',')
    (*labels)++;
  id = g_ascii_strtoll (*labels, &end, 10);
  *labels = end;
  return id;
}

static void
append_id (GString *out, gint64 id)
{
  g_string_append_printf (out, "%s%" G_GINT64_FORMAT ",", out->len == 0 ? "," : "", id);
}

/**
 * reg_user_labels_add:
 * @labels: a list of label ids
 * @more: (nullable): another one
 *
 * Returns: (transfer full): the ids that are in either
 */
char *
reg_user_labels_add (const char *labels, const char *more)
{
  GString *out = g_string_new (NULL);
  const char *a = labels, *b = more != NULL ? more : "";
  gint64 x = next_id (&a), y = next_id (&b);

  while (x != 0 || y != 0)
    {
      gint64 id = y == 0 || (x != 0 && x <= y) ? x : y;

      append_id (out, id);
      if (x == id)
        x = next_id (&a);
      if (y == id)
        y = next_id (&b);
    }
  return g_string_free (out, FALSE);
}

/**
 * reg_user_labels_remove:
 * @labels: a list of label ids
 * @less: (nullable): another one
 *
 * Returns: (transfer full): the ids that are in the first and not in the other
 */
char *
reg_user_labels_remove (const char *labels, const char *less)
{
  GString *out = g_string_new (NULL);
  const char *p = labels;

  for (gint64 id = next_id (&p); id != 0; id = next_id (&p))
    if (less == NULL || !has_id (less, id))
      append_id (out, id);
  return g_string_free (out, FALSE);
}
