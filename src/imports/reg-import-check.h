/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The check: a file, an action and the local copy become a plan that accounts for every line. It is
 * the dry run and, unchanged, what is staged. No widget, no database, no clock of its own. */
#pragma once

#include "imports/reg-directory.h"
#include "imports/reg-import-action.h"
#include "imports/reg-import-edits.h"
#include "imports/reg-import-instead.h"
#include "imports/reg-text-table.h"
#include "model/reg-import-run.h"
#include "model/reg-params.h"
#include "rules/reg-ledger.h"
#include "rules/reg-operation.h"
#include "rules/reg-reason.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define REG_IMPORT_ERROR (reg_import_error_quark ())

/**
 * RegImportError:
 * @REG_IMPORT_ERROR_HEADINGS: the headings do not match; the message names them
 * @REG_IMPORT_ERROR_EMPTY: no line with data
 * @REG_IMPORT_ERROR_CHANGED: the file is not the one that was checked
 * @REG_IMPORT_ERROR_ACTION: no such action, or it needs a course
 * @REG_IMPORT_ERROR_INTERNAL: the plan does not account for every line; nothing may be started
 */
typedef enum
{
  REG_IMPORT_ERROR_HEADINGS,
  REG_IMPORT_ERROR_EMPTY,
  REG_IMPORT_ERROR_CHANGED,
  REG_IMPORT_ERROR_ACTION,
  REG_IMPORT_ERROR_INTERNAL,
} RegImportError;

GQuark reg_import_error_quark (void);

/* What an empty cell under a heading means. A column that is not there leaves everything as it is.
 */
typedef enum
{
  REG_EMPTY_LEAVE, /* what is there stays */
  REG_EMPTY_CLEAR, /* what is there goes */
} RegEmptyRule;

/* An enrollment that a line of the file is about; met: the line that asks the opposite, else 0. */
typedef struct
{
  gint64 user_id;
  gint64 course_id;
  guint32 line;
  guint32 met;
} RegImportOpposed;

/**
 * RegImportRequest:
 * @path: the file
 * @name: (nullable): what the file is called, where not by its path
 * @text: (nullable): what is read instead of it, @text_len bytes, where the file was translated. It
 *   is taken and let go once it was read, before the plan grows
 * @numbers: (nullable) (element-type guint32): by line of @text below its headings: which line of
 *   the file it was made of. Corrections are made in the file, before it is translated
 * @opposed: (nullable) (element-type RegImportOpposed): what the same file asks the opposite of,
 *   sorted by reg_import_sort_opposed ()
 * @recipe: (nullable): name of the recipe that says the rest: runs of one are compared
 * @action: the name of a RegImportAction
 * @courses: (nullable): ids of the courses chosen, 0-terminated; a list needs at least one, a
 *   matrix names its own in its headings
 * @mapping: (nullable): "Heading=field" texts, %NULL-terminated; "[B]=field" says it of column B,
 *   "=field" that no column has it, and nothing behind the "=" leaves the column out
 * @sheet: (nullable): name of the sheet; the first one else
 * @encoding: (nullable): override of the detected encoding
 * @delimiter: override of the detected delimiter, 0 for none
 * @heading_line: number of the line with the headings; 0 to find it
 * @date_order: how 3/4/2026 is meant: 'd' for the day first, 'm' for the month first, 0 to find out
 * @edits: (nullable): what the person corrected since
 * @empty: for actions that have the rule
 * @people: likewise
 * @corrects: the import whose lines these are, read once more; 0 for none
 * @refused: (nullable): what the LMS said of lines it refused then for a reason of its own: gint64
 * → text. They are not imported before somebody has looked at them
 * @made: (nullable): what that import has done already, a set of texts that
 *   reg_import_dup_made_key () gives; nothing else is done instead of it
 * @today: "YYYY-MM-DD" in the site's time zone
 */
typedef struct
{
  const char *path;
  const char *name;
  char **text;
  gsize text_len;
  const GArray *numbers;
  GArray *opposed;
  const char *recipe;
  const char *action;
  const gint64 *courses;
  const char *const *mapping;
  const char *sheet;
  const char *encoding;
  char delimiter;
  gint64 heading_line;
  char date_order;
  const RegImportEdits *edits;
  RegEmptyRule empty;
  RegPeopleRule people;
  gint64 corrects;
  GHashTable *refused;
  GHashTable *made;
  const char *today;
  gint64 now;
  gint64 actor_id;
  RegRole actor_role;
} RegImportRequest;

/* What a line asks for beside the person and the course. due_date "" and message NULL where the
 * file says nothing. instead: (nullable): what is done instead, as a RegImportInstead is written */
typedef struct
{
  RegRequirement requirement;
  RegDate due_date;
  const char *message;
  const char *instead;
} RegImportDetail;

/* A field of a person that will be changed: key is a parameter of the operation, before and after
 * are values of it, all three to be asked of reg_import_plan_get_text (): a file may bring a
 * million people of four fields each. The fields of one item stand one after the other. */
typedef struct
{
  guint32 before;
  guint32 after;
  guint32 key : 31;
  guint32 is_last : 1;
} RegImportField;

