/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-rules"

#include "rules/reg-ledger.h"

#include "base/reg-words.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* Whether the enrollment holds a license of its course's pool. */
static gboolean
holds_license (const RegEnrollment *enrollment)
{
  return enrollment->present && enrollment->access == REG_ACCESS_ACTIVE;
}

/**
 * reg_operation_apply_counted:
 * @self: an operation
 * @subject: what it is done to
 * @params: (nullable): its parameters
 * @reassign: whether this LMS takes a license for starting anew
 * @cost: (out): what it costs
 *
 * As reg_operation_apply (), and counts.
 */
void
reg_operation_apply_counted (const RegOperation *self,
                             RegSubject *subject,
                             const RegParams *params,
                             RegReassignLicense reassign,
                             RegCost *cost)
{
  gboolean held = subject->enrollment != NULL && holds_license (subject->enrollment);
  gint64 available = subject->pool != NULL ? subject->pool->available : 0;

  *cost = (RegCost){ .mails = (guint8)reg_operation_count_mails (self, params) };
  reg_operation_apply (self, subject, params);
  if (subject->pool == NULL)
    return;
  cost->pool_id = subject->pool->id;
  cost->needed = (gint8)MAX (0, available - subject->pool->available);
  cost->returned = (gint8)MAX (0, subject->pool->available - available);
  cost->used = held && !holds_license (subject->enrollment) && cost->returned == 0;
  if (self->starts_anew && reassign == REG_REASSIGN_LICENSE_ONE)
    cost->needed++;
  cost->undecided = self->starts_anew && reassign == REG_REASSIGN_LICENSE_UNKNOWN;
}

static void
line_clear (gpointer data)
{
  RegLedgerLine *line = data;

  g_free (line->name);
}

void
reg_ledger_init (RegLedger *self)
{
  *self = (RegLedger){ .lines = g_array_new (FALSE, TRUE, sizeof (RegLedgerLine)) };
  g_array_set_clear_func (self->lines, line_clear);
}

void
reg_ledger_clear (RegLedger *self)
{
  g_clear_pointer (&self->lines, g_array_unref);
}

/**
 * reg_ledger_copy:
 * @self: (out caller-allocates): a ledger that was not initialized
 * @from: what it is to say
 */
void
reg_ledger_copy (RegLedger *self, const RegLedger *from)
{
  reg_ledger_init (self);
  self->n_undecided = from->n_undecided;
  self->n_mails = from->n_mails;
  for (guint i = 0; i < from->lines->len; i++)
    {
      RegLedgerLine line = g_array_index (from->lines, RegLedgerLine, i);

      line.name = g_strdup (line.name);
      g_array_append_val (self->lines, line);
    }
}

static RegLedgerLine *
find (const RegLedger *self, gint64 pool_id)
{
  for (guint i = 0; i < self->lines->len; i++)
    if (g_array_index (self->lines, RegLedgerLine, i).pool_id == pool_id)
      return &g_array_index (self->lines, RegLedgerLine, i);
  return NULL;
}

const RegLedgerLine *
reg_ledger_find (const RegLedger *self, gint64 pool_id)
{
  return find (self, pool_id);
}

/**
 * reg_ledger_look:
 * @self: a ledger
 * @pool: (nullable): a pool, before anything is done that draws from it
 *
 * Returns: (nullable): its line, which is made where there is none; %NULL for no pool
 */
RegLedgerLine *
reg_ledger_look (RegLedger *self, const RegLicensePool *pool)
{
  RegLedgerLine *line = pool != NULL ? find (self, pool->id) : NULL;

  if (line != NULL || pool == NULL)
    return line;
  g_array_set_size (self->lines, self->lines->len + 1);
  line = &g_array_index (self->lines, RegLedgerLine, self->lines->len - 1);
  line->pool_id = pool->id;
  line->name = g_strdup (pool->name);
  line->kind = pool->kind;
  line->available = pool->available;
  return line;
}

