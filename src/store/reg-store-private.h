/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of this folder share. */
#pragma once

#include "model/reg-course.h"
#include "model/reg-enrollment.h"
#include "model/reg-license-pool.h"
#include "model/reg-params.h"
#include "model/reg-user.h"
#include "rules/reg-operation.h"
#include "store/reg-store-db.h"
#include "store/reg-store-outbox.h"
#include "store/reg-store.h"

G_BEGIN_DECLS

struct _RegUserIndex;
struct _RegStoreChange;

/**
 * RegStore:
 * @lock_fd: side file whose lock says that this process has the database
 * @writer: all that writes, through RegStoreTransaction
 * @reader: all that only looks; sees what was committed last
 * @user_index: users in memory, guarded by @reader's lock but for its own invalidation
 */
struct _RegStore
{
  gatomicrefcount ref_count;
  char *path;
  int lock_fd;
  RegStoreDb writer;
  RegStoreDb reader;
  struct _RegUserIndex *user_index;
  GMutex notify_lock;
  RegStoreNotify notify;
  gpointer notify_data;
  GDestroyNotify notify_destroy;
};

/* States of a change that still count in the effective row (pending, sending, unknown), and those
 * that are open: neither done nor undone. The second is the condition of the partial indexes and
 * must stand in a query word for word for them to be used. */
#define REG_SQL_WAITING "state < 3"
#define REG_SQL_OPEN "state NOT IN (3, 6)"

/* One look at the reader, which these lock: a static statement, the numbers for its ?1, ?2 … as
 * REG_NUMBERS () or REG_NO_NUMBERS, and what comes of its rows. */
#define REG_NUMBERS(...)                                                                           \
  ((const gint64[]){ __VA_ARGS__ }), G_N_ELEMENTS (((const gint64[]){ __VA_ARGS__ }))
#define REG_NO_NUMBERS NULL, 0
typedef gpointer (*RegStoreReadRow) (sqlite3_stmt *stmt);
/* (transfer full) (nullable): NULL on error */
GPtrArray *reg_store_reader_list (RegStore *self,
                                  const char *sql,
                                  const gint64 *numbers,
                                  int n,
                                  RegStoreReadRow read,
                                  GDestroyNotify row_free,
                                  GError **error);
/* The first row; NULL where there is none, and on error, when *done is FALSE. */
gpointer reg_store_reader_get (RegStore *self,
                               const char *sql,
                               const gint64 *numbers,
                               int n,
                               RegStoreReadRow read,
                               gboolean *done,
                               GError **error);
/* The first column of what is left of stmt, which may be NULL after an error; db is locked.
 * (transfer full) (nullable): NULL on error */
RegIdList *reg_store_db_take_ids (RegStoreDb *db, sqlite3_stmt *stmt, GError **error);
/* The first column of every row (transfer full) (nullable): NULL on error */
RegIdList *reg_store_reader_list_ids (RegStore *self,
                                      const char *sql,
                                      const gint64 *numbers,
                                      int n,
                                      GError **error);
/* The first column of the first row, or 0. */
gboolean reg_store_reader_get_int64 (RegStore *self,
                                     const char *sql,
                                     const gint64 *numbers,
                                     int n,
                                     gint64 *value,
                                     GError **error);
/* As reg_store_reader_list (), by who holds the connection's lock. */
GPtrArray *reg_store_db_list (RegStoreDb *db,
                              const char *sql,
                              const gint64 *numbers,
                              int n,
                              RegStoreReadRow read,
                              GDestroyNotify row_free,
                              GError **error);

/* Columns in the order the readers below expect; to be selected without a prefix. */
#define REG_SQL_USER                                                                               \
  "id, revision, email, employee_id, given_name, family_name, role, state, location_id, "          \
  "manager_id, labels, approved_at, notified_at, archived_at"
#define REG_N_SQL_USER 14
#define REG_SQL_ENROLLMENT                                                                         \
  "user_id, course_id, revision, access, requirement, source, visible, archived, due_date, "       \
  "assigned_by, assigned_at, attempt, started_at, progress, completed_at, session_id, seat, "      \
  "certificate_at, is_instructor, edition, mode, units, subscription_end"