/* What an enrollment is before; of one that is not there everything is 0. */
typedef struct
{
  guint8 is_present;
  guint8 is_started;
  guint8 is_completed;
  guint8 progress;
  guint8 access;
  guint8 seat;
  guint8 requirement;
  RegDate due_date;
} RegImportBefore;

/* One thing that is changed, as a person reads it: "Location", "Oslo", "Bergen". key: what programs
 * call it. before and after are "" for nothing. */
typedef struct
{
  const char *key;
  const char *label;
  char *before;
  char *after;
} RegImportText;

/* One thing that will happen; user_id 0: somebody new, who is what the fields say. A plan may hold
 * millions: detail is an index into its details or, for an action on people, of its first field.
 * course_id 0: it is about the person alone. */
typedef struct
{
  gint64 user_id;
  gint64 course_id;
  guint32 line;
  guint32 detail;
} RegImportItem;

/* One thing that cannot happen, for a person who is known. */
typedef struct
{
  gint64 user_id;
  gint64 course_id;
  guint32 line;
  RegReason reason;
  const char *sentence;
} RegImportCannot;

/* One line that will not be imported. other: the line it repeats or contradicts, else 0. */
typedef struct
{
  gint64 line;
  gint64 other;
  const char *identifier;
  RegReason reason;
  const char *sentence;
} RegImportBadLine;

/**
 * RegImportPlan:
 * @file_size: in bytes, and @file_mtime in microseconds: unchanged, they spare reading it again
 * @fingerprint: of its bytes, quick to make
 * @lines_read: data lines, blank ones included, the heading left out
 * @heading_line: where the headings stand, with @n_above lines of text above them
 * @headings: (element-type utf8): as they stand in the file
 * @columns: what each of them is, a RegColumnKind
 * @n_hidden_rows: lines a spreadsheet program does not show; they are read all the same
 * @hidden_columns: (element-type utf8): headings of columns of which the same is true,
 *   but those left out
 * @n_accepted: lines that stand in @will or @cannot
 * @n_will_lines: lines of which something stands in @will
 * @n_users: people in @will, @n_new of them new
 * @n_usual_users: those of them to whom something happens that the action does by itself
 * @n_cleared_users: those of them from whom an empty cell takes something away, who count as usual
 *   ones only where something else happens to them too
 * @n_instead_users: those to whom something else happens instead, @instead says what
 * @n_cannot_users: people in @cannot
 * @n_enrolled: enrollments there are in the courses it is about
 * @n_emails: e-mails this will cause
 * @courses: the courses it is about
 * @people: whom it may add and change; REG_PEOPLE_USUAL for an action that does neither
 * @empty: what an empty cell means, of which there are @n_empty where it matters
 * @befores: (element-type RegImportBefore): of enrollments in @will, whose place in it
 *   @before_of says
 * @ledger: licenses, pool by pool; e-mails are in @n_emails
 * @costs: (element-type guint8): what each row of @will does to its pool, see
 *   reg_import_plan_init_ledger ()
 * @directory: who and what the ids are
 *
 * What will happen to whom, and what not. The conservation law
 * lines_read = n_accepted + bad_lines + unmarked + left_out + n_blank holds for every plan:
 * reg_import_check () sees to it. will, cannot and bad_lines are in the order of the lines. Strings
 * live as long as the plan.
 */
typedef struct
{
  gatomicrefcount refs;
  char *action;
  char *file_name;
  char *path;
  gint64 file_size;
  gint64 file_mtime;
  guint64 fingerprint;
  char *encoding;
  char delimiter; /* 0 for xlsx */
  char *sheet;
  gboolean is_matrix;
  gint64 lines_read;
  gint64 n_accepted;
  gint64 n_blank;
  gint64 n_will_lines;
  gint64 n_users;
  gint64 n_new;
  gint64 n_usual_users;
  gint64 n_cleared_users;
  gint64 n_instead_users;
  const RegImportInstead *instead;
  gint64 n_cannot_users;
  gint64 n_enrolled;
  gint64 n_emails;
  RegPeopleRule people;
  RegEmptyRule empty;
  gint64 n_empty;
  RegLedger ledger;
  GArray *costs;
  GArray *courses;   /* gint64 */
  GArray *details;   /* RegImportDetail */
  GArray *fields;    /* RegImportField */
  GArray *will;      /* RegImportItem */
  GArray *befores;   /* RegImportBefore */
  GArray *before_of; /* guint32 by place in will; empty where it is about people */
  GArray *cannot;    /* RegImportCannot */
  GArray *bad_lines; /* RegImportBadLine */
  GArray *unmarked;  /* gint64 line */
  GArray *left_out;  /* gint64 line: by the person's choice */
  gint64 heading_line;
  guint n_above;
  GPtrArray *headings;
  GArray *columns;
  gint64 n_hidden_rows;
  GPtrArray *hidden_columns;
  RegDirectory *directory;
  GStringChunk *strings;
  RegTextArena texts; /* of the fields */
} RegImportPlan;