void
reg_ledger_add (RegLedger *self, const RegCost *cost)
{
  RegLedgerLine *line = cost->pool_id != 0 ? find (self, cost->pool_id) : NULL;

  self->n_mails += cost->mails;
  self->n_undecided += cost->undecided;
  if (line == NULL)
    return;
  line->needed += cost->needed;
  line->returned += cost->returned;
  line->used += cost->used;
}

void
reg_ledger_reset (RegLedger *self)
{
  self->n_mails = self->n_undecided = 0;
  for (guint i = 0; i < self->lines->len; i++)
    {
      RegLedgerLine *line = &g_array_index (self->lines, RegLedgerLine, i);

      line->needed = line->returned = line->used = 0;
    }
}

static void
append_line (GString *text, const RegLedgerLine *line)
{
  if (line->needed == 0 && line->returned == 0 && line->used == 0 && line->left_out == 0)
    return;
  if (text->len > 0)
    g_string_append_c (text, '\n');
  /* Translators: %1$s is the name of a pool of licenses. */
  g_string_append_printf (text, _ ("Licenses, %1$s: %2$" PRIi64 " needed, %3$" PRIi64 " available"),
                          line->name != NULL && *line->name != '\0' ? line->name : _ ("one pool"),
                          line->needed, line->available);
  if (line->returned != 0)
    reg_words_add_printf (text, _ ("%" PRIi64 " returned"), line->returned);
  if (line->used != 0)
    reg_words_add_printf (text, _ ("%" PRIi64 " used, not returned"), line->used);
  if (line->left_out != 0)
    reg_words_add_printf (text, _ ("%" PRIi64 " left out, because no license is left"),
                          line->left_out);
}

/**
 * reg_ledger_dup_licenses:
 * @self: a ledger
 *
 * Returns: (transfer full) (nullable): a line a pool, translated; %NULL where licenses are no
 *   matter
 */
char *
reg_ledger_dup_licenses (const RegLedger *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->lines->len; i++)
    append_line (text, &g_array_index (self->lines, RegLedgerLine, i));
  if (self->n_undecided > 0)
    {
      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, _ ("Licenses: The LMS decides"));
    }
  return g_string_free (text, text->len == 0);
}

/**
 * reg_ledger_dup_mails:
 * @self: a ledger
 *
 * Returns: (transfer full): how many e-mails there will be, translated
 */
char *
reg_ledger_dup_mails (const RegLedger *self)
{
  return g_strdup_printf (_ ("E-mails this will cause: %" PRIi64), self->n_mails);
}

/**
 * reg_ledger_dup_text:
 * @self: a ledger
 *
 * Returns: (transfer full): all of it, a line each, translated
 */
char *
reg_ledger_dup_text (const RegLedger *self)
{
  g_autofree char *licenses = reg_ledger_dup_licenses (self);
  g_autofree char *mails = reg_ledger_dup_mails (self);

  return licenses != NULL ? g_strdup_printf ("%s\n%s", licenses, mails) : g_steal_pointer (&mails);
}

/**
 * reg_ledger_dup_license_words:
 * @self: a ledger
 *
 * Returns: (transfer full) (nullable): what becomes of licenses that are given back, and of those
 *   that were used, a line each; %NULL where there are none
 */
char *
reg_ledger_dup_license_words (const RegLedger *self)
{
  GString *text = g_string_new (NULL);
  gint64 n_returned = 0, n_used = 0;

  for (guint i = 0; i < self->lines->len; i++)
    {
      n_returned += g_array_index (self->lines, RegLedgerLine, i).returned;
      n_used += g_array_index (self->lines, RegLedgerLine, i).used;
    }
  if (n_returned > 0)
    g_string_append (text, _ ("The unused license(s) will automatically be added back to your "
                              "available license pool for re-assignment to a different user."));
  if (n_returned > 0 && n_used > 0)
    g_string_append_c (text, '\n');
  if (n_used > 0)
    g_string_append (text, _ ("The license has been used and does not return to the pool."));
  return g_string_free (text, text->len == 0);
}
