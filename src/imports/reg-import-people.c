/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everybody's record is looked at once, in the order the directory hands them over, so that no
 * second copy of all people is held; what comes of it is told line by line. Distinct values are
 * read once: a roster of a hundred thousand has a handful of locations. */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-import-people.h"
#include "imports/reg-directory-private.h"
#include "imports/reg-import-match.h"
#include "imports/reg-import-meaning.h"

#include "rules/reg-operation.h"
#include "rules/reg-status.h"
#include "rules/reg-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NO_FIELD G_MAXUINT32
#define PEOPLE_STEP 4096

/* What becomes of a line. */
typedef struct
{
  guint32 first_field; /* NO_FIELD: nothing changes */
  guint32 next;        /* the person's next line + 1 */
  guint32 refusal;     /* 0, or index + 1 */
} Outcome;

/* Why something cannot happen to somebody who is known. */
typedef struct
{
  RegReason reason;
  const char *sentence;
} Refusal;

/* Lines by what nobody has yet of a column. The text itself stands in the line. */
typedef struct
{
  RegTextSlots slots;
  int place; /* of the column; -1 where there is none */
} Claims;

typedef struct
{
  RegImportLines *lines;
  RegImportPlan *plan;
  RegPeopleRule people;
  RegEmptyRule empty;
  GHashTable *meanings[REG_IMPORT_MAX_VALUES]; /* cell → RegImportMeaning */
  Claims emails;                               /* of whom nobody knows yet */
  Claims employee_ids;
  guint32 *first_line; /* by person: line + 1 */
  Outcome *outcomes;   /* by line */
  GArray *refusals;    /* Refusal */
  GCancellable *cancellable;
  gsize n_visited;
} People;

/* ---- What cells mean ---- */

static RegImportLine *
get_line (const People *self, guint32 index)
{
  return &g_array_index (self->lines->lines, RegImportLine, index);
}

/* The line's key in the column: addresses are the same in any capitals. */
static gboolean
has_key (const People *self, const Claims *claims, guint32 index, const char *key)
{
  const char *text =
      reg_import_values_get (&self->lines->values, get_line (self, index)->detail, claims->place);
  g_autofree char *own = claims == &self->emails ? reg_email_key (text, -1) : NULL;

  return strcmp (own != NULL ? own : text, key) == 0;
}

/* The line that claims the key, or REG_DIRECTORY_NONE; *at is the slot of the one or the other. */
static guint32
probe_claim (const People *self, const Claims *claims, const char *key, guint32 hash, guint32 *at)
{
  guint32 number;

  for (*at = hash; (number = reg_text_slots_probe (&claims->slots, hash, at)) != 0; (*at)++)
    if (has_key (self, claims, number - 1, key))
      return number - 1;
  return REG_DIRECTORY_NONE;
}

static guint32
find_claim (const People *self, const Claims *claims, const char *key)
{
  guint32 at;

  return claims->slots.slots != NULL && *key != '\0'
             ? probe_claim (self, claims, key, reg_text_hash (key, strlen (key)), &at)
             : REG_DIRECTORY_NONE;
}

/* Whether somebody who is new in the file has that e-mail or employee ID. */
static gboolean
comes_with_file (const char *text, gpointer data)
{
  const People *self = data;
  g_autofree char *key = reg_email_key (text, -1);

  return find_claim (self, &self->emails, key) != REG_DIRECTORY_NONE
         || find_claim (self, &self->employee_ids, text) != REG_DIRECTORY_NONE;
}

static const RegImportMeaning *
get_meaning (People *self, guint place, guint32 cell)
{
  const RegImportValues *values = &self->lines->values;
  const RegImportMeanings meanings = { .directory = self->lines->directory,
                                       .label_kinds = reg_import_get_group_kinds (self->people),
                                       .is_new = comes_with_file,
                                       .data = self };
  RegImportMeaning *meaning = g_hash_table_lookup (self->meanings[place], GUINT_TO_POINTER (cell));

  if (meaning != NULL)
    return meaning;
  meaning = reg_import_meaning_read (&meanings, values->kinds[place], values->texts.text + cell);
  g_hash_table_insert (self->meanings[place], GUINT_TO_POINTER (cell), meaning);
  return meaning;
}