/* A finished plan is never changed, so several threads may read it. */
RegImportPlan *reg_import_plan_ref (RegImportPlan *self);
void reg_import_plan_unref (RegImportPlan *self);

/* (transfer full) */
char *reg_import_dup_made_key (gint64 line, gint64 user_id, gint64 course_id);
void reg_import_sort_opposed (GArray *opposed);

typedef void (*RegImportProgress) (gint64 lines, double fraction, gpointer data);

RegImportPlan *reg_import_check (const RegImportRequest *request,
                                 RegDirectory *directory,
                                 RegImportProgress progress,
                                 gpointer progress_data,
                                 GCancellable *cancellable,
                                 GError **error);

/* "N users will be enrolled · M cannot be enrolled · K lines may not be imported" */
char *reg_import_plan_dup_summary (const RegImportPlan *self);
/* (transfer full): what of the file a spreadsheet program does not show; "" for nothing */
char *reg_import_plan_dup_hidden (const RegImportPlan *self);
/* "Import “file.xlsx”: enroll N users" */
char *reg_import_plan_dup_title (const RegImportPlan *self, gint64 n_users);
void
reg_import_plan_init_ledger (const RegImportPlan *self, RegLedger *ledger, const guint8 *is_ticked);
/* Parameters of the operation for the lines with that detail. */
RegParams *reg_import_plan_dup_params (const RegImportPlan *self, guint32 detail);
/* The e-mail of whom the item is about, or the employee ID of somebody without one. */
const char *reg_import_plan_get_identifier (const RegImportPlan *self, const RegImportItem *item);
/* "Will Be Added": what happens to those it happens to, translated. */
const char *reg_import_plan_get_will_title (const RegImportPlan *self);
/* (transfer full) (element-type RegImportText): everything that the item at that place in will
 * changes, before and after. */
GPtrArray *reg_import_plan_dup_changes (const RegImportPlan *self, guint place);
/* What is done to whom the item is about. */
const RegOperation *reg_import_plan_get_operation (const RegImportPlan *self,
                                                   const RegImportItem *item);
/* Before and after of what an item changes about a person; none for an action on enrollments. */
guint reg_import_plan_get_fields (const RegImportPlan *self,
                                  const RegImportItem *item,
                                  const RegImportField **fields);
const char *reg_import_plan_get_text (const RegImportPlan *self, guint32 text);
/* Whether its lines can be read again and put right; not those of a file in an archive. */
gboolean reg_import_plan_can_correct (const RegImportPlan *self);
/* (nullable): what was asked for in place of what the action does by itself. */
const char *reg_import_plan_get_instead (const RegImportPlan *self, const RegImportItem *item);
/* What tells an item from the others of a file, also when it is checked again: its line and its
 * course; of an item about the person alone the line. */
gint64 reg_import_item_get_key (const RegImportItem *self);
/* rows: (nullable): a set of such keys, gint64 */
gboolean reg_import_item_is_in (const RegImportItem *self, GHashTable *rows);
/* (nullable): the first item of that line. */
const RegImportItem *reg_import_plan_find_item (const RegImportPlan *self, guint32 line);
/* The line of the same file that brings the manager of the item's person; 0 where the manager is
 * known, or is not changed. It is not among the parameters. */
guint32 reg_import_plan_get_manager_line (const RegImportPlan *self, const RegImportItem *item);
/* Everything in cannot and bad_lines (RegImportReject), line by line. */
GPtrArray *reg_import_plan_list_rejects (const RegImportPlan *self);
/* Whether the file still is the one that was checked: REG_IMPORT_ERROR_CHANGED, or a G_IO_ERROR. */
gboolean reg_import_plan_verify_file (const RegImportPlan *self, GError **error);
/* SHA-256 of the file's bytes, in hex, once it was verified. */
char *reg_import_plan_dup_hash (const RegImportPlan *self, GError **error);

/* Outcome sentences (SPEC §3, W-01, W-30, W-31). */
char *reg_import_dup_outcome (gint64 n_imported, gint64 n_not_imported);
char *
reg_import_dup_run_outcome (const RegImportRun *run, gint64 n_imported, gint64 n_not_imported);
char *reg_import_dup_list_notice (gint64 n_not_imported);
/* "Non_Imported_List_YYYY-MM-DD.csv" in a folder, with " (2)" and so on where that exists. */
char *reg_import_dup_list_path (const char *folder, const char *today);

/* A template: list for the sample (SPEC IMP-01/02), matrix with the courses (RegCourse) as columns.
 */
gboolean reg_import_write_template (const char *action,
                                    GPtrArray *courses,
                                    gboolean matrix,
                                    const char *path,
                                    GError **error);
/* Download List: identifiers and reasons. rejects: RegImportReject */
gboolean reg_import_write_rejects (GPtrArray *rejects, const char *path, GError **error);
/* The same with the columns of the file beside: headings, and gint64 line → GStrv. It can be
 * corrected and imported again. */
gboolean reg_import_write_rejects_with_cells (GPtrArray *rejects,
                                              GPtrArray *headings,
                                              GHashTable *cells,
                                              const char *path,
                                              GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegImportPlan, reg_import_plan_unref)

G_END_DECLS
