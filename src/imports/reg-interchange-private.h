/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the files of other systems, one function a kind. */
#pragma once

#include "imports/reg-interchange.h"

#include "tabular/reg-row-reader.h"
#include "tabular/reg-zip.h"

G_BEGIN_DECLS

/* A table whose columns go by their headings. */
typedef struct
{
  RegRowReader *reader;
  GBytes *bytes; /* (nullable): what it reads from */
  char *file_name;
  GPtrArray *headings; /* folded */
  RegRow row;
} RegInterchangeTable;

void reg_interchange_table_free (RegInterchangeTable *self);
int reg_interchange_table_find (const RegInterchangeTable *self, const char *heading);
gboolean reg_interchange_table_has (const RegInterchangeTable *self, const char *const *headings);
gboolean reg_interchange_table_next (RegInterchangeTable *self, GError **error);
char *reg_interchange_table_dup (const RegInterchangeTable *self, const char *heading);
RegInterchangeTable *reg_interchange_open_member (RegZip *zip, const char *name, GError **error);

/* A line that asks for something that is not done from a file. */
typedef struct
{
  gint64 line;
  char *identifier;
  char *sentence;
} RegInterchangeRefused;

/* One action: its list, and which line of the file each line of it comes from. */
typedef struct
{
  const char *action;
  char *file_name;
  GString *text;
  GArray *lines;   /* guint32 */
  GArray *refused; /* RegInterchangeRefused */
} RegInterchangeStep;

RegInterchangeStep *
reg_interchange_step_new (const char *action, const char *file_name, const char *headings);
void reg_interchange_step_free (RegInterchangeStep *self);
void reg_interchange_step_add (RegInterchangeStep *self, guint64 line, const char *const *cells);
void reg_interchange_step_refuse (RegInterchangeStep *self,
                                  guint64 line,
                                  const char *identifier,
                                  const char *sentence);

/* Each adds its steps (RegInterchangeStep), people first. */
gboolean reg_interchange_read_moodle (RegInterchangeTable *table, GPtrArray *steps, GError **error);
gboolean
reg_interchange_read_canvas_users (RegInterchangeTable *table, GPtrArray *steps, GError **error);
gboolean reg_interchange_read_canvas_enrollments (RegInterchangeTable *table,
                                                  GPtrArray *steps,
                                                  GError **error);
gboolean reg_interchange_read_oneroster (RegZip *zip, GPtrArray *steps, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegInterchangeTable, reg_interchange_table_free)

G_END_DECLS