#define REG_N_SQL_ENROLLMENT 23
#define REG_SQL_COURSE                                                                             \
  "id, revision, code, title, kind, has_scorm, has_quiz, pool_id, auto_reassign_days, items, "     \
  "editions, units"
#define REG_SQL_POOL "id, revision, kind, name, total, available, expires"

/* Pools as they will be when the waiting changes are done; to be followed by a WHERE or an ORDER.
 * What somebody gives back whose account is to be archived (or takes again, restored) is no
 * change's own: it is the difference between the base row of the person and the effective one. */
#define REG_SQL_POOL_CHANGES                                                                       \
  "SELECT co.pool_id AS id, c.pool_delta AS n FROM change AS c INDEXED BY change_queue "           \
  "CROSS JOIN course AS co ON co.id = c.course_id WHERE c." REG_SQL_OPEN " AND c." REG_SQL_WAITING \
  " AND c.pool_delta <> 0 "                                                                        \
  "UNION ALL SELECT co.pool_id, CASE WHEN u.state = 3 THEN 1 ELSE -1 END FROM user_base AS b "     \
  "CROSS JOIN user AS u ON u.id = b.id CROSS JOIN enrollment AS e ON e.user_id = b.id "            \
  "CROSS JOIN course AS co ON co.id = e.course_id WHERE b.present AND u.state <> b.state "         \
  "AND 3 IN (u.state, b.state) AND e.access = 0 AND e.started_at = 0 AND co.pool_id <> 0"
#define REG_SQL_POOLS                                                                              \
  "SELECT pool.id, pool.revision, pool.kind, pool.name, pool.total, "                              \
  "pool.available + coalesce(w.n, 0), pool.expires FROM pool LEFT JOIN (SELECT id, sum(n) AS n "   \
  "FROM (" REG_SQL_POOL_CHANGES ") GROUP BY id) AS w ON w.id = pool.id "

/* A course's sessions, the earliest first; their taken seats are the LMS's and what the waiting
 * changes make of them (transfer full) (element-type RegSession). */
GPtrArray *reg_store_read_sessions (RegStoreDb *db, gint64 course_id, GError **error);
/* Of the site, as it was heard of last (transfer full) (nullable): %NULL where it is not known. */
GTimeZone *reg_store_read_time_zone (RegStoreDb *db);

/* Each reads columns from @first on. The texts of a user, course or pool are newly allocated. */
void reg_store_read_user (sqlite3_stmt *stmt, int first, RegUser *user);
void reg_store_read_enrollment (sqlite3_stmt *stmt, int first, RegEnrollment *enrollment);
void reg_store_read_course (sqlite3_stmt *stmt, int first, RegCourse *course);
void reg_store_read_pool (sqlite3_stmt *stmt, int first, RegLicensePool *pool);
/* Bind from parameter 1 on, in the same order; texts are borrowed until the statement is reset. */
void reg_store_bind_user (sqlite3_stmt *stmt, const RegUser *user);
void reg_store_bind_enrollment (sqlite3_stmt *stmt, const RegEnrollment *enrollment);

/* folded family name, space, folded given name, U+001F, e-mail key, U+001F, folded employee id, and
 * where the key has accents U+001F, folded e-mail: its bytes sort by name. The e-mail key's place
 * in it is handed out too. */
void reg_store_make_search_text (const RegUser *user,
                                 GString *out,
                                 gsize *email_key_at,
                                 gsize *email_key_len);

/* Opening. */
int reg_store_lock_path (const char *path, GError **error);
/* Makes the file with mode 0600, or gives it that. */
gboolean reg_store_make_private_file (const char *path, GError **error);
/* Puts in place what an interrupted reg_store_salvage () had finished. */
gboolean reg_store_take_salvaged (const char *path, GError **error);
char *reg_store_dup_salvaged_path (const char *path);
/* Set where a pull must end with making all waiting targets anew. */
#define REG_STORE_REBASE_SETTING "rebase-after-pull"
/* Takes lock_fd over, also on error. */
RegStore *reg_store_open_locked (const char *path, int lock_fd, GError **error);
gboolean reg_store_schema_prepare (RegStoreDb *db, GError **error);

/* Transactions. */

typedef enum
{
  REG_STORE_DURABLE,     /* the person's work: on the disk when the commit returns */
  REG_STORE_RECOVERABLE, /* the LMS's rows: may be pulled again after a power loss */
} RegStoreDurability;