/* ---- Lines ---- */

/* An employee ID that is none any more must not take the place of a good one. */
static void
check_employee_id (People *self, RegImportLine *line)
{
  const char *text =
      reg_import_values_get (&self->lines->values, line->detail, self->employee_ids.place);
  gsize len = strlen (text);

  if (reg_import_match_is_rounded (text, len))
    reg_import_match_refuse_rounded (self->lines, line, text, len);
}

/* The first cell that means nothing is what is said of the line. */
static void
check_meanings (People *self, RegImportLine *line)
{
  const RegImportValues *values = &self->lines->values;

  check_employee_id (self, line);
  for (guint i = 0; line->bad == 0 && i < values->n; i++)
    {
      guint32 cell = reg_import_values_get_cell (values, line->detail, i);
      const RegImportMeaning *meaning = cell != 0 && !reg_import_is_verbatim (values->kinds[i])
                                            ? get_meaning (self, i, cell)
                                            : NULL;

      if (meaning != NULL && meaning->reason != REG_REASON_NONE)
        reg_import_lines_refuse (self->lines, line, meaning->reason, g_strdup (meaning->sentence));
    }
}

/* Whether two lines say the same; an address does in any capitals. */
static gboolean
is_same_line (const People *self, const RegImportLine *one, const RegImportLine *other)
{
  const RegImportValues *values = &self->lines->values;
  g_autofree char *key = NULL;
  g_autofree char *other_key = NULL;

  if (reg_import_values_is_same (values, one->detail, other->detail))
    return TRUE;
  for (guint i = 0; i < values->n; i++)
    if ((int)i != self->emails.place
        && !reg_import_values_is_same_cell (values, one->detail, other->detail, i))
      return FALSE;
  key = reg_email_key (reg_import_values_get (values, one->detail, self->emails.place), -1);
  other_key = reg_email_key (reg_import_values_get (values, other->detail, self->emails.place), -1);
  return g_str_equal (key, other_key);
}

/* ---- People who are new ---- */

/* The line that was the first to name this key; this one from now on where that one is left out. */
static guint32
claim (People *self, Claims *claims, const char *key, guint32 index)
{
  guint32 hash = reg_text_hash (key, strlen (key)), at, there;

  if (*key == '\0')
    return index;
  there = probe_claim (self, claims, key, hash, &at);
  if (there <= index && get_line (self, there)->bad == 0)
    return there;
  reg_text_slots_put (&claims->slots, hash, at, index);
  return index;
}

/* Who stands in the file and is not known: before anything is judged, for those who name a manager
 * further down. A known person may get an e-mail nobody has. */
static void
claim_all (People *self)
{
  const RegImportValues *values = &self->lines->values;

  if (self->people == REG_PEOPLE_USUAL)
    return;
  reg_text_slots_init (&self->emails.slots, self->lines->lines->len);
  reg_text_slots_init (&self->employee_ids.slots, self->lines->lines->len);
  for (guint32 i = 0; i < self->lines->lines->len; i++)
    {
      const RegImportLine *line = get_line (self, i);
      const char *employee_id =
          reg_import_values_get (values, line->detail, self->employee_ids.place);
      g_autofree char *key =
          reg_email_key (reg_import_values_get (values, line->detail, self->emails.place), -1);

      if (line->bad != 0)
        continue;
      if (reg_directory_find_email (self->lines->directory, key, strlen (key))
          == REG_DIRECTORY_NONE)
        claim (self, &self->emails, key, i);
      if (reg_directory_find_employee (self->lines->directory, employee_id, strlen (employee_id))
          == REG_DIRECTORY_NONE)
        claim (self, &self->employee_ids, employee_id, i);
    }
}

