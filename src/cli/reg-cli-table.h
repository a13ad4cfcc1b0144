/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One list, four ways out: a table for people, JSON, CSV, or a spreadsheet file. */
#pragma once

#include "cli/reg-cli.h"

G_BEGIN_DECLS

typedef enum
{
  REG_CELL_TEXT,   /* JSON: a string, null where it is empty */
  REG_CELL_NUMBER, /* JSON: a number, null where it is empty; to the right in a table */
  REG_CELL_YES_NO, /* cells "yes" and ""; JSON: true and false */
  REG_CELL_HIDDEN, /* text that a table leaves out */
} RegCellKind;

typedef struct
{
  const char *key;     /* in JSON */
  const char *heading; /* to be translated */
  RegCellKind kind;
} RegCliColumn;

typedef struct _RegCliTable RegCliTable;

/* format: (nullable): "table", "csv" or "json"; output: (nullable): a file */
RegCliTable *reg_cli_table_new (RegCli *cli,
                                const RegCliColumn *columns,
                                guint n_columns,
                                const char *format,
                                const char *output,
                                GError **error);
/* One record instead of a list: its fields below each other, or one JSON object. */
void reg_cli_table_set_single (RegCliTable *self);
gboolean reg_cli_table_add (RegCliTable *self, const char *const *cells, GError **error);
/* Of one record: a list that belongs to it; JSON: a member with that key. rows: char ** each. */
void reg_cli_table_add_details (RegCliTable *self,
                                const char *key,
                                const char *heading,
                                const RegCliColumn *columns,
                                guint n_columns,
                                GPtrArray *rows);
gboolean reg_cli_table_finish (RegCliTable *self, GError **error);
void reg_cli_table_free (RegCliTable *self);

/* How many columns of a terminal a text takes. */
gsize reg_cli_get_width (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegCliTable, reg_cli_table_free)

G_END_DECLS