/**
 * RegStoreTransaction:
 * @event: what it changed so far; told to the notify function after the commit
 * @user_ids: users changed, up to a limit
 * @batches: how the counts of batches moved; written before the commit
 * @infos: what was read of batches; @courses: of courses
 *
 * One write transaction. The writer's lock is held from begin to commit or rollback.
 */
typedef struct
{
  RegStore *store;
  RegStoreDb *db;
  RegStoreEvent event;
  GArray *user_ids;
  gboolean any_user;
  GHashTable *batches;
  GHashTable *infos;
  GHashTable *courses;
  GString *scratch;
} RegStoreTransaction;

/* What the changes of a batch have in common. */
typedef struct
{
  const RegOperation *operation; /* NULL for one this program does not know */
  RegParams *params;
  gint64 actor_id;
  RegRole actor_role;
  gint64 run_id;
} RegStoreBatchInfo;

gboolean reg_store_transaction_begin (RegStoreTransaction *self,
                                      RegStore *store,
                                      RegStoreDurability durability,
                                      GError **error);
/* Also ends it, by a rollback, where the commit fails. */
gboolean reg_store_transaction_commit (RegStoreTransaction *self, GError **error);
void reg_store_transaction_rollback (RegStoreTransaction *self);
void reg_store_transaction_add_user (RegStoreTransaction *self, gint64 user_id);
gboolean reg_store_write_setting (RegStoreTransaction *transaction,
                                  const char *key,
                                  const char *value,
                                  GError **error);
/* A change of the batch went from one state to another; -1: it is new. */
void reg_store_transaction_count (RegStoreTransaction *self, gint64 batch_id, int from, int to);
/* (nullable): NULL on error */
const RegStoreBatchInfo *
reg_store_transaction_get_batch (RegStoreTransaction *self, gint64 batch_id, GError **error);
/* The operation of a change of the batch. own: (nullable): what the change itself says. (nullable):
 * for one this program does not know */
const RegOperation *reg_store_get_operation (const RegStoreBatchInfo *info, const char *own);
/* *course (transfer none) (nullable): NULL where there is none */
gboolean reg_store_transaction_get_course (RegStoreTransaction *self,
                                           gint64 id,
                                           const RegCourse **course,
                                           GError **error);
/* Rows of courses changed. */
void reg_store_transaction_forget_courses (RegStoreTransaction *self);

/* Targets, as reg_target_from_ids () tells them apart; their effective row and their base. */

/* Effective rows. old: (nullable): the row as it stands, where it is known. */
gboolean reg_store_write_user (RegStoreTransaction *self,
                               const RegUser *user,
                               const RegUser *old,
                               GError **error);
gboolean reg_store_write_enrollment (RegStoreTransaction *self,
                                     const RegEnrollment *enrollment,
                                     GError **error);
/* Does nothing and says so in *inserted where there is a row. */
gboolean reg_store_insert_user (RegStoreTransaction *self,
                                const RegUser *user,
                                gboolean *inserted,
                                GError **error);
gboolean reg_store_insert_enrollment (RegStoreTransaction *self,
                                      const RegEnrollment *enrollment,
                                      gboolean *inserted,
                                      GError **error);
/* user must be zeroed; *found FALSE: it is left so. */
gboolean reg_store_load_user (RegStoreTransaction *self,
                              gint64 id,
                              RegUser *user,
                              gboolean *found,
                              GError **error);
/* Not enrolled: present is FALSE, the ids are set. */
gboolean reg_store_load_enrollment (RegStoreTransaction *self,
                                    gint64 user_id,
                                    gint64 course_id,
                                    RegEnrollment *enrollment,
                                    GError **error);

/* *course: (transfer full) (nullable): NULL where there is none */
gboolean
reg_store_load_course (RegStoreTransaction *self, gint64 id, RegCourse **course, GError **error);
/* What can be changed of it. */
gboolean
reg_store_write_course (RegStoreTransaction *self, const RegCourse *course, GError **error);

/* Presets. One that is not there has an empty name. *preset: (transfer full) */
gboolean
reg_store_load_preset (RegStoreTransaction *self, gint64 id, RegPreset **preset, GError **error);