/* Two lines for one e-mail or employee ID that nobody has yet. */
static void
settle_claims (People *self, guint32 index)
{
  const RegImportValues *values = &self->lines->values;
  RegImportLine *line = get_line (self, index);
  const char *employee_id = reg_import_values_get (values, line->detail, self->employee_ids.place);
  g_autofree char *key =
      reg_email_key (reg_import_values_get (values, line->detail, self->emails.place), -1);
  guint32 first[2] = { index, index };

  if (find_claim (self, &self->emails, key) != REG_DIRECTORY_NONE)
    first[0] = claim (self, &self->emails, key, index);
  if (find_claim (self, &self->employee_ids, employee_id) != REG_DIRECTORY_NONE)
    first[1] = claim (self, &self->employee_ids, employee_id, index);
  for (guint i = 0; line->bad == 0 && i < G_N_ELEMENTS (first); i++)
    if (first[i] != index)
      {
        RegImportLine *other = get_line (self, first[i]);

        reg_import_lines_refuse_double (self->lines, other, line, is_same_line (self, other, line));
      }
}

/* Lines of one person are a chain in the order of the file, where each adds something; else they
 * contradict each other. */
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

      gboolean is_same = is_same_line (self, other, line);

      if (is_same || self->people != REG_PEOPLE_USUAL)
        {
          reg_import_lines_refuse_double (self->lines, other, line, is_same);
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
  claim_all (self);
  for (guint32 i = 0; i < self->lines->lines->len; i++)
    {
      RegImportLine *line = get_line (self, i);

      self->outcomes[i].first_field = NO_FIELD;
      if (line->bad == 0)
        check_meanings (self, line);
      if (line->bad == 0 && self->people != REG_PEOPLE_USUAL)
        settle_claims (self, i);
      if (line->bad == 0 && line->user != REG_DIRECTORY_NONE)
        chain_line (self, i);
    }
}

/* ---- People ---- */

/* Adds the ids of a list of labels whose kinds are set. */
static void
add_labels (People *self, GArray *ids, const char *list, guint kinds)
{
  for (const char *p = list; *p == ',' && p[1] != '\0';)
    {
      gint64 id = g_ascii_strtoll (p + 1, (char **)&p, 10);
      const RegLabel *label = reg_directory_get_label (self->lines->directory, id);

      if (label == NULL || (kinds & 1u << label->kind) != 0)
        reg_import_add_id (ids, id);
    }
}

/* A column of groups replaces the groups of a person, not their teams and tags. */
static void
set_labels (People *self, RegParams *params, const RegUser *user, const char *groups)
{
  const guint kinds = reg_import_get_group_kinds (self->people);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *labels = NULL;

  add_labels (self, ids, user->labels, reg_import_get_group_kinds (REG_PEOPLE_USUAL) & ~kinds);
  add_labels (self, ids, groups, kinds);
  labels = reg_import_join_ids (ids);
  reg_params_set (params, "labels", labels);
}

/* Written in other capitals it still is the same address. */
static void
set_email (RegParams *params, const RegUser *user, const char *email)
{
  g_autofree char *key = reg_email_key (email, -1);
  g_autofree char *own = reg_email_key (user->email, -1);

  if (strcmp (key, own) != 0)
    reg_params_set (params, "email", email);
}

