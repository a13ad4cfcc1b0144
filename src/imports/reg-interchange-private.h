/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the files of other systems, one function a kind. */
#pragma once

#include "imports/reg-interchange-archive.h"

#include "tabular/reg-row-reader.h"
#include "tabular/reg-zip.h"

G_BEGIN_DECLS

/* A table whose columns go by their headings. */
typedef struct
{
  RegRowReader *reader;
  GBytes *bytes; /* (nullable): what it reads from */
  char *file_name;
  GPtrArray *headings; /* as they stand there */
  GPtrArray *folded;
  guint8 *is_used;             /* of each column: whether it was asked for */
  const RegImportEdits *edits; /* (nullable) */
  RegImportEditsScratch scratch;
  GArray *left_out; /* gint64 line: by the person's choice */
  RegRow row;
} RegInterchangeTable;

RegInterchangeTable *reg_interchange_table_open (const char *path,
                                                 const RegReadOptions *options,
                                                 GCancellable *cancellable,
                                                 GError **error);
/* (transfer full) (nullable): a CSV file of an archive */
RegInterchangeTable *reg_interchange_table_open_member (RegZip *zip,
                                                        const RegZipEntry *entry,
                                                        const char *file_name,
                                                        GCancellable *cancellable,
                                                        GError **error);
/* Whether its first line has all of these headings; no more of it is unpacked. */
gboolean reg_interchange_table_member_has (RegZip *zip,
                                           const RegZipEntry *entry,
                                           const char *const *headings,
                                           GCancellable *cancellable);
void reg_interchange_table_free (RegInterchangeTable *self);
/* (transfer full): the cell, blanks off; "" where there is none */
char *reg_interchange_table_dup (const RegInterchangeTable *self, const char *heading);
gboolean reg_interchange_table_has (const RegInterchangeTable *self, const char *heading);
/* Once it was read: which columns nothing was taken from. */
RegInterchangeFile *reg_interchange_table_describe (const RegInterchangeTable *self);

/* Called for each row with something in it, table->row. */
typedef void (*RegInterchangeRowFunc) (const RegInterchangeTable *table, gpointer data);
gboolean reg_interchange_table_visit (RegInterchangeTable *self,
                                      RegInterchangeRowFunc func,
                                      gpointer data,
                                      GError **error);

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
  GString *text;   /* (nullable): until it is checked */
  GArray *lines;   /* guint32 */
  GArray *refused; /* RegInterchangeRefused */
} RegInterchangeStep;

/* (transfer none): a new one at the end of steps */
RegInterchangeStep *reg_interchange_step_add_new (GPtrArray *steps,
                                                  const char *action,
                                                  const char *file_name,
                                                  const char *headings);
void reg_interchange_step_free (RegInterchangeStep *self);
/* cells: NULL-terminated */
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
/* And what it looked at to files (RegInterchangeFile). */
gboolean reg_interchange_read_oneroster (const RegInterchangeArchive *archive,
                                         GPtrArray *steps,
                                         GPtrArray *files,
                                         GCancellable *cancellable,
                                         GError **error);
RegInterchangeFile *
reg_interchange_file_new (const char *name, char **take_unused, gboolean is_read);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegInterchangeTable, reg_interchange_table_free)

G_END_DECLS