/* Base rows. */
gboolean
reg_store_put_course_base (RegStoreTransaction *self, const RegCourse *course, GError **error);
/* *course: (transfer full) (nullable): as the LMS has it; NULL also where the LMS has none */
gboolean reg_store_load_course_base (RegStoreTransaction *self,
                                     gint64 id,
                                     RegCourse **course,
                                     gboolean *has_base,
                                     GError **error);
gboolean reg_store_put_user_base (RegStoreTransaction *self,
                                  const RegUser *user,
                                  gboolean present,
                                  GError **error);
gboolean reg_store_put_enrollment_base (RegStoreTransaction *self,
                                        const RegEnrollment *enrollment,
                                        GError **error);
/* Copies the effective row to the base where there is none yet. */
gboolean
reg_store_keep_base (RegStoreTransaction *self, gint64 user_id, gint64 course_id, GError **error);
gboolean reg_store_has_base (RegStoreTransaction *self,
                             gint64 user_id,
                             gint64 course_id,
                             gboolean *has_base,
                             GError **error);

/* Makes the effective row anew from the base and the waiting changes, in order. Those that were not
 * sent are compared with it first: K-01 settles them, K-03 parks them. The base goes when nothing
 * waits. Where there is no base it does nothing. n_conflicts: (nullable): counts up. */
gboolean reg_store_rebase (RegStoreTransaction *self,
                           gint64 user_id,
                           gint64 course_id,
                           gint64 *n_conflicts,
                           GError **error);

/* Where the base is what the LMS has just told: conflicts of the target are looked at again. */
gboolean reg_store_review_conflicts (RegStoreTransaction *self,
                                     gint64 user_id,
                                     gint64 course_id,
                                     GError **error);

/* K-14: where the waiting changes of a target, none of which was ever sent, writes to anybody or
 * cannot be taken back, leave it as the LMS has it, all of them are dropped. */
gboolean reg_store_drop_if_cancelled_out (RegStoreTransaction *self,
                                          gint64 user_id,
                                          gint64 course_id,
                                          gint64 *n_dropped,
                                          GError **error);

/* All targets with waiting changes. */
gboolean reg_store_rebase_all (RegStoreTransaction *self, gint64 *n_conflicts, GError **error);

/* A row of the LMS that came with an answer. */
gboolean reg_store_put_server_course (RegStoreTransaction *transaction,
                                      const RegCourse *course,
                                      GError **error);
gboolean
reg_store_put_server_user (RegStoreTransaction *transaction, const RegUser *user, GError **error);
gboolean reg_store_put_server_enrollment (RegStoreTransaction *transaction,
                                          const RegEnrollment *enrollment,
                                          GError **error);

/* The session in which the LMS, as far as is known, has a seat for the person; 0 for none. */
gboolean reg_store_get_server_seat (RegStoreTransaction *self,
                                    gint64 user_id,
                                    gint64 course_id,
                                    gint64 *session_id,
                                    GError **error);
/* The LMS moved a seat; until the next pull brings the sessions' own rows. */
gboolean
reg_store_move_server_seat (RegStoreTransaction *self, gint64 from, gint64 to, GError **error);
/* Whether somebody was made an instructor of a course. */
gboolean reg_store_is_instructor (RegStoreTransaction *self,
                                  gint64 user_id,
                                  gint64 course_id,
                                  gboolean *is_instructor,
                                  GError **error);

/* People made here. */

/* An id below 0 that was never used. */
gboolean reg_store_make_local_id (RegStoreTransaction *self, gint64 *id, GError **error);
/* The id the LMS gave in place of one below 0, where it has. */
gboolean reg_store_resolve_user (RegStoreTransaction *self, gint64 *user_id, GError **error);
/* Whether the change of this batch is the one that adds the user. own: (nullable): its operation.
 */
gboolean reg_store_creates_user (RegStoreTransaction *self,
                                 gint64 user_id,
                                 gint64 batch_id,
                                 const char *own,
                                 gboolean *creates,
                                 GError **error);
/* Who has the e-mail or the employee ID already that the parameters would give the user; zeroed
 * records stay so where nobody has. */
