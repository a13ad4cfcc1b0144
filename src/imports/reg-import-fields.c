/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a plan changes, before and after of each field. */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-import-plan.h"

#include "rules/reg-status.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct
{
  const char *key;
  const char *label;
} labels[] = {
  { "email", N_ ("Email ID") },
  { "employee_id", N_ ("Employee ID") },
  { "given_name", N_ ("Given Name") },
  { "family_name", N_ ("Family Name") },
  { "role", N_ ("Role") },
  { "location_id", N_ ("Location") },
  { "manager_id", N_ ("Manager") },
  { "labels", N_ ("Groups") },
  { "add_labels", N_ ("Groups") },
};

/**
 * reg_import_plan_get_fields:
 * @self: a plan
 * @item: one of its items
 * @fields: (out) (transfer none): the first of the fields it changes
 *
 * Returns: how many fields of the person the item changes; 0 where it is about an enrollment
 */
guint
reg_import_plan_get_fields (const RegImportPlan *self,
                            const RegImportItem *item,
                            const RegImportField **fields)
{
  const RegImportField *first = &g_array_index (self->fields, RegImportField, item->detail);
  guint n = 1;

  *fields = NULL;
  if (item->course_id != 0 || item->detail >= self->fields->len)
    return 0;
  while (!first[n - 1].is_last)
    n++;
  *fields = first;
  return n;
}

/**
 * reg_import_plan_get_text:
 * @self: a plan
 * @text: before, after or key of one of its fields
 *
 * Returns: (transfer none): the text
 */
const char *
reg_import_plan_get_text (const RegImportPlan *self, guint32 text)
{
  return self->texts.text + text;
}

/* (nullable): what the field of that name becomes */
static const char *
find_after (const RegImportPlan *self, const RegImportField *fields, guint n, const char *key)
{
  for (guint i = 0; i < n; i++)
    if (strcmp (reg_import_plan_get_text (self, fields[i].key), key) == 0)
      return reg_import_plan_get_text (self, fields[i].after);
  return NULL;
}

/**
 * reg_import_plan_get_identifier:
 * @self: a plan
 * @item: one of its items
 *
 * Returns: (transfer none): the e-mail of the person, or the employee ID of one without an e-mail
 */
const char *
reg_import_plan_get_identifier (const RegImportPlan *self, const RegImportItem *item)
{
  const RegImportField *fields = NULL;
  guint n = item->user_id == 0 ? reg_import_plan_get_fields (self, item, &fields) : 0;
  const char *found = find_after (self, fields, n, "email");

  if (found == NULL)
    found = find_after (self, fields, n, "employee_id");
  if (found != NULL)
    return found;
  found = reg_directory_get_email (self->directory, item->user_id);
  if (found != NULL && *found != '\0')
    return found;
  found = reg_directory_get_employee_id (self->directory, item->user_id);
  return found != NULL ? found : "";
}

gint64
reg_import_item_get_key (const RegImportItem *self)
{
  return self->course_id << 32 | self->line;
}

gboolean
reg_import_item_is_in (const RegImportItem *self, GHashTable *rows)
{
  gint64 key = reg_import_item_get_key (self);

  return rows != NULL && g_hash_table_contains (rows, &key);
}

const char *
reg_import_plan_get_instead (const RegImportPlan *self, const RegImportItem *item)
{
  return item->course_id != 0 ? g_array_index (self->details, RegImportDetail, item->detail).instead
                              : NULL;
}

/**
 * reg_import_plan_get_operation:
 * @self: a plan
 * @item: one of its items
 *
 * Returns: (transfer none): the operation the item becomes
 */
const RegOperation *
reg_import_plan_get_operation (const RegImportPlan *self, const RegImportItem *item)
{
  const RegImportAction *action = reg_import_action_find (self->action);
  const char *instead = reg_import_plan_get_instead (self, item);

  if (instead != NULL)
    return reg_operation_find (reg_import_instead_parse (instead, self->action)->operation);
  if (action->people == REG_PEOPLE_USUAL)
    return reg_operation_find (action->operation);
  return reg_operation_find (item->user_id == 0 ? "add-user" : "edit-user");
}

static const char *
get_label (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (strcmp (labels[i].key, key) == 0)
      return _ (labels[i].label);
  return key;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (*(const char *const *)a, *(const char *const *)b);
}

