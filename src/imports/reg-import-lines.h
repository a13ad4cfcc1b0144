/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first pass: every line of the file as a small record, people already matched. */
#pragma once

#include "imports/reg-import-check.h"
#include "imports/reg-import-columns.h"
#include "imports/reg-import-details.h"
#include "imports/reg-import-values.h"
#include "imports/reg-text-table.h"

#include "tabular/reg-row-reader.h"

G_BEGIN_DECLS

/**
 * RegImportLine:
 * @line: the number the spreadsheet shows
 * @user: index in the directory; REG_DIRECTORY_NONE for somebody new
 * @identifier: e-mail or employee ID as it stands in the file: offset in the texts, or that it is
 *   written as in the directory
 * @detail: index of the details, or of the values of an action on people
 * @first_mark: index of its first mark
 * @bad: 0, or index + 1 of why it is not imported
 *
 * One line that is not blank.
 */
typedef struct
{
  guint32 line;
  guint32 user;
  guint32 identifier;
  guint32 detail;
  guint32 first_mark;
  guint32 n_marks;
  guint32 bad;
} RegImportLine;

#define REG_IMPORT_IDENTIFIER_EMAIL G_MAXUINT32
#define REG_IMPORT_IDENTIFIER_EMPLOYEE_ID (G_MAXUINT32 - 1)

/* Why a line is not imported. */
typedef struct
{
  RegReason reason;
  guint32 other;        /* the line it repeats or contradicts */
  gboolean is_doubtful; /* no "@": whether that is a bad e-mail depends on the column */
  const char *sentence;
} RegImportBad;

/* An action wanted: place of the course in the courses of the file. */
typedef guint16 RegImportMark;

typedef struct
{
  const RegImportRequest *request;
  const RegImportAction *action;
  RegDirectory *directory;
  RegImportColumns columns;
  RegImportDetails *details;
  RegImportValues values;
  RegTextArena texts;
  GArray *courses; /* guint32, index in the directory; first those that were chosen */
  GArray *lines;   /* RegImportLine */
  GArray *marks;   /* RegImportMark */
  GArray *bad;     /* RegImportBad */
  GStringChunk *strings;
  const char *usual[REG_N_REASONS]; /* sentences without details, once they were needed */
  GPtrArray *headings;              /* as they stand in the file */
  GArray *left_out;                 /* gint64 line */
  gint64 heading_line;
  guint n_above;
  gint64 lines_read;
  gint64 n_blank;
  /* Where a column is not there, none of its cells is empty. */
  gboolean has_due_dates;
} RegImportLines;

/* size: bytes of the file */
void reg_import_lines_init (RegImportLines *self,
                            const RegImportRequest *request,
                            const RegImportAction *action,
                            RegDirectory *directory,
                            gint64 size);
void reg_import_lines_clear (RegImportLines *self);
gboolean reg_import_lines_read (RegImportLines *self,
                                RegRowReader *reader,
                                RegImportProgress progress,
                                gpointer progress_data,
                                GCancellable *cancellable,
                                GError **error);
const char *reg_import_lines_get_identifier (RegImportLines *self, const RegImportLine *line);
/* Whom the lines may add and change; REG_PEOPLE_USUAL where the action does neither. */
RegPeopleRule reg_import_lines_get_people (const RegImportLines *self);
/* Whether one person may stand in several lines: each names a course of its own. */
gboolean reg_import_lines_name_courses (const RegImportLines *self);
/* sentence: (transfer full) */
void reg_import_lines_refuse (RegImportLines *self,
                              RegImportLine *line,
                              RegReason reason,
                              char *sentence);

G_END_DECLS
