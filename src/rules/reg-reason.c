/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-rules"

#include "rules/reg-reason.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  const char *code;
  const char *sentence; /* %1$s and %2$s where the reason has details */
  const char *help;
} Row;

/* In the order of RegReason. */
static const Row rows[] = {
  { "", "", "" },
  { "user-unknown", N_ ("Employee ID or Email ID not found"),
    N_ ("Check the spelling, or sync first if the person is new.") },
  { "user-deactivated", N_ ("User with the given Email ID or Employee ID is deactivated."),
    N_ ("Activate the person in the LMS, sync, and check again.") },
  { "user-archived", N_ ("The user is archived."),
    N_ ("Restore the person first, then try again.") },
  { "user-ambiguous", N_ ("Two users match: by e-mail %1$s, by employee ID %2$s."),
    N_ ("Correct the e-mail or the employee ID so that both name one person.") },
  { "user-duplicate-line", N_ ("Same user as line %1$s."),
    N_ ("Keep one of the lines and delete the other.") },
  { "user-exists", N_ ("Another user has %1$s already: %2$s."),
    N_ ("Edit that user instead, or correct the e-mail or the employee ID.") },
  { "email-invalid", N_ ("Not an e-mail address."), N_ ("Correct the address.") },
  { "course-unknown", N_ ("No course with this id, code or title."),
    N_ ("Correct the course, or sync first if it is new.") },
  { "label-unknown", N_ ("There is no group or location of that name: %1$s."),
    N_ ("Correct the name, or sync first if it is new.") },
  { "already-assigned",
    N_ ("Already assigned: not assigned a second time. No credit used, progress unchanged."),
    N_ ("To start the person from the beginning, reassign the course.") },
  /* What there is nothing of is the operation's to say. */
  { "not-enrolled", N_ ("Not enrolled."),
    N_ ("Whoever should have the course can be assigned it; else leave it as it is.") },
  { "completed-skipped", N_ ("Completed; excluded by your choice."),
    N_ ("Untick the choice to include the person.") },
  { "status-not-allowed", N_ ("Not possible while the status is %1$s."),
    N_ ("Choose another action.") },
  { "mark-unknown", N_ ("Use x or leave empty"),
    N_ ("Write x where the action is wanted, and nothing elsewhere.") },
  { "lines-contradict", N_ ("Conflicts with line %1$s"),
    N_ ("Keep one of the lines and delete the other.") },
  { "heading-missing", N_ ("The heading %1$s is missing."),
    N_ ("Take the headings of the sample file, all of them, also for columns you do not use.") },
  { "heading-unknown", N_ ("The heading %1$s in column %2$s is not known."),
    N_ ("Rename it as in the sample file, or delete the column.") },
  { "heading-twice", N_ ("The heading %1$s is there more than once."),
    N_ ("Keep one of the columns.") },
  { "date-ambiguous", N_ ("The date can be read as %1$s or %2$s."),
    N_ ("Write dates as YYYY-MM-DD.") },
  { "date-invalid", N_ ("Not a date: %1$s."), N_ ("Write dates as YYYY-MM-DD.") },
  { "id-shortened", N_ ("Leading zeros seem lost: %1$s, others have %2$s digits."),
    N_ ("Format the column as text and write the zeros again.") },
  { "licence-short", N_ ("No license left for this product (needed %1$s, available %2$s)."),
    N_ ("Buy licenses or free some, then try again.") },
  { "session-too-old", N_ ("The session ended more than 90 days ago."),
    N_ ("Choose a later session.") },
  { "session-full", N_ ("No seat left."), N_ ("Choose another session.") },
  { "role-missing", N_ ("Your role may not do this."), N_ ("Ask an administrator of the LMS.") },
  { "server-refused", N_ ("The LMS refused: %1$s"),
    N_ ("Read what the LMS says, correct it, and try again.") },
  { "value-invalid", N_ ("Not a valid value: %1$s."), N_ ("Correct the value.") },
  { "field-changed", N_ ("Changed in the LMS since: %1$s."),
    N_ ("Choose which value to keep: yours or the LMS's.") },
  { "operation-unsupported", N_ ("This LMS does not offer that."),
    N_ ("Do it in the LMS's own pages.") },
  { "blocked", N_ ("Waits for an earlier change that was not accepted."),
    N_ ("Settle the earlier change first.") },
  { "nothing-to-do", N_ ("It already is so."), N_ ("Nothing needs to be done.") },
  { "course-kind", N_ ("Not possible in a course of this kind: %1$s."),
    N_ ("Choose another action, or another course.") },
  { "session-unknown", N_ ("The course has no such session."),
    N_ ("Choose one of the course's sessions, or sync first if it is new.") },
  { "no-seat", N_ ("Not in a session."), N_ ("Add the person to a session first.") },
  { "cancelled-out", N_ ("Cancelled out by another change that waited; nothing was sent."),
    N_ ("Nothing needs to be done.") },
  { "course-not-own", N_ ("You are not an instructor of this course."),
    N_ ("Ask an administrator of the LMS to make you an instructor of the course.") },
  { "team-not-own", N_ ("This person is not in your team."),
    N_ ("Ask the person's manager, or an administrator of the LMS.") },
};

G_STATIC_ASSERT (G_N_ELEMENTS (rows) == REG_N_REASONS);

/**
 * reg_reason_to_code:
 * @reason: a reason
 *
 * Returns: (transfer none): its stable code
 */
const char *
reg_reason_to_code (RegReason reason)
{
  g_return_val_if_fail ((guint)reason < G_N_ELEMENTS (rows), "");
  return rows[reason].code;
}

/**
 * reg_reason_from_code:
 * @code: (nullable): a code
 * @reason: (out): its reason
 *
 * Returns: %FALSE where the catalogue has no such code
 */
gboolean
reg_reason_from_code (const char *code, RegReason *reason)
{
  for (guint i = 1; i < G_N_ELEMENTS (rows); i++)
    if (g_strcmp0 (rows[i].code, code) == 0)
      {
        *reason = (RegReason)i;
        return TRUE;
      }
  return FALSE;
}

/**
 * reg_reason_get_help:
 * @reason: a reason
 *
 * Returns: (transfer none): what a person can do about it, translated
 */
const char *
reg_reason_get_help (RegReason reason)
{
  g_return_val_if_fail ((guint)reason < G_N_ELEMENTS (rows), "");
  return *rows[reason].help != '\0' ? _ (rows[reason].help) : "";
}

/**
 * reg_reason_dup_sentence:
 * @reason: a reason
 * @first: (nullable): its first detail
 * @second: (nullable): its second detail
 *
 * Returns: (transfer full): the sentence that is shown, translated
 */
char *
reg_reason_dup_sentence (RegReason reason, const char *first, const char *second)
{
  const char *p, *mark;
  GString *out;

  g_return_val_if_fail ((guint)reason < G_N_ELEMENTS (rows), NULL);
  if (reason == REG_REASON_NONE)
    return g_strdup ("");
  out = g_string_new (NULL);
  for (p = _ (rows[reason].sentence); (mark = strchr (p, '%')) != NULL; p = mark)
    {
      g_string_append_len (out, p, mark - p);
      if (g_str_has_prefix (mark, "%1$s") || g_str_has_prefix (mark, "%2$s"))
        {
          g_string_append (out, mark[1] == '1' ? (first != NULL ? first : "?")
                                               : (second != NULL ? second : "?"));
          mark += 4;
        }
      else
        g_string_append_c (out, *mark++);
    }
  g_string_append (out, p);
  return g_string_free (out, FALSE);
}
