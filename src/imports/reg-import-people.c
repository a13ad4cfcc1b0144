/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everybody's record is looked at once, in the order the directory hands them over, so that no
 * second copy of all people is held; what comes of it is told line by line. Distinct values are
 * read once: a roster of a hundred thousand has a handful of locations. */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-import-people.h"
#include "imports/reg-directory-private.h"
#include "imports/reg-import-columns.h"

#include "rules/reg-operation.h"
#include "rules/reg-status.h"
#include "rules/reg-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NO_FIELD G_MAXUINT32
#define PEOPLE_STEP 4096

/* What a cell means: a value of the operation, or why it has none. */
typedef struct
{
  RegReason reason;
  char *sentence;
  char *value;
} Meaning;

/* What becomes of a line. */
typedef struct
{
  guint32 first_field; /* NO_FIELD: nothing changes */
  guint32 next;        /* the person's next line + 1 */
  RegReason reason;
  const char *sentence;
} Outcome;

typedef struct
{
  RegImportLines *lines;
  RegImportPlan *plan;
  const RegOperation *operation;
  GHashTable *meanings[REG_IMPORT_MAX_VALUES]; /* cell → Meaning */
  guint32 *first_line;                         /* by person: line + 1 */
  Outcome *outcomes;                           /* by line */
  GCancellable *cancellable;
  gsize n_visited;
} People;

static void
meaning_free (gpointer data)
{
  Meaning *meaning = data;

  g_free (meaning->sentence);
  g_free (meaning->value);
  g_free (meaning);
}

/* ---- What cells mean ---- */

static void
refuse_meaning (Meaning *meaning, RegReason reason, char *sentence)
{
  g_free (meaning->sentence);
  meaning->reason = reason;
  meaning->sentence = sentence;
}

/* "There is no group “Drivres”. Did you mean “Drivers”?" */
static void
refuse_label (People *self, Meaning *meaning, guint kinds, const char *text)
{
  const RegLabel *near = reg_directory_find_near_label (self->lines->directory, kinds, text);
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

static gboolean
is_separator (char c)
{
  return c == ';' || c == ',' || c == '|' || c == '\n';
}

static void
add_id (GArray *ids, gint64 id)
{
  guint at = 0;

  while (at < ids->len && g_array_index (ids, gint64, at) < id)
    at++;
  if (at == ids->len || g_array_index (ids, gint64, at) != id)
    g_array_insert_val (ids, at, id);
}

static char *
join_ids (GArray *ids)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (out, "%s%" G_GINT64_FORMAT ",", i == 0 ? "," : "",
                            g_array_index (ids, gint64, i));
  return g_string_free (out, FALSE);
}

/* The longest text from here up to a separator that is the name of a label: names may have
 * separators in them. *end: behind it. */