static const char *
get_key (RegColumnKind kind)
{
  switch (kind)
    {
    case REG_COLUMN_EMPLOYEE_ID:
      return "employee_id";
    case REG_COLUMN_GIVEN_NAME:
      return "given_name";
    case REG_COLUMN_FAMILY_NAME:
      return "family_name";
    case REG_COLUMN_ROLE:
      return "role";
    case REG_COLUMN_LOCATION:
      return "location_id";
    case REG_COLUMN_MANAGER:
      return "manager_id";
    case REG_COLUMN_UNNAMED:
    case REG_COLUMN_IGNORED:
    case REG_COLUMN_IDENTIFIER:
    case REG_COLUMN_EMAIL:
    case REG_COLUMN_REQUIREMENT:
    case REG_COLUMN_DUE_DATE:
    case REG_COLUMN_MESSAGE:
    case REG_COLUMN_COURSE:
    case REG_COLUMN_COURSE_NAME:
    case REG_COLUMN_GROUPS:
      break;
    }
  g_return_val_if_reached ("");
}

/* Nobody loses what they are found by, or their role. */
static gboolean
can_be_empty (RegColumnKind kind)
{
  return kind != REG_COLUMN_EMAIL && kind != REG_COLUMN_EMPLOYEE_ID && kind != REG_COLUMN_ROLE;
}

/* Whether an empty cell of the column takes something away. */
static gboolean
may_clear (const People *self, RegColumnKind kind, const RegUser *user)
{
  return self->empty == REG_EMPTY_CLEAR && user->id != 0 && can_be_empty (kind);
}

/* The line that brings the manager of another, who is not known yet; REG_DIRECTORY_NONE where its
 * manager is known, or there is none. */
static guint32
find_manager_line (People *self, const RegImportLine *line)
{
  const RegImportValues *values = &self->lines->values;
  int place = reg_import_values_find (values, REG_COLUMN_MANAGER);
  guint32 cell = place >= 0 ? reg_import_values_get_cell (values, line->detail, place) : 0;
  const char *text;
  g_autofree char *key = NULL;
  guint32 found;

  if (cell == 0 || !get_meaning (self, place, cell)->is_new)
    return REG_DIRECTORY_NONE;
  text = reg_import_values_get (values, line->detail, place);
  key = reg_email_key (text, -1);
  found = find_claim (self, &self->emails, key);
  return found != REG_DIRECTORY_NONE ? found : find_claim (self, &self->employee_ids, text);
}

/* Somebody known who gets a new address in the file has an id all the same. */
static void
set_manager (People *self, RegParams *params, const RegImportLine *line)
{
  guint32 index = find_manager_line (self, line);
  guint32 user = index != REG_DIRECTORY_NONE ? get_line (self, index)->user : REG_DIRECTORY_NONE;

  if (user != REG_DIRECTORY_NONE)
    reg_params_set_int64 (params, "manager_id",
                          reg_directory_get_user_id_at (self->lines->directory, user));
}

static RegParams *
dup_params (People *self, const RegUser *user, const RegImportLine *line)
{
  const RegImportValues *values = &self->lines->values;
  RegParams *params = reg_params_new ();

  for (guint i = 0; i < values->n; i++)
    {
      guint32 cell = reg_import_values_get_cell (values, line->detail, i);
      RegColumnKind kind = values->kinds[i];
      const RegImportMeaning *meaning = NULL;
      const char *value;

      if (cell == 0 && !may_clear (self, kind, user))
        continue;
      if (cell != 0 && !reg_import_is_verbatim (kind))
        meaning = get_meaning (self, i, cell);
      value = meaning != NULL ? meaning->value : reg_import_values_get (values, line->detail, i);
      if (meaning != NULL && meaning->is_new)
        set_manager (self, params, line);
      else if (kind == REG_COLUMN_GROUPS)
        set_labels (self, params, user, value);
      else if (kind == REG_COLUMN_EMAIL)
        set_email (params, user, value);
      else
        reg_params_set (params, get_key (kind), value);
    }
  return params;
}

/* Leaves out what already is so. Returns: (nullable): NULL where nothing is left */
static RegParams *
keep_changes (const RegParams *params, const RegParams *base)
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

/* What is new mostly stands in the line as it is. Of the other texts most stand there once: to look
 * each up would take more room than those that repeat. */