static void
add_names (const RegImportPlan *self, GPtrArray *names, const char *ids)
{
  const char *p = ids;

  while (*p == ',' && p[1] != '\0')
    {
      const RegLabel *label =
          reg_directory_get_label (self->directory, g_ascii_strtoll (p + 1, (char **)&p, 10));

      if (label != NULL)
        g_ptr_array_add (names, label->name);
    }
}

/* "Drivers; Night Shift" of ",3,7,"; more: others besides */
static char *
dup_label_names (const RegImportPlan *self, const char *ids, const char *more)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  add_names (self, names, ids);
  add_names (self, names, more);
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return g_strjoinv ("; ", (char **)names->pdata);
}

/* The items are in the order of the lines. */
const RegImportItem *
reg_import_plan_find_item (const RegImportPlan *self, guint32 line)
{
  guint low = 0, high = self->will->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->will, RegImportItem, middle).line < line)
        low = middle + 1;
      else
        high = middle;
    }
  return low < self->will->len && g_array_index (self->will, RegImportItem, low).line == line
             ? &g_array_index (self->will, RegImportItem, low)
             : NULL;
}

static guint32
get_line (const RegImportPlan *self, const RegImportField *field)
{
  const char *after = reg_import_plan_get_text (self, field->after);

  if (strcmp (reg_import_plan_get_text (self, field->key), "manager_id") != 0
      || !g_str_has_prefix (after, REG_IMPORT_OF_LINE))
    return 0;
  return (guint32)g_ascii_strtoull (after + strlen (REG_IMPORT_OF_LINE), NULL, 10);
}

guint32
reg_import_plan_get_manager_line (const RegImportPlan *self, const RegImportItem *item)
{
  const RegImportField *fields;
  guint n = reg_import_plan_get_fields (self, item, &fields);
  guint32 line = 0;

  for (guint i = 0; line == 0 && i < n; i++)
    line = get_line (self, &fields[i]);
  return line;
}

/* The value as a person reads it: a name where the field holds an id. */
static char *
dup_field_text (const RegImportPlan *self, const RegImportField *field, gboolean after)
{
  const char *key = reg_import_plan_get_text (self, field->key);
  const char *value = reg_import_plan_get_text (self, after ? field->after : field->before);
  RegRole role;

  if (strcmp (key, "labels") == 0)
    return dup_label_names (self, value, "");
  if (strcmp (key, "add_labels") == 0)
    return dup_label_names (self, reg_import_plan_get_text (self, field->before),
                            after ? value : "");
  if (strcmp (key, "role") == 0 && reg_role_from_nick (value, -1, &role))
    return g_strdup (reg_role_get_label (role));
  if (strcmp (key, "location_id") == 0)
    {
      const RegLabel *label =
          reg_directory_get_label (self->directory, g_ascii_strtoll (value, NULL, 10));

      return g_strdup (label != NULL ? label->name : "");
    }
  if (after && get_line (self, field) != 0)
    {
      const RegImportItem *item = reg_import_plan_find_item (self, get_line (self, field));

      return g_strdup (item != NULL ? reg_import_plan_get_identifier (self, item) : "");
    }
  if (strcmp (key, "manager_id") == 0)
    {
      const char *email =
          reg_directory_get_email (self->directory, g_ascii_strtoll (value, NULL, 10));

      return g_strdup (email != NULL ? email : "");
    }
  return g_strdup (value);
}

static void
text_free (gpointer data)
{
  RegImportText *text = data;

  g_free (text->before);
  g_free (text->after);
  g_free (text);
}

/* What stays as it is, is not told. */
static void
add_text (GPtrArray *texts, const char *key, const char *label, char *before, char *after)
{
  RegImportText *text = g_new0 (RegImportText, 1);

  text->key = key;
  text->label = label;
  text->before = before;
  text->after = after;
  if (strcmp (before, after) != 0)
    g_ptr_array_add (texts, text);
  else
    text_free (text);
}

/* The enrollment, as far as a plan keeps it. */
static void
fill_enrollment (RegEnrollment *enrollment, const RegImportBefore *before)
{
  enrollment->present = before->is_present;
  enrollment->visible = TRUE;
  enrollment->access = (RegAccess)before->access;
  enrollment->seat = (RegSeat)before->seat;
  enrollment->requirement = (RegRequirement)before->requirement;
  enrollment->started_at = before->is_started;
  enrollment->completed_at = before->is_completed;
  enrollment->progress = before->progress;
  g_strlcpy (enrollment->due_date, before->due_date, sizeof enrollment->due_date);
}

