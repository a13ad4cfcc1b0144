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

static gboolean
source_from_nick (const char *nick, gssize len, guint *value)
{
  RegSource source;

  if (!reg_source_from_nick (nick, len, &source))
    return FALSE;
  *value = source;
  return TRUE;
}

void
reg_cli_filter_clear (RegCliFilter *self)
{
  g_clear_pointer (&self->search, g_free);
  g_clear_pointer (&self->status, g_free);
  g_clear_pointer (&self->role, g_free);
  g_clear_pointer (&self->groups, g_strfreev);
  g_clear_pointer (&self->teams, g_strfreev);
  g_clear_pointer (&self->tags, g_strfreev);
  g_clear_pointer (&self->locations, g_strfreev);
  g_clear_pointer (&self->managers, g_strfreev);
  g_clear_pointer (&self->source, g_free);
  g_clear_pointer (&self->assigned_by, g_free);
  reg_people_filter_clear (&self->people);
  g_clear_pointer (&self->requirement, g_free);
  g_clear_pointer (&self->access, g_free);
  g_clear_pointer (&self->due, g_free);
  g_clear_pointer (&self->session, g_free);
}

static void
append (char ***values, const char *value)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (*values != NULL)
    g_strv_builder_addv (builder, (const char **)*values);
  g_strv_builder_add (builder, value);
  g_strfreev (*values);
  *values = g_strv_builder_end (builder);
}

gboolean
reg_cli_filter_set (RegCliFilter *self, const char *text)
{
  /* One of each of the first, several of the others. */
  const struct
  {
    const char *key;
    char **value;
    char ***values;
  } keys[] = {
    { "search", &self->search, NULL },
    { "status", &self->status, NULL },
    { "role", &self->role, NULL },
    { "requirement", &self->requirement, NULL },
    { "access", &self->access, NULL },
    { "due", &self->due, NULL },
    { "session", &self->session, NULL },
    { "source", &self->source, NULL },
    { "assigned-by", &self->assigned_by, NULL },
    { "group", NULL, &self->groups },
    { "team", NULL, &self->teams },
    { "tag", NULL, &self->tags },
    { "location", NULL, &self->locations },
    { "manager", NULL, &self->managers },
  };
  const char *equals = strchr (text, '=');

  for (guint i = 0; equals != NULL && i < G_N_ELEMENTS (keys); i++)
    if (strlen (keys[i].key) == (gsize)(equals - text)
        && strncmp (keys[i].key, text, equals - text) == 0)
      {
        if (keys[i].values != NULL)
          append (keys[i].values, equals + 1);
        else
          {
            g_free (*keys[i].value);
            *keys[i].value = g_strdup (equals + 1);
          }
        return TRUE;
      }
  reg_cli_misuse (_ ("“%s” is no filter. KEY=VALUE, with search, status, role, group, team, tag, "
                     "location, manager, requirement, access, due, source, assigned-by or session "
                     "as the key."),
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
find_labels (RegCli *cli,
             RegCliFilter *self,
             RegPeopleAttribute attribute,
             char *const *names,
             guint kinds)
{
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      gint64 id = reg_cli_find_label (cli, kinds, names[i]);

      if (id == 0)
        return FALSE;
      reg_people_filter_add (&self->people, attribute, id);
    }
  return TRUE;
}

static gboolean
find_names (RegCli *cli, RegCliFilter *self)
{
  reg_people_filter_clear (&self->people);
  if (!find_labels (cli, self, REG_PEOPLE_GROUP, self->groups, REG_CLI_ANY_GROUP)
      || !find_labels (cli, self, REG_PEOPLE_TEAM, self->teams, 1u << REG_LABEL_TEAM)
      || !find_labels (cli, self, REG_PEOPLE_TAG, self->tags, 1u << REG_LABEL_TAG)
      || !find_labels (cli, self, REG_PEOPLE_LOCATION, self->locations, 1u << REG_LABEL_LOCATION))
    return FALSE;
  for (guint i = 0; self->managers != NULL && self->managers[i] != NULL; i++)
    {
      gint64 id = reg_cli_find_user (cli, self->managers[i]);

      if (id == 0)
        return FALSE;
      reg_people_filter_add (&self->people, REG_PEOPLE_MANAGER, id);
    }
  return TRUE;
}

gboolean
reg_cli_filter_fill_users (RegCli *cli, RegCliFilter *self, RegUserQuery *query)
{
  if (self->requirement != NULL || self->access != NULL || self->due != NULL
      || self->session != NULL || self->source != NULL || self->assigned_by != NULL)
    {
      reg_cli_misuse (_ ("requirement, access, due, session, source and assigned-by are filters of "
                         "enrollments, not of users."));
      return FALSE;
    }
  query->search = self->search;
  query->people = &self->people;
  return read_bits (self->status, user_state_from_nick, &query->states)
         && read_bits (self->role, role_from_nick, &query->roles) && find_names (cli, self);
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
reg_cli_filter_fill_enrollments (RegCli *cli, RegCliFilter *self, RegEnrollmentQuery *query)
{
  RegRequirement requirement;
  RegAccess access;

  query->requirement = query->access = -1;
  query->search = self->search;
  query->people = &self->people;
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
      query->archived_only = g_str_equal (self->access, "archived");
      if (!query->archived_only && !reg_access_from_nick (self->access, -1, &access))
        return reg_cli_misuse (_ ("“%s” is not a value of this filter."), self->access)
               == REG_EXIT_DONE;
      if (!query->archived_only)
        query->access = access;
    }
  return read_bits (self->status, status_from_nick, &query->statuses)
         && read_due (self->due, &query->due) && read_session (self->session, &query->session_id)
         && read_bits (self->source, source_from_nick, &query->sources) && find_names (cli, self)
         && (self->assigned_by == NULL
             || (query->assigned_by = reg_cli_find_user (cli, self->assigned_by)) != 0);
}