static guint32
keep_text (RegImportValues *values, const RegImportLine *line, const char *text)
{
  if (text == NULL || *text == '\0')
    return 0;
  for (guint i = 0; i < values->n; i++)
    if (strcmp (reg_import_values_get (values, line->detail, (int)i), text) == 0)
      return reg_import_values_get_cell (values, line->detail, i);
  return reg_text_arena_add (&values->texts, text, strlen (text));
}

static guint32
keep_fields (People *self,
             const RegImportLine *line,
             const RegParams *changes,
             const RegParams *base)
{
  RegImportPlan *plan = self->plan;
  RegImportValues *values = &self->lines->values;
  guint32 first = plan->fields->len;
  guint n = reg_params_get_size (changes);

  for (guint i = 0; i < n; i++)
    {
      const char *key = reg_params_get_key (changes, i);
      RegImportField field = {
        .key = reg_import_values_intern (values, key, strlen (key)),
        .before = keep_text (values, line, reg_params_get (base, key)),
        .after = keep_text (values, line, reg_params_get (changes, key)),
        .is_last = i + 1 == n,
      };

      g_array_append_val (plan->fields, field);
    }
  return first;
}

static void
refuse (People *self, Outcome *outcome, RegReason reason, const char *sentence)
{
  const Refusal refusal = { reason, g_string_chunk_insert_const (self->plan->strings, sentence) };

  g_array_append_val (self->refusals, refusal);
  outcome->refusal = self->refusals->len;
}

/* Somebody the file may not change is not changed, whatever it says, but where that is wanted. */
static gboolean
leave_existing (People *self, Outcome *outcome, const RegImportLine *line)
{
  if (self->people != REG_PEOPLE_NEW
      || reg_import_lines_find_instead (self->lines, line, REG_REASON_USER_EXISTS) != NULL)
    return FALSE;
  refuse (self, outcome, REG_REASON_USER_EXISTS, _ ("Already there: not added again."));
  return TRUE;
}

/* Adds the manager who comes with another line: who that is, is known when it is staged. FALSE
 * where there is none. */
static gboolean
add_new_manager (People *self, const RegImportLine *line, RegParams *changes)
{
  guint32 index = find_manager_line (self, line);
  g_autofree char *value = NULL;

  if (index == REG_DIRECTORY_NONE || get_line (self, index)->user != REG_DIRECTORY_NONE)
    return FALSE;
  value = g_strdup_printf (REG_IMPORT_OF_LINE "%u", get_line (self, index)->line);
  reg_params_set (changes, "manager_id", value);
  return TRUE;
}

static void
count_empty (People *self, const RegImportLine *line)
{
  const RegImportValues *values = &self->lines->values;

  for (guint i = 0; i < values->n; i++)
    self->plan->n_empty += can_be_empty (values->kinds[i])
                           && reg_import_values_get_cell (values, line->detail, i) == 0;
}

/* What is new of what the line says; and what was there of it. NULL where nothing is. */
static RegParams *
dup_changes (People *self, RegSubject *subject, const RegImportLine *line, RegParams **base)
{
  g_autoptr (RegParams) params = dup_params (self, subject->user, line);

  *base = reg_operation_dup_base (reg_operation_find ("edit-user"), subject, params);
  count_empty (self, line);
  return keep_changes (params, *base);
}

/* Only what is new of it is added, so that groups that others give meanwhile are kept. */
static RegParams *
dup_new_labels (People *self, const RegUser *user, const RegImportLine *line, RegParams **base)
{
  const RegImportValues *values = &self->lines->values;
  int place = reg_import_values_find (values, REG_COLUMN_GROUPS);
  guint32 cell = place >= 0 ? reg_import_values_get_cell (values, line->detail, place) : 0;
  g_autofree char *added =
      cell != 0 ? reg_user_labels_remove (get_meaning (self, place, cell)->value, user->labels)
                : g_strdup ("");
  RegParams *params;

  *base = NULL;
  if (*added == '\0')
    return NULL;
  *base = reg_params_new ();
  reg_params_set (*base, "add_labels", user->labels);
  params = reg_params_new ();
  reg_params_set (params, "add_labels", added);
  return params;
}