gboolean reg_store_find_same (RegStoreTransaction *self,
                              const RegUser *user,
                              const RegParams *params,
                              RegUser *same_email,
                              RegUser *same_employee_id,
                              GError **error);
/* The LMS has the user: everything that names the local id names theirs from now on. */
gboolean reg_store_rekey_user (RegStoreTransaction *self,
                               gint64 local_id,
                               const RegUser *user,
                               GError **error);
/* Takes back everything else that is queued for the user. */
gboolean reg_store_drop_dependants (RegStoreTransaction *self,
                                    const struct _RegStoreChange *add,
                                    GError **error);
/* Whoever was to have somebody as manager who was not added gets the one who is added for them. */
gboolean reg_store_move_manager (RegStoreTransaction *self, gint64 from, gint64 to, GError **error);
/* Edits that wait behind the change become part of it. */
gboolean reg_store_merge_edits (RegStoreTransaction *self,
                                const struct _RegStoreChange *add,
                                GError **error);

/* Changes. */

/* A new key, for what is sent once more. */
gboolean
reg_store_renew_change (RegStoreTransaction *self, gint64 id, const char *base, GError **error);
/* Moves a change to another state, with its reason; keeps the batch's counts. */
gboolean reg_store_set_change_state (RegStoreTransaction *self,
                                     gint64 change_id,
                                     gint64 batch_id,
                                     RegChangeState from,
                                     RegChangeState to,
                                     const char *code,
                                     const char *sentence,
                                     const RegParams *server,
                                     GError **error);
/* Gives a change other parameters, or another base. */
gboolean reg_store_set_change_params (RegStoreTransaction *self,
                                      gint64 change_id,
                                      const RegParams *params,
                                      GError **error);
gboolean reg_store_set_change_base (RegStoreTransaction *self,
                                    gint64 change_id,
                                    const RegParams *base,
                                    GError **error);
/* change_id 0: the batch as a whole */
gboolean reg_store_add_event (RegStoreTransaction *self,
                              const char *kind,
                              gint64 batch_id,
                              gint64 change_id,
                              gint64 n,
                              const char *detail,
                              GError **error);
/* Among the parameters of a counter-operation: its name, where it is not the batch's usual one. */
#define REG_STORE_COUNTER_KEY "counter-operation"
gint64 reg_store_now (void);
void reg_store_step_result_init (RegStepResult *self);
/* The step inside a transaction; counter_of: the batch it takes back, or 0. */
gboolean reg_store_stage_within (RegStoreTransaction *transaction,
                                 const RegStep *step,
                                 gint64 counter_of,
                                 RegStepResult *result,
                                 RegStoreProgress progress,
                                 gpointer progress_data,
                                 GCancellable *cancellable,
                                 GError **error);

/* The imports of the file of ?1, and what each has made of it: FROM … */
#define REG_SQL_RUNS_OF_FILE                                                                       \
  "import_run AS o JOIN import_run AS r ON o.id = ?1 AND (r.id = coalesce(o.corrects, o.id) "      \
  "OR r.corrects = coalesce(o.corrects, o.id)) JOIN batch AS b ON b.id = r.batch_id"
/* What was given back of the changes of these: batch, user and course. */
#define REG_SQL_GIVEN_BACK                                                                         \
  "(SELECT k.counter_of, u.user_id, u.course_id FROM batch AS k JOIN change AS u "                 \
  "ON u.id BETWEEN k.first_change AND k.last_change AND u.batch_id = k.id "                        \
  "WHERE k.counter_of IN (SELECT b.id FROM " REG_SQL_RUNS_OF_FILE ") "                             \
  "AND k.undone_by IS NULL AND u.state < 4) "

/* The step's import, where it is of one, and the lines of it that were not imported. */
gboolean reg_store_write_run (RegStoreTransaction *self,
                              const RegStep *step,
                              const RegStepResult *result,
                              GError **error);

/* The operation the step's choice asks for instead, on every course its users have access to. */
gboolean reg_store_stage_instead (RegStoreTransaction *self,
                                  const RegStep *step,
                                  const RegOperation *instead,
                                  gint64 counter_of,
                                  RegStepResult *result,
                                  RegStoreProgress progress,
                                  gpointer progress_data,
                                  GCancellable *cancellable,
                                  GError **error);
