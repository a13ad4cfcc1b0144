/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/import-wizard/reg-plan-sentences.h"

#include "base/reg-words.h"

#include <glib/gi18n-lib.h>

char *
reg_plan_dup_reading (const RegImportPlan *plan, const char *sample)
{
  GString *text = g_string_new (NULL);
  g_autofree char *hidden = reg_import_plan_dup_hidden (plan);

  reg_words_add_printf (text, ngettext ("%'d line", "%'d lines", (gulong)plan->lines_read),
                        (int)plan->lines_read);
  if (plan->n_blank > 0)
    reg_words_add_printf (text, ngettext ("%'d blank", "%'d blank", (gulong)plan->n_blank),
                          (int)plan->n_blank);
  if (plan->unmarked->len > 0)
    reg_words_add_printf (
        text, ngettext ("%'d without a mark", "%'d without a mark", plan->unmarked->len),
        (int)plan->unmarked->len);
  if (plan->left_out->len > 0)
    reg_words_add_printf (text, ngettext ("%'d left out", "%'d left out", plan->left_out->len),
                          (int)plan->left_out->len);
  if (plan->heading_line > 1)
    reg_words_add_printf (text, _ ("headings in line %d"), (int)plan->heading_line);
  reg_words_add (text, hidden);
  if (plan->delimiter == '\t')
    reg_words_add_printf (text, _ ("read as %s, columns split by tabs"), plan->encoding);
  else if (plan->delimiter != 0)
    reg_words_add_printf (text, _ ("read as %s, columns split by “%c”"), plan->encoding,
                          plan->delimiter);
  else if (plan->sheet != NULL)
    reg_words_add_printf (text, _ ("sheet “%s”"), plan->sheet);
  if (plan->delimiter != 0 && sample != NULL)
    /* Translators: a word of the file with an accent, to see whether it was read rightly. */
    reg_words_add_printf (text, _ ("does “%s” look right?"), sample);
  return g_string_free (text, FALSE);
}

char *
reg_plan_dup_ledger (const RegImportPlan *plan, const guint8 *is_ticked)
{
  g_autofree char *words = NULL;
  g_autofree char *text = NULL;
  RegLedger ledger;

  reg_import_plan_init_ledger (plan, &ledger, is_ticked);
  text = reg_ledger_dup_text (&ledger);
  words = reg_ledger_dup_license_words (&ledger);
  reg_ledger_clear (&ledger);
  return words != NULL ? g_strdup_printf ("%s\n%s", text, words) : g_steal_pointer (&text);
}

static const char *
get_people_rule (const RegImportPlan *plan)
{
  switch (plan->people)
    {
    case REG_PEOPLE_USUAL:
      return NULL;
    case REG_PEOPLE_NEW:
      return _ ("Only people who are new are added; those who are there already stay as they are.");
    case REG_PEOPLE_EXISTING:
      return _ ("Only people who are there already are updated; nobody is added.");
    case REG_PEOPLE_BOTH:
      return _ ("People who are new are added, those who are there already are updated.");
    }
  g_return_val_if_reached (NULL);
}

char *
reg_plan_dup_rules (const RegImportPlan *plan)
{
  const char *people = get_people_rule (plan);

  if (plan->people != REG_PEOPLE_EXISTING && plan->people != REG_PEOPLE_BOTH)
    return g_strdup (people != NULL ? people : "");
  return g_strconcat (people, " ",
                      _ ("A column that is not in the file leaves everything as it is."), NULL);
}

char *
reg_plan_dup_empty_rule (const RegImportPlan *plan)
{
  if (plan->empty == REG_EMPTY_LEAVE)
    return g_strdup_printf (ngettext ("%'d cell is empty: what is there stays.",
                                      "%'d cells are empty: what is there stays.",
                                      (gulong)plan->n_empty),
                            (int)plan->n_empty);
  return g_strdup_printf (ngettext ("%'d cell is empty: what is there is taken away.",
                                    "%'d cells are empty: what is there is taken away.",
                                    (gulong)plan->n_empty),
                          (int)plan->n_empty);
}