static char *
dup_status (const RegEnrollment *enrollment, const RegCourse *course)
{
  return enrollment->present ? reg_enrollment_dup_status_label (enrollment, course->kind)
                             : g_strdup (_ ("not enrolled"));
}

static const char *
get_requirement (const RegEnrollment *enrollment)
{
  return enrollment->present ? reg_requirement_get_label (enrollment->requirement) : "";
}

/* That something else is done than the action says, and what of the last assignment goes with it.
 */
static void
add_instead_texts (const RegImportPlan *self,
                   const RegOperation *operation,
                   const RegParams *params,
                   GPtrArray *texts)
{
  const RegOperation *usual = reg_operation_find (reg_import_action_find (self->action)->operation);

  add_text (texts, "operation", _ ("Operation"), g_strdup (_ (usual->label)),
            g_strdup (_ (operation->label)));
  if (reg_operation_removes_records (operation, params))
    add_text (texts, "records", _ ("Records of last assignment"), g_strdup (_ ("kept")),
              g_strdup (_ ("removed")));
}

/* What the operation makes of the enrollment. */
static void
add_enrollment_texts (const RegImportPlan *self,
                      guint place,
                      const RegImportItem *item,
                      GPtrArray *texts)
{
  const RegOperation *operation = reg_import_plan_get_operation (self, item);
  const RegCourse *course = reg_directory_get_course (self->directory, item->course_id);
  g_autoptr (RegParams) params = reg_import_plan_dup_params (self, item->detail);
  g_autoptr (RegUser) user = reg_user_new ();
  const char *message = reg_params_get (params, "message");
  RegEnrollment before = { .user_id = item->user_id, .course_id = item->course_id };
  RegEnrollment after;
  RegSubject subject = { .user = user, .course = course, .enrollment = &after };

  fill_enrollment (&before, &g_array_index (self->befores, RegImportBefore,
                                            g_array_index (self->before_of, guint32, place)));
  after = before;
  user->id = item->user_id;
  reg_operation_apply (operation, &subject, params);
  if (reg_import_plan_get_instead (self, item) != NULL)
    add_instead_texts (self, operation, params, texts);
  add_text (texts, "status", _ ("Status"), dup_status (&before, course),
            dup_status (&after, course));
  add_text (texts, "requirement", _ ("Requirement"), g_strdup (get_requirement (&before)),
            g_strdup (get_requirement (&after)));
  add_text (texts, "due_date", _ ("Due Date"), g_strdup (before.due_date),
            g_strdup (after.due_date));
  if (message != NULL)
    add_text (texts, "message", _ ("Message"), g_strdup (""), g_strdup (message));
}

/**
 * reg_import_plan_dup_changes:
 * @self: a plan
 * @place: of an item in its will
 *
 * Returns: (transfer full) (element-type RegImportText): what the item changes
 */
GPtrArray *
reg_import_plan_dup_changes (const RegImportPlan *self, guint place)
{
  const RegImportItem *item = &g_array_index (self->will, RegImportItem, place);
  GPtrArray *texts = g_ptr_array_new_with_free_func (text_free);
  const RegImportField *fields;
  guint n = reg_import_plan_get_fields (self, item, &fields);

  for (guint i = 0; i < n; i++)
    {
      const char *key = reg_import_plan_get_text (self, fields[i].key);

      /* What is added to a field is a change of that field. */
      add_text (texts, strcmp (key, "add_labels") == 0 ? "labels" : key, get_label (key),
                dup_field_text (self, &fields[i], FALSE), dup_field_text (self, &fields[i], TRUE));
    }
  if (item->course_id != 0)
    add_enrollment_texts (self, place, item, texts);
  return texts;
}

void
reg_import_plan_fill_params (const RegImportPlan *plan, guint32 first_field, RegParams *params)
{
  for (guint32 i = first_field; i < plan->fields->len; i++)
    {
      const RegImportField *field = &g_array_index (plan->fields, RegImportField, i);

      if (get_line (plan, field) == 0)
        reg_params_set (params, reg_import_plan_get_text (plan, field->key),
                        reg_import_plan_get_text (plan, field->after));
      if (field->is_last)
        return;
    }
}