static void
judge_line (People *self, RegSubject *subject, guint32 index)
{
  Outcome *outcome = &self->outcomes[index];
  gboolean joins = self->people == REG_PEOPLE_USUAL;
  const RegOperation *operation = reg_operation_find (joins ? "set-groups" : "edit-user");
  g_autoptr (RegParams) base = NULL;
  g_autoptr (RegParams) changes = NULL;
  g_autofree char *sentence = NULL;
  RegReason reason = REG_REASON_NONE;

  if (leave_existing (self, outcome, get_line (self, index)))
    return;
  changes = joins ? dup_new_labels (self, subject->user, get_line (self, index), &base)
                  : dup_changes (self, subject, get_line (self, index), &base);
  if (changes != NULL)
    reason = reg_operation_check (operation, subject, changes, &sentence);
  if (reason != REG_REASON_NONE)
    {
      if (sentence == NULL)
        sentence = reg_reason_dup_sentence (reason, NULL, NULL);
      refuse (self, outcome, reason, sentence);
      return;
    }
  if (changes == NULL)
    changes = reg_params_new ();
  add_new_manager (self, get_line (self, index), changes);
  if (reg_params_get_size (changes) == 0)
    return;
  outcome->first_field = keep_fields (self, get_line (self, index), changes, base);
  /* Another line of the same person goes on from here. */
  if (outcome->next != 0)
    reg_operation_apply (operation, subject, changes);
}

/* Somebody new who cannot be added is nobody: the line is not imported. */
static void
judge_new (People *self, guint32 index)
{
  const RegOperation *add = reg_operation_find ("add-user");
  g_autoptr (RegUser) blank = reg_user_new ();
  RegImportLine *line = get_line (self, index);
  RegSubject subject = {
    .user = blank,
    .actor_id = self->lines->request->actor_id,
    .actor_role = self->lines->request->actor_role,
    .now = self->lines->request->now,
  };
  g_autoptr (RegParams) params = dup_params (self, blank, line);
  char *sentence = NULL;
  RegReason reason;

  blank->state = REG_USER_STATE_PENDING;
  reason = reg_operation_check (add, &subject, params, &sentence);
  if (reason != REG_REASON_NONE)
    reg_import_lines_refuse (self->lines, line, reason, sentence);
  else
    {
      add_new_manager (self, line, params);
      self->outcomes[index].first_field = keep_fields (self, line, params, NULL);
    }
}

/* ---- Managers who come with the file ---- */

static void
refuse_orphan (People *self, RegImportLine *line, const RegImportLine *other)
{
  const RegImportValues *values = &self->lines->values;
  const char *manager = reg_import_values_get (values, line->detail,
                                               reg_import_values_find (values, REG_COLUMN_MANAGER));

  if (line == other)
    reg_import_lines_refuse (self->lines, line, REG_REASON_USER_UNKNOWN,
                             g_strdup (_ ("Nobody can be their own manager.")));
  else
    reg_import_lines_refuse (
        self->lines, line, REG_REASON_USER_UNKNOWN,
        g_strdup_printf (_ ("The manager %s stands in line %u, which may not be imported."),
                         manager, other->line));
}

/* Whoever has a manager who is not added, and so on down to those who have nobody below them. Every
 * line is walked through once: state 1 is on the way, 2 settled. */