static const RegLabel *
find_longest (People *self, guint kinds, const char *text, const char **end)
{
  const RegLabel *found = NULL;

  for (const char *p = text;; p++)
    {
      const RegLabel *label;

      if (*p != '\0' && !is_separator (*p))
        continue;
      label = reg_directory_find_label (self->lines->directory, kinds, text, p - text);
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
read_groups (People *self, Meaning *meaning, guint kinds, const char *text)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (const char *p = text; *p != '\0';)
    {
      const char *end = p;
      const RegLabel *label;

      if (is_separator (*p) || g_ascii_isspace (*p))
        {
          p++;
          continue;
        }
      label = find_longest (self, kinds, p, &end);
      if (label == NULL)
        {
          g_autofree char *name = NULL;

          while (*end != '\0' && !is_separator (*end))
            end++;
          name = g_strstrip (g_strndup (p, end - p));
          refuse_label (self, meaning, kinds, name);
          return;
        }
      add_id (ids, label->id);
      p = end;
    }
  meaning->value = join_ids (ids);
}

static void
read_location (People *self, Meaning *meaning, const char *text)
{
  guint kinds = 1u << REG_LABEL_LOCATION;
  const RegLabel *label =
      reg_directory_find_label (self->lines->directory, kinds, text, strlen (text));

  if (label == NULL)
    refuse_label (self, meaning, kinds, text);
  else
    meaning->value = g_strdup_printf ("%" G_GINT64_FORMAT, label->id);
}

static guint
get_label_kinds (const People *self)
{
  guint groups = 1u << REG_LABEL_GROUP;

  /* Whoever adds people to something may mean a team or a tag; a column of groups replaces groups
   * alone. */
  return g_str_equal (self->lines->action->name, "add-to-groups")
             ? groups | 1u << REG_LABEL_TEAM | 1u << REG_LABEL_TAG
             : groups;
}

static void
read_meaning (People *self, Meaning *meaning, RegColumnKind kind, const char *text)
{
  switch (kind)
    {
    case REG_COLUMN_GROUPS:
      read_groups (self, meaning, get_label_kinds (self), text);
      break;
    case REG_COLUMN_LOCATION:
      read_location (self, meaning, text);
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
    case REG_COLUMN_ROLE:
    case REG_COLUMN_MANAGER:
      meaning->value = g_strdup (text);
      break;
    }
}

static const Meaning *
get_meaning (People *self, guint place, guint32 cell)
{
  const RegImportValues *values = &self->lines->values;
  Meaning *meaning = g_hash_table_lookup (self->meanings[place], GUINT_TO_POINTER (cell));

  if (meaning != NULL)
    return meaning;
  meaning = g_new0 (Meaning, 1);
  read_meaning (self, meaning, values->kinds[place], values->texts.text + cell);
  g_hash_table_insert (self->meanings[place], GUINT_TO_POINTER (cell), meaning);
  return meaning;
}

/* ---- Lines ---- */

static RegImportLine *
get_line (const People *self, guint32 index)
{
  return &g_array_index (self->lines->lines, RegImportLine, index);
}

/* The first cell that means nothing is what is said of the line. */
static void
check_meanings (People *self, RegImportLine *line)
{
  const RegImportValues *values = &self->lines->values;

  for (guint i = 0; line->bad == 0 && i < values->n; i++)
    {
      guint32 cell = reg_import_values_get_cell (values, line->detail, i);
      const Meaning *meaning = cell != 0 ? get_meaning (self, i, cell) : NULL;

      if (meaning != NULL && meaning->reason != REG_REASON_NONE)
        reg_import_lines_refuse (self->lines, line, meaning->reason, g_strdup (meaning->sentence));
    }
}

/* Lines of one person are a chain in the order of the file. */
static void
chain_line (People *self, guint32 index)
{
  RegImportLine *line = get_line (self, index);
  guint32 at = self->first_line[line->user];

  if (at == 0)
    {
      self->first_line[line->user] = index + 1;
      return;
    }
  for (;; at = self->outcomes[at - 1].next)
    {
      RegImportLine *other = get_line (self, at - 1);

      if (reg_import_values_is_same (&self->lines->values, other->detail, line->detail))
        {
          reg_import_lines_refuse_double (self->lines, other, line, TRUE);
          return;
        }
      if (self->outcomes[at - 1].next == 0)
        break;
    }
  self->outcomes[at - 1].next = index + 1;
}

static void
settle_lines (People *self)
{
  for (guint32 i = 0; i < self->lines->lines->len; i++)
    {
      RegImportLine *line = get_line (self, i);

      self->outcomes[i].first_field = NO_FIELD;
      if (line->bad == 0)
        check_meanings (self, line);
      if (line->bad == 0)
        chain_line (self, i);
    }
}

/* ---- People ---- */

/* The person's labels with those of the line. */
static char *
merge_labels (const RegUser *user, const char *added)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  const char *lists[] = { user->labels, added };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (const char *p = lists[i]; *p == ',' && p[1] != '\0';)
      add_id (ids, g_ascii_strtoll (p + 1, (char **)&p, 10));
  return join_ids (ids);
}

static RegParams *
dup_params (People *self, const RegUser *user, const RegImportLine *line)
{
  const RegImportValues *values = &self->lines->values;
  RegParams *params = reg_params_new ();

  for (guint i = 0; i < values->n; i++)
    {
      guint32 cell = reg_import_values_get_cell (values, line->detail, i);
      const Meaning *meaning = cell != 0 ? get_meaning (self, i, cell) : NULL;
      g_autofree char *labels = NULL;

      if (meaning == NULL)
        continue;
      if (values->kinds[i] == REG_COLUMN_GROUPS)
        {
          labels = merge_labels (user, meaning->value);
          reg_params_set (params, "labels", labels);
        }
    }
  return params;
}

/* Leaves out what already is so. Returns: (nullable): NULL where nothing is left */
static RegParams *
keep_changes (People *self, RegSubject *subject, const RegParams *params, const RegParams *base)
{
  g_autoptr (RegParams) changes = reg_params_new ();

  for (guint i = 0; i < reg_params_get_size (params); i++)
    {
      const char *key = reg_params_get_key (params, i);
      const char *value = reg_params_get (params, key);

      if (g_strcmp0 (reg_params_get (base, key), value) != 0)
        reg_params_set (changes, key, value);
    }
  return reg_params_get_size (changes) > 0 ? g_steal_pointer (&changes) : NULL;
}

static const char *
keep_text (RegImportPlan *plan, const char *text)
{
  return text != NULL && *text != '\0' ? g_string_chunk_insert_const (plan->strings, text) : "";
}

