/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line while ways out of what is wrong with it are gathered. */
#pragma once

#include "imports/reg-directory.h"
#include "imports/reg-import-fix.h"

G_BEGIN_DECLS

/**
 * RegFixLine:
 * @cells: (array length=n_cells): its texts
 * @fixes: (element-type RegImportFix): what was found so far, the best first
 */
typedef struct
{
  RegImportFixer *fixer;
  const RegImportPlan *plan;
  RegDirectory *directory;
  const RegImportBadLine *bad;
  const char *const *cells;
  guint n_cells;
  GPtrArray *fixes;
} RegFixLine;

RegColumnKind reg_fix_line_get_kind (const RegFixLine *line, guint column);
/* The first column of that kind that has text; -1 where none has. */
int reg_fix_line_find_filled (const RegFixLine *line, RegColumnKind kind);
int reg_fix_line_find_column (const RegFixLine *line, RegColumnKind kind);
/* (transfer none). label: (transfer full); detail: (transfer full) (nullable) */
RegImportFix *reg_fix_line_add (RegFixLine *line, RegImportFixKind kind, char *label, char *detail);
RegImportFix *
reg_fix_line_add_set (RegFixLine *line, guint column, const char *text, char *label, char *detail);

/* People whose e-mail is like the text of that column. */
void reg_fix_line_suggest_email (RegFixLine *line, guint column, const char *text);
void reg_fix_line_suggest_mark (RegFixLine *line);
void reg_fix_line_suggest_date_order (RegFixLine *line);
void reg_fix_line_suggest_date (RegFixLine *line);
void reg_fix_line_suggest_value (RegFixLine *line);
void reg_fix_line_suggest_label (RegFixLine *line);
void reg_fix_line_suggest_course (RegFixLine *line);

/* It can be said of all alike; label: what it is then */
void reg_fix_set_all (RegImportFix *self, const char *label);
/* Leaving it out, the people it names, and so on. */
void reg_fix_line_add_ways (RegFixLine *line);
RegImportPlan *reg_import_fixer_get_plan (RegImportFixer *self);

G_END_DECLS