static void
refuse_orphans (People *self)
{
  guint32 n = self->lines->lines->len;
  g_autofree guint8 *state = g_new0 (guint8, MAX (n, 1));
  g_autoptr (GArray) way = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 i = 0; self->people != REG_PEOPLE_USUAL && i < n; i++)
    {
      guint32 at = i;

      g_array_set_size (way, 0);
      while (at != REG_DIRECTORY_NONE && state[at] == 0)
        {
          state[at] = 1;
          g_array_append_val (way, at);
          at = get_line (self, at)->bad == 0 ? find_manager_line (self, get_line (self, at))
                                             : REG_DIRECTORY_NONE;
        }
      for (guint k = way->len; k > 0; k--)
        {
          guint32 own = g_array_index (way, guint32, k - 1);
          RegImportLine *line = get_line (self, own);
          guint32 other = line->bad == 0 ? find_manager_line (self, line) : REG_DIRECTORY_NONE;

          state[own] = 2;
          if (other == own || (other != REG_DIRECTORY_NONE && get_line (self, other)->bad != 0))
            refuse_orphan (self, line, get_line (self, other));
        }
    }
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
  gboolean is_new = line->user == REG_DIRECTORY_NONE;
  gint64 user;

  if (line->bad != 0)
    {
      reg_import_plan_tell_bad (plan, self->lines, line);
      return;
    }
  user = is_new ? 0 : reg_directory_get_user_id_at (self->lines->directory, line->user);
  if (outcome->refusal != 0)
    {
      const Refusal *refusal = &g_array_index (self->refusals, Refusal, outcome->refusal - 1);
      RegImportCannot cannot = { .user_id = user,
                                 .line = line->line,
                                 .reason = refusal->reason,
                                 .sentence = refusal->sentence };

      g_array_append_val (plan->cannot, cannot);
      plan->n_cannot_users += (told[line->user] & 2) == 0;
      told[line->user] |= 2;
    }
  else if (outcome->first_field != NO_FIELD)
    {
      RegImportItem item = { .user_id = user, .line = line->line, .detail = outcome->first_field };

      g_array_append_val (plan->will, item);
      plan->n_will_lines++;
      plan->n_new += is_new;
      plan->n_users += is_new || (told[line->user] & 1) == 0;
      if (!is_new)
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
  g_autoptr (GArray) refusals = g_array_new (FALSE, FALSE, sizeof (Refusal));
  People self = { .lines = lines,
                  .plan = plan,
                  .people = reg_import_lines_get_people (lines),
                  .empty = lines->action->has_empty_rule ? lines->request->empty : REG_EMPTY_LEAVE,
                  .emails.place = reg_import_values_find (&lines->values, REG_COLUMN_EMAIL),
                  .employee_ids.place =
                      reg_import_values_find (&lines->values, REG_COLUMN_EMPLOYEE_ID),
                  .first_line = first_line,
                  .outcomes = outcomes,
                  .refusals = refusals,
                  .cancellable = cancellable };
  gboolean ok;

  for (guint i = 0; i < REG_IMPORT_MAX_VALUES; i++)
    self.meanings[i] = g_hash_table_new_full (NULL, NULL, NULL, reg_import_meaning_free);
  settle_lines (&self);
  for (guint32 i = 0; i < lines->lines->len; i++)
    if (get_line (&self, i)->bad == 0 && get_line (&self, i)->user == REG_DIRECTORY_NONE)
      judge_new (&self, i);
  refuse_orphans (&self);
  ok = reg_directory_visit_people (lines->directory, on_person, &self, error)
       && !g_cancellable_set_error_if_cancelled (cancellable, error);
  for (guint32 i = 0; ok && i < lines->lines->len; i++)
    tell_line (&self, told, i);
  for (guint i = 0; i < REG_IMPORT_MAX_VALUES; i++)
    g_hash_table_unref (self.meanings[i]);
  reg_text_slots_clear (&self.emails.slots);
  reg_text_slots_clear (&self.employee_ids.slots);
  /* The fields name texts there. */
  plan->texts = lines->values.texts;
  lines->values.texts = (RegTextArena){ 0 };
  return ok;
}
