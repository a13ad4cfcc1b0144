/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was read on demand about one enrollment, as lines of a table: for the window, the command
 * line and spreadsheets alike. */
#pragma once

#include "lms/reg-lms.h"
#include "rules/reg-read.h"
#include "store/reg-store-reading.h"

G_BEGIN_DECLS

/**
 * RegReadingLine:
 * @at: unix seconds: when it happened, was begun or answered; 0 for unknown
 * @ended_at: when a chapter was completed; 0 for not yet
 * @number: of the attempt, the chapter or the quiz
 * @progress: per cent of a chapter; the score of a quiz
 * @is_passed: whether the quiz was passed
 * @is_correct: whether the answer was right
 * @title: the event, chapter, quiz or verb, as the LMS calls it
 * @question: of a quiz; "" where it has none
 * @detail: a note, an answer, or what the verb was about
 * @actor: (nullable): who did it
 */
typedef struct
{
  gint64 at;
  gint64 ended_at;
  int number;
  int progress;
  gboolean is_passed;
  gboolean is_correct;
  char *title;
  char *question;
  char *detail;
  char *actor;
} RegReadingLine;

/**
 * RegReading:
 * @read_at: when the LMS was asked; 0 for never
 * @is_from_copy: for a history that was never read: its lines tell what the local copy has
 * @lines: (element-type RegReadingLine)
 * @attempts: (element-type RegAttempt): of a history: assignments of the course to the person
 */
typedef struct
{
  const RegRead *read;
  gint64 user_id;
  gint64 course_id;
  gint64 read_at;
  gboolean is_from_copy;
  GPtrArray *lines;
  GPtrArray *attempts;
} RegReading;

void reg_reading_free (RegReading *self);

/* What is kept here; never read is no error. */
RegReading *reg_reading_load (RegStore *store,
                              const RegRead *read,
                              gint64 user_id,
                              gint64 course_id,
                              GError **error);
/* Asks the LMS and keeps the answer. Blocks. */
gboolean reg_reading_fetch (RegStore *store,
                            RegLms *lms,
                            const RegRead *read,
                            gint64 user_id,
                            gint64 course_id,
                            gint64 now,
                            GCancellable *cancellable,
                            GError **error);

/**
 * RegReadingColumn:
 * @key: in JSON
 * @heading: to be translated
 * @is_number: JSON: a number
 * @is_yes_no: cells "yes" and ""; JSON: true and false
 */
typedef struct
{
  const char *key;
  const char *heading;
  gboolean is_number;
  gboolean is_yes_no;
} RegReadingColumn;

const RegReadingColumn *reg_reading_get_columns (const RegRead *read, guint *n);
/* (transfer full): as many as there are columns; times as of dup_time */
char **reg_reading_dup_cells (const RegReading *self,
                              const RegReadingLine *line,
                              char *(*dup_time) (gint64 unix_seconds));
/* What happened, in words: an event of a history or a verb of a player. */
char *reg_reading_line_dup_event (const RegReadingLine *self);

/* A spreadsheet by the end of its name: .xlsx or .csv. */
gboolean reg_reading_export (const RegReading *self, const char *path, GError **error);
/* "As of 21 November 2026, 14:05", or that it was never read. */
char *reg_reading_dup_age (const RegReading *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegReading, reg_reading_free)

G_END_DECLS
