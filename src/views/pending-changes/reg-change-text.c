/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/pending-changes/reg-change-text.h"

#include "base/reg-words.h"
#include "rules/reg-status.h"

#include <glib/gi18n-lib.h>

const char *
reg_change_state_get_label (RegChangeState state)
{
  switch (state)
    {
    case REG_CHANGE_PENDING:
      return _ ("Waiting");
    case REG_CHANGE_SENDING:
      return _ ("Sending");
    case REG_CHANGE_UNKNOWN:
      return _ ("Asking the LMS");
    case REG_CHANGE_DONE:
      return _ ("Sent");
    case REG_CHANGE_REJECTED:
      return _ ("Not Accepted");
    case REG_CHANGE_CONFLICT:
      return _ ("Conflict");
    case REG_CHANGE_UNDONE:
      return _ ("Undone");
    }
  g_return_val_if_reached ("");
}

const char *
reg_change_state_get_icon_name (RegChangeState state)
{
  switch (state)
    {
    case REG_CHANGE_PENDING:
      return "document-send-symbolic";
    case REG_CHANGE_SENDING:
    case REG_CHANGE_UNKNOWN:
      return "emblem-synchronizing-symbolic";
    case REG_CHANGE_DONE:
      return "emblem-ok-symbolic";
    case REG_CHANGE_REJECTED:
      return "dialog-error-symbolic";
    case REG_CHANGE_CONFLICT:
      return "dialog-warning-symbolic";
    case REG_CHANGE_UNDONE:
      return "edit-undo-symbolic";
    }
  g_return_val_if_reached (NULL);
}

const char *
reg_change_state_get_css_class (RegChangeState state)
{
  switch (state)
    {
    case REG_CHANGE_PENDING:
    case REG_CHANGE_SENDING:
    case REG_CHANGE_UNKNOWN:
      return NULL;
    case REG_CHANGE_DONE:
      return "success";
    case REG_CHANGE_REJECTED:
      return "error";
    case REG_CHANGE_CONFLICT:
      return "warning";
    case REG_CHANGE_UNDONE:
      return "dim-label";
    }
  g_return_val_if_reached (NULL);
}