static guint32
keep_fields (RegImportPlan *plan, const RegParams *changes, const RegParams *base)
{
  guint32 first = plan->fields->len;
  guint n = reg_params_get_size (changes);

  for (guint i = 0; i < n; i++)
    {
      const char *key = reg_params_get_key (changes, i);
      RegImportField field = {
        .key = keep_text (plan, key),
        .before = keep_text (plan, reg_params_get (base, key)),
        .after = keep_text (plan, reg_params_get (changes, key)),
        .is_last = i + 1 == n,
      };

      g_array_append_val (plan->fields, field);
    }
  return first;
}

static void
judge_line (People *self, RegSubject *subject, guint32 index)
{
  Outcome *outcome = &self->outcomes[index];
  g_autoptr (RegParams) params = dup_params (self, subject->user, get_line (self, index));
  g_autoptr (RegParams) base = reg_operation_dup_base (self->operation, subject, params);
  g_autoptr (RegParams) changes = keep_changes (self, subject, params, base);
  g_autofree char *sentence = NULL;

  if (changes == NULL)
    return;
  outcome->reason = reg_operation_check (self->operation, subject, changes, &sentence);
  if (outcome->reason != REG_REASON_NONE)
    {
      if (sentence == NULL)
        sentence = reg_reason_dup_sentence (outcome->reason, NULL, NULL);
      outcome->sentence = g_string_chunk_insert_const (self->plan->strings, sentence);
      return;
    }
  outcome->first_field = keep_fields (self->plan, changes, base);
  /* Another line of the same person goes on from here. */
  if (outcome->next != 0)
    reg_operation_apply (self->operation, subject, changes);
}

static void
on_person (const RegUser *user, gpointer data)
{
  People *self = data;
  guint32 index = reg_directory_find_user_id (self->lines->directory, user->id);
  g_autoptr (RegUser) own = NULL;
  RegSubject subject = {
    .actor_id = self->lines->request->actor_id,
    .actor_role = self->lines->request->actor_role,
    .now = self->lines->request->now,
  };

  if (index == REG_DIRECTORY_NONE || self->first_line[index] == 0
      || (self->n_visited++ % PEOPLE_STEP == 0 && g_cancellable_is_cancelled (self->cancellable)))
    return;
  subject.user = own = reg_user_copy (user);
  for (guint32 at = self->first_line[index]; at != 0; at = self->outcomes[at - 1].next)
    judge_line (self, &subject, at - 1);
}

/* ---- Telling ---- */

static void
tell_line (People *self, guint8 *told, guint32 index)
{
  RegImportPlan *plan = self->plan;
  const RegImportLine *line = get_line (self, index);
  const Outcome *outcome = &self->outcomes[index];
  gint64 user;

  if (line->bad != 0)
    {
      reg_import_plan_tell_bad (plan, self->lines, line);
      return;
    }
  user = reg_directory_get_user_id_at (self->lines->directory, line->user);
  if (outcome->reason != REG_REASON_NONE)
    {
      RegImportCannot cannot = { .user_id = user,
                                 .line = line->line,
                                 .reason = outcome->reason,
                                 .sentence = outcome->sentence };

      g_array_append_val (plan->cannot, cannot);
      plan->n_cannot_users += (told[line->user] & 2) == 0;
      told[line->user] |= 2;
    }
  else if (outcome->first_field != NO_FIELD)
    {
      RegImportItem item = { .user_id = user, .line = line->line, .detail = outcome->first_field };

      g_array_append_val (plan->will, item);
      plan->n_will_lines++;
      plan->n_users += (told[line->user] & 1) == 0;
      told[line->user] |= 1;
    }
  else
    {
      gint64 number = line->line;

      g_array_append_val (plan->unmarked, number);
      return;
    }
  plan->n_accepted++;
}

gboolean
reg_import_people_fill (RegImportPlan *plan,
                        RegImportLines *lines,
                        GCancellable *cancellable,
                        GError **error)
{
  guint n_users = reg_directory_get_n_users (lines->directory);
  g_autofree guint32 *first_line = g_new0 (guint32, n_users + 1);
  g_autofree guint8 *told = g_new0 (guint8, n_users + 1);
  g_autofree Outcome *outcomes = g_new0 (Outcome, MAX (lines->lines->len, 1));
  People self = { .lines = lines,
                  .plan = plan,
                  .operation = reg_operation_find (lines->action->operation),
                  .first_line = first_line,
                  .outcomes = outcomes,
                  .cancellable = cancellable };
  gboolean ok;

  for (guint i = 0; i < REG_IMPORT_MAX_VALUES; i++)
    self.meanings[i] = g_hash_table_new_full (NULL, NULL, NULL, meaning_free);
  settle_lines (&self);
  ok = reg_directory_visit_people (lines->directory, on_person, &self, error)
       && !g_cancellable_set_error_if_cancelled (cancellable, error);
  for (guint32 i = 0; ok && i < lines->lines->len; i++)
    tell_line (&self, told, i);
  for (guint i = 0; i < REG_IMPORT_MAX_VALUES; i++)
    g_hash_table_unref (self.meanings[i]);
  return ok;
}