typedef gboolean (*RegStoreGetPool) (gpointer data,
                                     gint64 id,
                                     RegLicensePool **pool,
                                     GError **error);
/* Adds what becomes of the licenses of a user who is archived. */
gboolean reg_store_count_user_licenses (RegStoreTransaction *self,
                                        gint64 user_id,
                                        RegStoreGetPool get_pool,
                                        gpointer data,
                                        RegLedger *ledger,
                                        GError **error);

/* Columns of a change and of its batch: FROM change AS c JOIN batch AS b. */
#define REG_SQL_CHANGE                                                                             \
  "c.id, c.batch_id, c.uuid, coalesce(c.operation, b.operation), c.user_id, c.course_id, "         \
  "coalesce(c.params, b.params), "                                                                 \
  "c.base, c.base_revision, c.state, c.attempts, c.not_before, c.code, c.sentence, c.server, "     \
  "c.created_at, b.note"
#define REG_N_SQL_CHANGE 17
RegChange *reg_store_read_change (sqlite3_stmt *stmt);
/* NULL for NULL, and with a warning for a text that is none of ours. */
RegParams *reg_store_parse_params (const char *text);

/* What moving a change to another state needs to know of it. */
typedef struct _RegStoreChange
{
  gint64 id;
  gint64 batch_id;
  gint64 user_id;
  gint64 course_id;
  RegChangeState state;
  gint64 created_at;
  gint64 pool_delta;
  char *code;
  char *params;
  char *base;
  char *server;
  char *counter;
  char *operation;
} RegStoreChange;

#define REG_SQL_STORE_CHANGE                                                                       \
  "id, batch_id, user_id, course_id, state, created_at, pool_delta, code, params, base, server, "  \
  "counter, operation"
void reg_store_change_read (sqlite3_stmt *stmt, RegStoreChange *change);
void reg_store_change_clear (RegStoreChange *change);
/* Before an answer is written: keeps a copy of the records that the change made the LMS delete. */
gboolean
reg_store_keep_removed (RegStoreTransaction *self, const RegStoreChange *change, GError **error);
gboolean reg_store_load_change (RegStoreTransaction *self,
                                gint64 id,
                                RegStoreChange *change,
                                gboolean *found,
                                GError **error);
/* Takes an open change out of the queue; the rest of its target is rebased. */
gboolean
reg_store_drop_change (RegStoreTransaction *self, const RegStoreChange *change, GError **error);

/* Whether there is anything the LMS refused. */
gboolean reg_store_has_refused (RegStoreTransaction *self, gboolean *has, GError **error);
/* Drops the newest open change of the target where the LMS refused it and this does the same again.
 * base: (nullable): what the new one finds in its fields */
gboolean reg_store_replace_refused (RegStoreTransaction *self,
                                    gint64 user_id,
                                    gint64 course_id,
                                    const RegOperation *operation,
                                    const RegParams *base,
                                    GError **error);
/* Drops what the LMS refused of the lines that the step imports once more. people: by line
 * (gint64), to which the ids (gint64) of those who were not added are added. */
gboolean reg_store_replace_lines (RegStoreTransaction *self,
                                  const RegStep *step,
                                  GHashTable *people,
                                  GError **error);

/* Does to the base what the LMS said it did, where it gave no row. */
gboolean
reg_store_apply_to_base (RegStoreTransaction *self, const RegStoreChange *change, GError **error);

typedef gboolean (*RegStoreChangeFunc) (RegStoreTransaction *self,
                                        const RegStoreChange *change,
                                        gpointer data,
                                        gboolean *done,
                                        GError **error);
/* One transaction over changes by id. Where func did nothing for any of them: NOT_POSSIBLE, with
 * that sentence. n_done: (nullable) */
gboolean reg_store_for_changes (RegStore *self,
                                const gint64 *ids,
                                gsize n,
                                RegStoreChangeFunc func,
                                gpointer data,
                                const char *impossible,
                                gint64 *n_done,
                                GError **error);
gboolean
reg_store_apply_to_preset (RegStoreTransaction *self, const RegStoreChange *change, GError **error);
/* 16 random bytes that make a UUID of version 4. */
void reg_store_make_uuid (guint8 uuid[16]);
char *reg_store_uuid_to_text (const guint8 uuid[16]);

G_END_DECLS
