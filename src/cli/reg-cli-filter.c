/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-cli"

#include "cli/reg-cli-filter.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef gboolean (*FromNick) (const char *nick, gssize len, guint *value);

static gboolean
user_state_from_nick (const char *nick, gssize len, guint *value)
{
  RegUserState state;

  if (!reg_user_state_from_nick (nick, len, &state))
    return FALSE;
  *value = state;
  return TRUE;
}

static gboolean
role_from_nick (const char *nick, gssize len, guint *value)
{
  RegRole role;

  if (!reg_role_from_nick (nick, len, &role))
    return FALSE;
  *value = role;
  return TRUE;
}

static gboolean
status_from_nick (const char *nick, gssize len, guint *value)
{
  RegStatus status;

  if (!reg_status_from_nick (nick, len, &status) || status == REG_STATUS_ABSENT)
    return FALSE;
  *value = status;
  return TRUE;
}

void
reg_cli_filter_clear (RegCliFilter *self)
{
  g_clear_pointer (&self->search, g_free);
  g_clear_pointer (&self->status, g_free);
  g_clear_pointer (&self->role, g_free);
  g_clear_pointer (&self->group, g_free);
  g_clear_pointer (&self->location, g_free);
  g_clear_pointer (&self->manager, g_free);
  g_clear_pointer (&self->requirement, g_free);
  g_clear_pointer (&self->access, g_free);
  g_clear_pointer (&self->due, g_free);
  g_clear_pointer (&self->session, g_free);
}

gboolean
reg_cli_filter_set (RegCliFilter *self, const char *text)
{
  const struct
  {
    const char *key;
    char **value;
  } keys[] = {
    { "search", &self->search },     { "status", &self->status },
    { "role", &self->role },         { "group", &self->group },
    { "location", &self->location }, { "manager", &self->manager },
    { "access", &self->access },     { "requirement", &self->requirement },
    { "due", &self->due },           { "session", &self->session },
  };
  const char *equals = strchr (text, '=');

  for (guint i = 0; equals != NULL && i < G_N_ELEMENTS (keys); i++)
    if (strlen (keys[i].key) == (gsize)(equals - text)
        && strncmp (keys[i].key, text, equals - text) == 0)
      {
        g_free (*keys[i].value);
        *keys[i].value = g_strdup (equals + 1);
        return TRUE;
      }
  reg_cli_misuse (_ ("“%s” is no filter. KEY=VALUE, with search, status, role, group, location, "
                     "manager, requirement, access, due or session as the key."),
                  text);
  return FALSE;
}

/* "active,pending" as bits. */
static gboolean
read_bits (const char *text, FromNick from_nick, guint *bits)
{
  g_auto (GStrv) words = NULL;

  *bits = 0;
  if (text == NULL || g_str_equal (text, "any"))
    return TRUE;
  words = g_strsplit (text, ",", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      guint value;

      g_strstrip (words[i]);
      if (!from_nick (words[i], -1, &value))
        {
          reg_cli_misuse (_ ("“%s” is not a value of this filter."), words[i]);
          return FALSE;
        }
      *bits |= 1u << value;
    }
  return TRUE;
}

static gboolean
find_names (RegCli *cli,
            const RegCliFilter *self,
            gint64 *label_id,
            gint64 *location_id,
            gint64 *manager_id)
{
  if (self->group != NULL
      && (*label_id = reg_cli_find_label (cli, REG_LABEL_GROUP, self->group)) == 0)
    return FALSE;
  if (self->location != NULL
      && (*location_id = reg_cli_find_label (cli, REG_LABEL_LOCATION, self->location)) == 0)
    return FALSE;
  return self->manager == NULL || (*manager_id = reg_cli_find_user (cli, self->manager)) != 0;
}

gboolean
reg_cli_filter_fill_users (RegCli *cli, const RegCliFilter *self, RegUserQuery *query)
{
  if (self->requirement != NULL || self->access != NULL || self->due != NULL
      || self->session != NULL)
    {
      reg_cli_misuse (
          _ ("requirement, access, due and session are filters of enrollments, not of users."));
      return FALSE;
    }
  query->search = self->search;
  return read_bits (self->status, user_state_from_nick, &query->states)
         && read_bits (self->role, role_from_nick, &query->roles)
         && find_names (cli, self, &query->label_id, &query->location_id, &query->manager_id);
}

static gboolean
read_due (const char *text, RegDueFilter *due)
{
  static const char *const words[] = { "any", "overdue", "this-week", "none", "later" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (text == NULL || g_str_equal (words[i], text))
      {
        *due = (RegDueFilter)i;
        return TRUE;
      }
  reg_cli_misuse (_ ("“%s” is not a value of this filter."), text);
  return FALSE;
}

/* A number, or "none". */
static gboolean
read_session (const char *text, gint64 *session_id)
{
  if (text == NULL)
    return TRUE;
  if (g_str_equal (text, "none"))
    *session_id = REG_SESSION_NONE;
  else if (!g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, session_id, NULL))
    {
      reg_cli_misuse (_ ("“%s” is not a value of this filter."), text);
      return FALSE;
    }
  return TRUE;
}

gboolean
reg_cli_filter_fill_enrollments (RegCli *cli, const RegCliFilter *self, RegEnrollmentQuery *query)
{
  RegRequirement requirement;
  RegAccess access;

  query->requirement = query->access = -1;
  query->search = self->search;
  query->waiting_only = self->waiting;
  if (self->role != NULL)
    {
      reg_cli_misuse (_ ("role is a filter of users, not of enrollments."));
      return FALSE;
    }
  if (self->requirement != NULL)
    {
      if (!reg_requirement_from_nick (self->requirement, -1, &requirement))
        return reg_cli_misuse (_ ("“%s” is not a value of this filter."), self->requirement)
               == REG_EXIT_DONE;
      query->requirement = requirement;
    }
  if (self->access != NULL)
    {
      if (!reg_access_from_nick (self->access, -1, &access))
        return reg_cli_misuse (_ ("“%s” is not a value of this filter."), self->access)
               == REG_EXIT_DONE;
      query->access = access;
    }
  return read_bits (self->status, status_from_nick, &query->statuses)
         && read_due (self->due, &query->due) && read_session (self->session, &query->session_id)
         && find_names (cli, self, &query->label_id, &query->location_id, &query->manager_id);
}
