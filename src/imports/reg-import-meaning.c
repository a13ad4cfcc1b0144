/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-import-meaning.h"
#include "imports/reg-directory-private.h"
#include "imports/reg-import-columns.h"

#include "rules/reg-status.h"
#include "rules/reg-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void
reg_import_meaning_free (gpointer data)
{
  RegImportMeaning *meaning = data;

  g_free (meaning->sentence);
  g_free (meaning->value);
  g_free (meaning);
}

static void
refuse_meaning (RegImportMeaning *meaning, RegReason reason, char *sentence)
{
  g_free (meaning->sentence);
  meaning->reason = reason;
  meaning->sentence = sentence;
}

/* "There is no group “Drivres”. Did you mean “Drivers”?" */
static void
refuse_label (const RegImportMeanings *self,
              RegImportMeaning *meaning,
              guint kinds,
              const char *text)
{
  const RegLabel *near = reg_directory_find_near_label (self->directory, kinds, text);
  gboolean is_location = kinds == 1u << REG_LABEL_LOCATION;
  g_autofree char *quote = reg_import_dup_quote (text, -1);

  if (near == NULL)
    refuse_meaning (meaning, REG_REASON_LABEL_UNKNOWN,
                    g_strdup_printf (is_location ? _ ("There is no location “%s”.")
                                                 : _ ("There is no group “%s”."),
                                     quote));
  else
    refuse_meaning (meaning, REG_REASON_LABEL_UNKNOWN,
                    g_strdup_printf (is_location
                                         ? _ ("There is no location “%s”. Did you mean “%s”?")
                                         : _ ("There is no group “%s”. Did you mean “%s”?"),
                                     quote, near->name));
}

gboolean
reg_import_is_verbatim (RegColumnKind kind)
{
  return kind == REG_COLUMN_EMAIL || kind == REG_COLUMN_EMPLOYEE_ID || kind == REG_COLUMN_GIVEN_NAME
         || kind == REG_COLUMN_FAMILY_NAME;
}

guint
reg_import_get_group_kinds (RegPeopleRule people)
{
  const guint groups = 1u << REG_LABEL_GROUP;

  return people == REG_PEOPLE_USUAL ? groups | 1u << REG_LABEL_TEAM | 1u << REG_LABEL_TAG : groups;
}

gboolean
reg_import_is_separator (char c)
{
  return c == ';' || c == ',' || c == '|' || c == '\n';
}

void
reg_import_add_id (GArray *ids, gint64 id)
{
  guint at = 0;

  while (at < ids->len && g_array_index (ids, gint64, at) < id)
    at++;
  if (at == ids->len || g_array_index (ids, gint64, at) != id)
    g_array_insert_val (ids, at, id);
}

char *
reg_import_join_ids (GArray *ids)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (out, "%s%" G_GINT64_FORMAT ",", i == 0 ? "," : "",
                            g_array_index (ids, gint64, i));
  return g_string_free (out, FALSE);
}

const RegLabel *
reg_import_find_longest_label (RegDirectory *directory,
                               guint kinds,
                               const char *text,
                               const char **end)
{
  const RegLabel *found = NULL;

  for (const char *p = text;; p++)
    {
      const RegLabel *label;

      if (*p != '\0' && !reg_import_is_separator (*p))
        continue;
      label = reg_directory_find_label (directory, kinds, text, p - text);
      if (label != NULL)
        {
          found = label;
          *end = p;
        }
      if (*p == '\0')
        return found;
    }
}

static void
read_groups (const RegImportMeanings *self,
             RegImportMeaning *meaning,
             guint kinds,
             const char *text)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (const char *p = text; *p != '\0';)
    {
      const char *end = p;
      const RegLabel *label;

      if (reg_import_is_separator (*p) || g_ascii_isspace (*p))
        {
          p++;
          continue;
        }
      label = reg_import_find_longest_label (self->directory, kinds, p, &end);
      if (label == NULL)
        {
          g_autofree char *name = NULL;

          while (*end != '\0' && !reg_import_is_separator (*end))
            end++;
          name = g_strstrip (g_strndup (p, end - p));
          refuse_label (self, meaning, kinds, name);
          return;
        }
      reg_import_add_id (ids, label->id);
      p = end;
    }
  meaning->value = reg_import_join_ids (ids);
}

