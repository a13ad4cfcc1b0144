/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done about a line that may not be imported: suggestions out of the local copy and out
 * of the file. A suggestion that is taken becomes a correction, and the check runs again. */
#pragma once

#include "imports/reg-import-check.h"

G_BEGIN_DECLS

/**
 * RegRemedy:
 * @REG_REMEDY_EDIT: the line's cells can be written anew
 * @REG_REMEDY_SUGGEST: what it may have been meant to be is suggested
 * @REG_REMEDY_ALIKE: one answer for all cells, or the whole column, alike
 * @REG_REMEDY_KEEP_ONE: one of two lines is chosen
 * @REG_REMEDY_LEAVE_OUT: the line is left out knowingly
 * @REG_REMEDY_RESTORE: the person comes back from the archive
 * @REG_REMEDY_MAP: what the heading means is said on a page of its own
 * @REG_REMEDY_INSTEAD: another operation can be done, RegImportInstead
 * @REG_REMEDY_SHOW_PEOPLE: the people can be shown as a list, to do something else with them
 * @REG_REMEDY_RETRY: the same can be tried again later
 * @REG_REMEDY_NOTHING: there is nothing to put right, and the help of the reason says so
 *
 * The ways out of a reason. Each has one at least.
 */
typedef enum
{
  REG_REMEDY_EDIT = 1 << 0,
  REG_REMEDY_SUGGEST = 1 << 1,
  REG_REMEDY_ALIKE = 1 << 2,
  REG_REMEDY_KEEP_ONE = 1 << 3,
  REG_REMEDY_LEAVE_OUT = 1 << 4,
  REG_REMEDY_RESTORE = 1 << 5,
  REG_REMEDY_MAP = 1 << 6,
  REG_REMEDY_SHOW_PEOPLE = 1 << 7,
  REG_REMEDY_RETRY = 1 << 8,
  REG_REMEDY_NOTHING = 1 << 9,
  REG_REMEDY_INSTEAD = 1 << 10,
} RegRemedy;

RegRemedy reg_import_get_remedies (RegReason reason);

typedef enum
{
  REG_FIX_SET,        /* another text in a cell */
  REG_FIX_DIGITS,     /* zeros before the numbers of a column */
  REG_FIX_DATE_ORDER, /* how the dates of the file are meant */
  REG_FIX_LEAVE_OUT,
  REG_FIX_RESTORE,     /* the person, which is a change of its own */
  REG_FIX_ADD_PERSON,  /* likewise; text is the e-mail, old the employee ID, "" for none */
  REG_FIX_ACCEPT,      /* it is tried again as it is */
  REG_FIX_INSTEAD,     /* another operation; text is the name of a RegImportInstead */
  REG_FIX_SHOW_PEOPLE, /* the list of them; user_id and, where the line names two, other_user_id */
  REG_FIX_MAP,         /* the page of the columns */
  REG_FIX_CHECK_AGAIN, /* the local copy may know more by now */
} RegImportFixKind;

/**
 * RegImportFix:
 * @line: the line it changes or leaves out
 * @column: of the cell
 * @old: what stands in the cell
 * @text: what shall stand there
 * @can_all_alike: whether it can be said of every cell like it, of whatever course
 *   with @in_any_column; where it is not about a cell, of every line with the same reason
 * @user_id: the person to be restored or shown
 * @other_user_id: the second one, where the line names two
 * @reason: what it is a way out of
 * @kept: the other one of two lines, where one of them is left out
 * @operation: (nullable): the name of what is done instead
 * @label: what it offers, translated
 * @all_label: (nullable): the same for all alike
 * @detail: (nullable): why, translated: "1 letter differs"
 *
 * One way out for one line.
 */
typedef struct
{
  RegImportFixKind kind;
  gint64 line;
  guint column;
  char *old;
  char *text;
  guint digits;
  char date_order;
  gint64 user_id;
  gint64 other_user_id;
  RegReason reason;
  gboolean can_all_alike;
  gboolean in_any_column;
  gint64 kept;
  const char *operation;
  char *label;
  char *all_label;
  char *detail;
} RegImportFix;

void reg_import_fix_free (RegImportFix *self);
char *reg_import_fix_dup_all_label (const RegImportFix *self);
RegImportFix *reg_import_fix_copy (const RegImportFix *self);
void reg_import_fix_apply (const RegImportFix *self,
                           gboolean all_alike,
                           const RegImportPlan *plan,
                           RegImportEdits *edits,
                           char *date_order);

/* Finds them, for one thread at a time. */
typedef struct _RegImportFixer RegImportFixer;

RegImportFixer *reg_import_fixer_new (RegImportPlan *plan);
void reg_import_fixer_free (RegImportFixer *self);
/* (transfer full) (element-type RegImportFix): best first. cells: of the line, NULL-terminated */
GPtrArray *
reg_import_fixer_list (RegImportFixer *self, const RegImportBadLine *bad, const char *const *cells);

/* The same of what cannot happen. */
GPtrArray *reg_import_fixer_list_cannot (RegImportFixer *self, const RegImportCannot *cannot);

/* (transfer full) (element-type gint64): the people that something is not imported of, for that
 * reason. */
GArray *reg_import_plan_list_users (const RegImportPlan *self, RegReason reason);

/* The texts of lines of the file a plan was made of, as the corrections make them: gint64 line →
 * GStrv. */
GHashTable *reg_import_plan_read_cells (const RegImportPlan *plan,
                                        const RegImportEdits *edits,
                                        const gint64 *lines,
                                        gsize n,
                                        GCancellable *cancellable,
                                        GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegImportFixer, reg_import_fixer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegImportFix, reg_import_fix_free)

G_END_DECLS
