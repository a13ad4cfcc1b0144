/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-model"

#include "model/reg-site.h"

G_DEFINE_BOXED_TYPE (RegSite, reg_site, reg_site_copy, reg_site_free)

#define GROUP "site"

/**
 * reg_site_new:
 *
 * Returns: (transfer full): a site that can do nothing, its actor a learner
 */
RegSite *
reg_site_new (void)
{
  RegSite *self = g_new0 (RegSite, 1);

  self->name = g_strdup ("");
  self->version = g_strdup ("");
  self->time_zone = g_strdup ("UTC");
  self->actor_email = g_strdup ("");
  self->actor_name = g_strdup ("");
  self->operations = g_new0 (char *, 1);
  self->max_operations = 500;
  self->page_size = 1000;
  return self;
}

RegSite *
reg_site_copy (const RegSite *self)
{
  RegSite *copy = g_memdup2 (self, sizeof *self);

  copy->name = g_strdup (self->name);
  copy->version = g_strdup (self->version);
  copy->time_zone = g_strdup (self->time_zone);
  copy->actor_email = g_strdup (self->actor_email);
  copy->actor_name = g_strdup (self->actor_name);
  copy->operations = g_strdupv (self->operations);
  return copy;
}

void
reg_site_free (RegSite *self)
{
  g_free (self->name);
  g_free (self->version);
  g_free (self->time_zone);
  g_free (self->actor_email);
  g_free (self->actor_name);
  g_strfreev (self->operations);
  g_free (self);
}

/**
 * reg_site_can:
 * @self: (nullable): a site; %NULL can do nothing
 * @operation: name of an operation
 *
 * Returns: whether the site offers it to this account
 */
gboolean
reg_site_can (const RegSite *self, const char *operation)
{
  return self != NULL && g_strv_contains ((const char *const *)self->operations, operation);
}

/**
 * reg_site_to_text:
 * @self: a site
 *
 * Returns: (transfer full): a key file that reg_site_new_from_text () reads
 */
char *
reg_site_to_text (const RegSite *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  g_key_file_set_string (file, GROUP, "name", self->name);
  g_key_file_set_string (file, GROUP, "version", self->version);
  g_key_file_set_string (file, GROUP, "time-zone", self->time_zone);
  g_key_file_set_int64 (file, GROUP, "actor-id", self->actor_id);
  g_key_file_set_string (file, GROUP, "actor-email", self->actor_email);
  g_key_file_set_string (file, GROUP, "actor-name", self->actor_name);
  g_key_file_set_string (file, GROUP, "actor-role", reg_role_to_nick (self->actor_role));
  g_key_file_set_boolean (file, GROUP, "allow-reassign-always", self->allow_reassign_always);
  g_key_file_set_integer (file, GROUP, "reassign-license", (int)self->reassign_license);
  g_key_file_set_string_list (file, GROUP, "operations", (const char *const *)self->operations,
                              g_strv_length (self->operations));
  g_key_file_set_uint64 (file, GROUP, "max-operations", self->max_operations);
  g_key_file_set_uint64 (file, GROUP, "page-size", self->page_size);
  return g_key_file_to_data (file, NULL, NULL);
}

static void
take_string (GKeyFile *file, const char *key, char **value)
{
  g_autofree char *text = g_key_file_get_string (file, GROUP, key, NULL);

  if (text != NULL)
    {
      g_free (*value);
      *value = g_steal_pointer (&text);
    }
}

static void
take_limit (GKeyFile *file, const char *key, guint *value)
{
  guint64 number = g_key_file_get_uint64 (file, GROUP, key, NULL);

  if (number > 0 && number <= G_MAXUINT)
    *value = number;
}

/**
 * reg_site_new_from_text:
 * @text: what reg_site_to_text () made
 * @error: return location
 *
 * Returns: (transfer full): the site, or %NULL where the text is no key file
 */
RegSite *
reg_site_new_from_text (const char *text, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (RegSite) self = reg_site_new ();
  g_autofree char *role = NULL;
  g_auto (GStrv) operations = NULL;
  int reassign_license;

  if (!g_key_file_load_from_data (file, text, -1, G_KEY_FILE_NONE, error))
    return NULL;
  take_string (file, "name", &self->name);
  take_string (file, "version", &self->version);
  take_string (file, "time-zone", &self->time_zone);
  take_string (file, "actor-email", &self->actor_email);
  take_string (file, "actor-name", &self->actor_name);
  self->actor_id = g_key_file_get_int64 (file, GROUP, "actor-id", NULL);
  role = g_key_file_get_string (file, GROUP, "actor-role", NULL);
  if (role != NULL)
    reg_role_from_nick (role, -1, &self->actor_role);
  self->allow_reassign_always = g_key_file_get_boolean (file, GROUP, "allow-reassign-always", NULL);
  reassign_license = g_key_file_get_integer (file, GROUP, "reassign-license", NULL);
  if (reassign_license >= 0 && reassign_license <= REG_REASSIGN_LICENSE_ONE)
    self->reassign_license = (RegReassignLicense)reassign_license;
  operations = g_key_file_get_string_list (file, GROUP, "operations", NULL, NULL);
  if (operations != NULL)
    {
      g_strfreev (self->operations);
      self->operations = g_steal_pointer (&operations);
    }
  take_limit (file, "max-operations", &self->max_operations);
  take_limit (file, "page-size", &self->page_size);
  return g_steal_pointer (&self);
}
