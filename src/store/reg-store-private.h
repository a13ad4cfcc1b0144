/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of this folder share. */
#pragma once

#include "model/reg-course.h"
#include "model/reg-enrollment.h"
#include "model/reg-license-pool.h"
#include "model/reg-user.h"
#include "store/reg-store-db.h"
#include "store/reg-store.h"

G_BEGIN_DECLS

struct _RegUserIndex;

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

/* Columns in the order the readers below expect; to be selected without a prefix. */
#define REG_SQL_USER                                                                               \
  "id, revision, email, employee_id, given_name, family_name, role, state, location_id, "          \
  "manager_id, labels, approved_at, notified_at, archived_at"
#define REG_N_SQL_USER 14
#define REG_SQL_ENROLLMENT                                                                         \
  "user_id, course_id, revision, access, requirement, source, visible, archived, due_date, "       \
  "assigned_by, assigned_at, attempt, started_at, progress, completed_at, session_id, seat, "      \
  "certificate_at"
#define REG_N_SQL_ENROLLMENT 18
#define REG_SQL_COURSE                                                                             \
  "id, revision, code, title, kind, has_scorm, has_quiz, pool_id, auto_reassign_days, items"
#define REG_SQL_POOL "id, revision, kind, name, total, available"

/* Each reads columns from @first on. The texts of a user, course or pool are newly allocated. */
void reg_store_read_user (sqlite3_stmt *stmt, int first, RegUser *user);
void reg_store_read_enrollment (sqlite3_stmt *stmt, int first, RegEnrollment *enrollment);
void reg_store_read_course (sqlite3_stmt *stmt, int first, RegCourse *course);
void reg_store_read_pool (sqlite3_stmt *stmt, int first, RegLicensePool *pool);
/* Bind from parameter 1 on, in the same order; texts are borrowed until the statement is reset. */
void reg_store_bind_user (sqlite3_stmt *stmt, const RegUser *user);
void reg_store_bind_enrollment (sqlite3_stmt *stmt, const RegEnrollment *enrollment);

/* folded family name, space, folded given name, U+001F, e-mail key, U+001F, folded employee id: its
 * bytes sort by name. The e-mail key's place in it is handed out too. */
void reg_store_make_search_text (const RegUser *user,
                                 GString *out,
                                 gsize *email_key_at,
                                 gsize *email_key_len);

/* Opening. */
int reg_store_lock_path (const char *path, GError **error);
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
} RegStoreTransaction;

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

G_END_DECLS
