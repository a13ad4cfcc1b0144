/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-lms"

#include "lms/registrar/reg-registrar-json.h"

#include "lms/registrar/reg-registrar-record.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_LIMIT 10000

/* As it stands in the text; the texts of a RegSite are its own. */
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
  int reassign_license;
  gint64 max_operations;
  gint64 page_size;
  GPtrArray *operations;
} Draft;

static const RegField actor_fields[] = {
  { "id", REG_FIELD_INT64, G_STRUCT_OFFSET (Draft, actor_id) },
  { "email", REG_FIELD_TEXT, G_STRUCT_OFFSET (Draft, actor_email) },
  { "name", REG_FIELD_TEXT, G_STRUCT_OFFSET (Draft, actor_name) },
  { "role", REG_FIELD_NICK, G_STRUCT_OFFSET (Draft, actor_role), reg_field_role_from_nick },
};

static gboolean
reassign_license_from_nick (const char *nick, gssize len, int *value)
{
  static const char *const nicks[] = {
    [REG_REASSIGN_LICENSE_NONE] = "none", [REG_REASSIGN_LICENSE_ONE] = "one"
  };

  for (guint i = REG_REASSIGN_LICENSE_NONE; i < G_N_ELEMENTS (nicks); i++)
    if (strlen (nicks[i]) == (gsize)len && memcmp (nicks[i], nick, (gsize)len) == 0)
      {
        *value = (int)i;
        return TRUE;
      }
  return FALSE;
}

static const RegField settings_fields[] = {
  { "allow_reassign_always", REG_FIELD_BOOLEAN, G_STRUCT_OFFSET (Draft, allow_reassign_always) },
  { "reassign_license", REG_FIELD_NICK_OR_NULL, G_STRUCT_OFFSET (Draft, reassign_license),
    reassign_license_from_nick },
};

static const RegField limits_fields[] = {
  { "operations", REG_FIELD_INT64, G_STRUCT_OFFSET (Draft, max_operations) },
  { "page", REG_FIELD_INT64, G_STRUCT_OFFSET (Draft, page_size) },
};

static const RegField site_fields[] = {
  { "name", REG_FIELD_TEXT, G_STRUCT_OFFSET (Draft, name) },
  { "version", REG_FIELD_TEXT, G_STRUCT_OFFSET (Draft, version) },
  { "time_zone", REG_FIELD_WORD, G_STRUCT_OFFSET (Draft, time_zone) },
  { "actor", REG_FIELD_SPECIAL },
  { "settings", REG_FIELD_SPECIAL },
  { "operations", REG_FIELD_SPECIAL },
  { "limits", REG_FIELD_SPECIAL },
};

static void
read_member (RegJsonReader *reader, const RegField *field, gpointer data)
{
  Draft *draft = data;

#define READ(fields)                                                                               \
  reg_field_read_object (reader, fields, G_N_ELEMENTS (fields), draft, NULL, NULL, NULL)
  if (strcmp (field->name, "actor") == 0)
    READ (actor_fields);
  else if (strcmp (field->name, "settings") == 0)
    READ (settings_fields);
  else if (strcmp (field->name, "limits") == 0)
    READ (limits_fields);
  else
    {
      reg_json_reader_begin_array (reader);
      while (reg_json_reader_next_element (reader))
        {
          const char *operation = reg_json_reader_get_string (reader, NULL);

          if (operation != NULL)
            g_ptr_array_add (draft->operations, g_strdup (operation));
        }
    }
#undef READ
}

static void
set_text (char **to, const char *text)
{
  g_free (*to);
  *to = g_strdup (text);
}

/**
 * reg_registrar_read_site:
 * @text: (transfer full): an answer of GET /v1/site, a NUL after its len bytes
 *
 * Returns: (transfer full): what it says; %NULL with REG_NET_ERROR_GARBLED
 */
RegSite *
reg_registrar_read_site (char *text, gsize len, GError **error)
{
  g_autofree char *own = text;
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (RegSite) site = reg_site_new ();
  Draft draft = { .operations = operations };
  RegJsonReader reader;

  draft.max_operations = site->max_operations;
  draft.page_size = site->page_size;
  reg_json_reader_init (&reader, own, len);
  reg_field_read_object (&reader, site_fields, G_N_ELEMENTS (site_fields), &draft, NULL,
                         read_member, &draft);
  if (draft.name == NULL || draft.actor_id <= 0)
    reg_json_reader_fail (&reader, N_ ("a site without name or actor"));
  if (!reg_json_reader_finish (&reader, error))
    return NULL;

  set_text (&site->name, draft.name);
  set_text (&site->version, draft.version != NULL ? draft.version : "");
  if (draft.time_zone != NULL)
    set_text (&site->time_zone, draft.time_zone);
  site->actor_id = draft.actor_id;
  set_text (&site->actor_email, draft.actor_email != NULL ? draft.actor_email : "");
  set_text (&site->actor_name, draft.actor_name != NULL ? draft.actor_name : "");
  site->actor_role = draft.actor_role;
  site->allow_reassign_always = draft.allow_reassign_always;
  site->reassign_license = (RegReassignLicense)draft.reassign_license;
  site->max_operations = CLAMP (draft.max_operations, 1, MAX_LIMIT);
  site->page_size = CLAMP (draft.page_size, 1, MAX_LIMIT);
  g_ptr_array_add (operations, NULL);
  g_strfreev (site->operations);
  site->operations = (GStrv)g_ptr_array_free (g_steal_pointer (&operations), FALSE);
  return g_steal_pointer (&site);
}
