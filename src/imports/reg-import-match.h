/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who the lines of the file name. */
#pragma once

#include "imports/reg-import-lines.h"

G_BEGIN_DECLS

#define REG_IMPORT_MATCHED_AT_ONCE 16

/* What names the person of a line that was read: copies in the texts. */
typedef struct
{
  guint32 line;           /* index of the lines */
  gboolean is_identifier; /* one column holds either, so which it is was guessed */
  guint32 email;
  guint32 employee_id;
  guint32 shown;
  gsize email_len;
  gsize employee_len;
  gsize shown_len;
  guint32 by_email; /* who has the e-mail */
} RegImportWaiting;

/**
 * RegImportMatch:
 * @waiting: lines that were read and not matched
 * @n_identifiers: cells of a column that holds either, so far
 * @n_emails: e-mails of those
 */
typedef struct
{
  RegImportLines *lines;
  RegImportWaiting waiting[REG_IMPORT_MATCHED_AT_ONCE];
  guint n_waiting;
  RegTextArena texts;
  gint64 n_identifiers;
  gint64 n_emails;
} RegImportMatch;

/* self: zeroed */
void reg_import_match_init (RegImportMatch *self, RegImportLines *lines);
void reg_import_match_clear (RegImportMatch *self);
/* The line that comes next among the lines. shown: the one of the three that is shown. */
void reg_import_match_add (RegImportMatch *self,
                           const RegRowCell *identifier,
                           const RegRowCell *email,
                           const RegRowCell *employee_id,
                           const RegRowCell *shown);
/* Matches the lines that wait; when that many do, and after the last one. */
void reg_import_match_run (RegImportMatch *self);
/* Whether a spreadsheet program has made an employee ID a number it rounds, "4.9E+11". */
gboolean reg_import_match_is_rounded (const char *text, gsize len);
void reg_import_match_refuse_rounded (RegImportLines *lines,
                                      RegImportLine *line,
                                      const char *text,
                                      gsize len);
/* After the last line: what is to be said of cells that may have been meant as e-mails. */
void reg_import_match_settle (RegImportMatch *self);

G_END_DECLS
