/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a line may become where the operation of its action is not possible (SPEC X-04). As a text,
 * in a correction or on the command line, it is "reassign", or "reassign=remove_records" with what
 * is chosen besides. */
#pragma once

#include "imports/reg-import-action.h"
#include "model/reg-params.h"
#include "rules/reg-operation.h"

G_BEGIN_DECLS

/**
 * RegImportInstead:
 * @name: the word of a correction and of the command line
 * @action: of which import action
 * @reason: why its own operation is not possible
 * @operation: what is done instead
 * @label: what it offers, to be translated; @all_label the same for all alike
 * @will_title: heading of the group where some of them are in it, to be translated
 * @summary_…: the part of the final check's summary, singular and plural, to be translated; %NULL
 *   where the summary tells it anyway
 * @is_with_date: whether it is for lines with a due date, where it is asked for all alike
 * @title_…: of a batch of nothing else: file name and number of people, to be translated
 */
typedef struct
{
  const char *name;
  const char *action;
  RegReason reason;
  const char *operation;
  const char *label;
  const char *all_label;
  const char *will_title;
  const char *summary_one;
  const char *summary_many;
  const char *title_one;
  const char *title_many;
  gboolean is_with_date;
} RegImportInstead;

/* (nullable): what may be done instead */
const RegImportInstead *reg_import_instead_find (const char *action, RegReason reason);
/* (nullable): likewise, whatever the reason; an action has one at most */
const RegImportInstead *reg_import_instead_find_of (const char *action);
/* Whether the text asks for that one. */
gboolean reg_import_instead_fits (const char *text, gconstpointer instead);
/* (nullable): what the text asks for of that action. */
const RegImportInstead *reg_import_instead_parse (const char *text, const char *action);
void reg_import_instead_fill_params (const char *text, RegParams *params);
/* "reassign=remove_records" */
char *reg_import_instead_dup_text (const RegImportInstead *self, const RegParams *chosen);
/* Whether some action knows it, and its operation what is chosen besides. */
gboolean reg_import_instead_is_known (const char *text);
/* "reassign" and so on of all actions, for whoever mistyped one. */
char *reg_import_instead_dup_names (void);

G_END_DECLS