/* The name of a parameter or field, as it is shown. */
static const char *
get_key_label (const char *key)
{
  static const struct
  {
    const char *key, *label;
  } labels[] = {
    { "due_date", N_ ("due") },
    { "requirement", N_ ("requirement") },
    { "message", N_ ("message") },
    { "email", N_ ("e-mail") },
    { "employee_id", N_ ("employee ID") },
    { "given_name", N_ ("given name") },
    { "family_name", N_ ("family name") },
    { "role", N_ ("role") },
    { "location_id", N_ ("location") },
    { "manager_id", N_ ("manager") },
    { "labels", N_ ("groups and tags") },
    { "add_labels", N_ ("into") },
    { "remove_labels", N_ ("out of") },
    { "session_id", N_ ("session") },
    { "notify", N_ ("notify") },
    { "withdraw_certificate", N_ ("withdraw certificate") },
    { "remove_records", N_ ("remove records") },
    { "skip_completed", N_ ("skip completed") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (g_str_equal (labels[i].key, key))
      return _ (labels[i].label);
  return NULL;
}

/* Those that say no more than that they are so. */
static gboolean
is_switch (const char *key)
{
  static const char *const keys[] = { "notify", "remove_records", "skip_completed",
                                      "withdraw_certificate", NULL };

  return g_strv_contains (keys, key);
}

/* Of one of the change's own parameters, or of the LMS's values. */
static const char *
get_value_label (const RegChangeRow *row, const RegParams *params, const char *key)
{
  const char *value = reg_params_get (params, key);
  const RegParams *names = params == row->change->server ? row->server_names : row->names;
  RegRequirement requirement;
  RegRole role;

  if (names != NULL && reg_params_get (names, key) != NULL)
    return reg_params_get (names, key);
  if (value == NULL || *value == '\0' || g_str_equal (value, "0"))
    /* Translators: stands for a field without a value. */
    return _ ("none");
  if (g_str_equal (key, "role") && reg_role_from_nick (value, -1, &role))
    return reg_role_get_label (role);
  if (g_str_equal (key, "requirement") && reg_requirement_from_nick (value, -1, &requirement))
    return reg_requirement_get_label (requirement);
  return value;
}

/**
 * reg_change_get_label:
 * @change: a change
 *
 * Returns: (transfer none): the name of what it does
 */
const char *
reg_change_get_label (const RegChange *change)
{
  const RegOperation *operation = reg_operation_find (change->operation);

  return operation != NULL ? _ (operation->label) : change->operation;
}

/**
 * reg_change_dup_details:
 * @row: a change
 *
 * Returns: (nullable) (transfer full): its parameters in one line, or %NULL for none
 */
char *
reg_change_dup_details (const RegChangeRow *row)
{
  const RegChange *change = row->change;
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = reg_params_get_size (change->params);

  for (guint i = 0; i < n; i++)
    {
      const char *key = reg_params_get_key (change->params, i);
      const char *label = get_key_label (key);

      if (label != NULL && !is_switch (key))
        reg_words_add_printf (text, "%s %s", label, get_value_label (row, change->params, key));
      else if (label != NULL && reg_params_get_boolean (change->params, key))
        reg_words_add (text, label);
    }
  return text->len > 0 ? g_strdup (text->str) : NULL;
}

/* What the LMS has now, where the change was not of fields: the person decides anew. */
static void
append_state (GString *text, const RegParams *server)
{
  gint64 progress = reg_params_get_int64 (server, "progress");

  if (reg_params_get_int64 (server, "completed_at") != 0)
    g_string_append (text, _ ("Changed in the LMS since; it is Completed there now."));
  else
    /* Translators: a learner's progress; "%%" is a per cent sign. */
    g_string_append_printf (text, _ ("Changed in the LMS since; the progress is %d%% there now."),
                            (int)progress);
}

/* K-12: what the choice makes of the course is said with the date. */
static char *
dup_choice (const RegChangeRow *row, const RegParams *params, const char *key)
{
  const char *value = reg_params_get (params, key);
  gboolean is_set = value != NULL && *value != '\0';

  if (!g_str_equal (key, "due_date"))
    return g_strdup (get_value_label (row, params, key));
  return g_strdup_printf (
      "%s (%s)", get_value_label (row, params, key),
      reg_requirement_get_label (is_set ? REG_REQUIREMENT_REQUIRED : REG_REQUIREMENT_OPTIONAL));
}

static void
append_conflict (GString *text, const RegChangeRow *row)
{
  const RegChange *change = row->change;
  const RegOperation *operation = reg_operation_find (change->operation);
  guint n = reg_params_get_size (change->server);

  if (operation != NULL && operation->fields == REG_FIELDS_NONE && n > 0)
    {
      append_state (text, change->server);
      return;
    }

  for (guint i = 0; i < n; i++)
    {
      const char *key = reg_params_get_key (change->server, i);
      const char *label = get_key_label (key);
      g_autofree char *mine = dup_choice (row, change->params, key);
      g_autofree char *theirs = dup_choice (row, change->server, key);
      g_autofree char *line = NULL;

      /* Translators: a field that was changed on both sides; yours, then the LMS's value. */
      line = g_strdup_printf (_ ("%s: yours “%s”, the LMS's “%s”"), label != NULL ? label : key,
                              mine, theirs);
      reg_words_add (text, line);
    }
}

/**
 * reg_change_dup_problem:
 * @row: a change
 *
 * Returns: (nullable) (transfer full): what a person must know of it, or %NULL where there is
 * nothing
 */
char *
reg_change_dup_problem (const RegChangeRow *row)
{
  const RegChange *change = row->change;
  g_autoptr (GString) text = g_string_new (NULL);

  if (change->state == REG_CHANGE_CONFLICT)
    append_conflict (text, row);
  if (text->len == 0 && change->sentence != NULL)
    g_string_append (text, change->sentence);
  return text->len > 0 ? g_strdup (text->str) : NULL;
}

/**
 * reg_batch_get_state:
 * @batch: a batch
 *
 * Returns: the state of its changes a person should know of first
 */
RegChangeState
reg_batch_get_state (const RegBatch *batch)
{
  static const RegChangeState order[] = { REG_CHANGE_CONFLICT, REG_CHANGE_REJECTED,
                                          REG_CHANGE_SENDING,  REG_CHANGE_UNKNOWN,
                                          REG_CHANGE_PENDING,  REG_CHANGE_DONE };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (batch->counts[order[i]] > 0)
      return order[i];
  return REG_CHANGE_UNDONE;
}

/**
 * reg_batch_dup_state:
 * @batch: a batch
 *
 * Returns: (transfer full): how many of its changes stand how
 */
char *
reg_batch_dup_state (const RegBatch *batch)
{
  static const char *const formats[REG_N_CHANGE_STATES] = {
    N_ ("%'d waiting"),      N_ ("%'d being sent"),  N_ ("%'d being asked for"), N_ ("%'d sent"),
    N_ ("%'d not accepted"), N_ ("%'d in conflict"), N_ ("%'d undone"),
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < REG_N_CHANGE_STATES; i++)
    if (batch->counts[i] > 0)
      {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        reg_words_add_printf (text, _ (formats[i]), (int)batch->counts[i]);
#pragma GCC diagnostic pop
      }
  return g_string_free (text, FALSE);
}

/**
 * reg_time_dup_label:
 * @unix_seconds: a moment
 *
 * Returns: (transfer full): how long ago it was, or the day
 */
char *
reg_time_dup_label (gint64 unix_seconds)
{
  gint64 ago = g_get_real_time () / G_USEC_PER_SEC - unix_seconds;
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (unix_seconds);

  if (then == NULL)
    return g_strdup ("");
  if (ago >= 0 && ago < 60)
    return g_strdup (_ ("just now"));
  if (ago >= 0 && ago < 3600)
    return g_strdup_printf (ngettext ("%d minute ago", "%d minutes ago", (gulong)ago / 60),
                            (int)(ago / 60));
  return g_date_time_format (then, "%x %H:%M");
}