static void
read_location (const RegImportMeanings *self, RegImportMeaning *meaning, const char *text)
{
  guint kinds = 1u << REG_LABEL_LOCATION;
  const RegLabel *label = reg_directory_find_label (self->directory, kinds, text, strlen (text));

  if (label == NULL)
    refuse_label (self, meaning, kinds, text);
  else
    meaning->value = g_strdup_printf ("%" G_GINT64_FORMAT, label->id);
}

static gboolean
is_role (RegRole role, const char *folded)
{
  const char *nick = reg_role_to_nick (role);
  const char *label = reg_role_get_label (role);
  g_autofree char *folded_label = reg_directory_fold (label, strlen (label));
  g_autofree char *words = g_strdelimit (g_strdup (nick), "-", ' ');

  return g_str_equal (folded, nick) || g_str_equal (folded, folded_label)
         || g_str_equal (folded, words);
}

static void
read_role (RegImportMeaning *meaning, const char *text)
{
  g_autofree char *folded = reg_directory_fold (text, strlen (text));

  for (guint i = 0; i < REG_N_ROLES; i++)
    if (is_role ((RegRole)i, folded))
      {
        meaning->value = g_strdup (reg_role_to_nick ((RegRole)i));
        return;
      }
  refuse_meaning (meaning, REG_REASON_VALUE_INVALID,
                  g_strdup_printf (_ ("“%s” is no role: write learner, coordinator, instructor, "
                                      "manager, administrator or primary-admin."),
                                   text));
}

/* A manager is named by e-mail or employee ID. */
static void
read_manager (const RegImportMeanings *self, RegImportMeaning *meaning, const char *text)
{
  RegDirectory *directory = self->directory;
  g_autofree char *key = reg_email_key (text, -1);
  guint32 by_email = reg_directory_find_email (directory, key, strlen (key));
  guint32 found = strchr (text, '@') != NULL || by_email < REG_DIRECTORY_SEVERAL
                      ? by_email
                      : reg_directory_find_employee (directory, text, strlen (text));

  if (found < REG_DIRECTORY_SEVERAL)
    meaning->value =
        g_strdup_printf ("%" G_GINT64_FORMAT, reg_directory_get_user_id_at (directory, found));
  else if (found == REG_DIRECTORY_SEVERAL)
    refuse_meaning (meaning, REG_REASON_USER_AMBIGUOUS,
                    g_strdup_printf (_ ("The manager %s may be one of several users."), text));
  else if (self->is_new (text, self->data))
    meaning->is_new = TRUE;
  else
    refuse_meaning (meaning, REG_REASON_USER_UNKNOWN,
                    g_strdup_printf (_ ("The manager %s is not known."), text));
}

/**
 * reg_import_meaning_read:
 * @self: what is known
 * @kind: the column
 * @text: the cell, not empty
 *
 * Not of columns whose cells are the value themselves.
 *
 * Returns: (transfer full): what it means
 */
RegImportMeaning *
reg_import_meaning_read (const RegImportMeanings *self, RegColumnKind kind, const char *text)
{
  RegImportMeaning *meaning = g_new0 (RegImportMeaning, 1);

  switch (kind)
    {
    case REG_COLUMN_GROUPS:
      read_groups (self, meaning, self->label_kinds, text);
      break;
    case REG_COLUMN_LOCATION:
      read_location (self, meaning, text);
      break;
    case REG_COLUMN_ROLE:
      read_role (meaning, text);
      break;
    case REG_COLUMN_MANAGER:
      read_manager (self, meaning, text);
      break;
    case REG_COLUMN_UNNAMED:
    case REG_COLUMN_IGNORED:
    case REG_COLUMN_IDENTIFIER:
    case REG_COLUMN_EMAIL:
    case REG_COLUMN_EMPLOYEE_ID:
    case REG_COLUMN_REQUIREMENT:
    case REG_COLUMN_DUE_DATE:
    case REG_COLUMN_MESSAGE:
    case REG_COLUMN_COURSE:
    case REG_COLUMN_COURSE_NAME:
    case REG_COLUMN_GIVEN_NAME:
    case REG_COLUMN_FAMILY_NAME:
      g_warn_if_reached ();
      break;
    }
  return meaning;
}
