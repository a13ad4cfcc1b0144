/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading users into columns, and keeping them up to date. A first load is one scan of the table.
 * Afterwards only changed rows are read: where their text is what it was (somebody was archived)
 * they are corrected in place; where it is not, old and new rows are merged in memory. */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-user-index-private.h"

#include "store/reg-radix-sort.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define LARGE_TEXT (4 * 1024 * 1024)
#define CANCEL_EVERY 4096

#define COLUMNS                                                                                    \
  "id, state, role, location_id, manager_id, labels, search_text, email_key, employee_id"

enum
{
  COLUMN_ID,
  COLUMN_STATE,
  COLUMN_ROLE,
  COLUMN_LOCATION,
  COLUMN_MANAGER,
  COLUMN_LABELS,
  COLUMN_TEXT,
  COLUMN_EMAIL_KEY,
  COLUMN_EMPLOYEE_ID,
};

static void
columns_clear (RegUserColumns *self)
{
  g_free (self->text);
  g_free (self->starts);
  g_free (self->ids);
  g_free (self->managers);
  g_free (self->letters);
  g_free (self->email_prints);
  g_free (self->employee_id_prints);
  g_free (self->locations);
  g_free (self->label_sets);
  g_free (self->states);
  g_free (self->roles);
  g_free (self->values);
  memset (self, 0, sizeof *self);
}

static void
columns_reserve (RegUserColumns *self, gsize rows, gsize text)
{
  if (rows > self->room || self->starts == NULL)
    {
      gsize room = MAX (rows, self->room + self->room / 2);

      self->starts = g_renew (guint32, self->starts, room + 1);
      self->ids = g_renew (gint64, self->ids, room);
      self->managers = g_renew (gint64, self->managers, room);
      self->letters = g_renew (guint64, self->letters, room);
      self->email_prints = g_renew (guint32, self->email_prints, room);
      self->employee_id_prints = g_renew (guint32, self->employee_id_prints, room);
      self->locations = g_renew (guint32, self->locations, room);
      self->label_sets = g_renew (guint32, self->label_sets, room);
      self->states = g_renew (guint8, self->states, room);
      self->roles = g_renew (guint8, self->roles, room);
      self->values = g_renew (guint8, self->values, room);
      self->starts[self->n] = self->text_len;
      self->room = room;
    }
  if (text > self->text_room || self->text == NULL)
    {
      self->text_room = MAX (MAX (text, self->text_room + self->text_room / 2), 64);
      self->text = g_realloc (self->text, self->text_room);
    }
}

/* Large pages let the scan run through the text a sixth quicker, where the system has them. */
static void
columns_use_large_pages (RegUserColumns *self)
{
#ifdef MADV_HUGEPAGE
  guintptr page = (guintptr)sysconf (_SC_PAGESIZE);
  guintptr begin = ((guintptr)self->text + page - 1) & ~(page - 1);
  guintptr end = ((guintptr)self->text + self->text_room) & ~(page - 1);

  /* Only a hint: nothing depends on what becomes of it. */
  if (self->text_room >= LARGE_TEXT)
    (void)madvise ((void *)begin, end - begin, MADV_HUGEPAGE);
#endif
}

static void
columns_copy_row (RegUserColumns *self, gsize to, const RegUserColumns *from, gsize row)
{
  self->ids[to] = from->ids[row];
  self->managers[to] = from->managers[row];
  self->letters[to] = from->letters[row];
  self->email_prints[to] = from->email_prints[row];
  self->employee_id_prints[to] = from->employee_id_prints[row];
  self->locations[to] = from->locations[row];
  self->label_sets[to] = from->label_sets[row];
  self->states[to] = from->states[row];
  self->roles[to] = from->roles[row];
  self->values[to] = from->values[row];
}

/* There must be room. */
static void
columns_append_row (RegUserColumns *self, const RegUserColumns *from, gsize row)
{
  gsize len = from->starts[row + 1] - from->starts[row];

  columns_copy_row (self, self->n, from, row);
  memcpy (self->text + self->text_len, from->text + from->starts[row], len);
  self->text_len += len;
  self->n++;
  self->starts[self->n] = self->text_len;
}

static void
interned_init (RegInterned *self, gboolean texts)
{
  if (texts)
    self->numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  else
    self->numbers = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->values = g_ptr_array_new ();
}

static void
interned_clear (RegInterned *self)
{
  g_hash_table_remove_all (self->numbers);
  g_ptr_array_set_size (self->values, 0);
}

static void
interned_free (RegInterned *self)
{
  g_hash_table_unref (self->numbers);
  g_ptr_array_unref (self->values);
}

/* size: bytes of value. */
static guint32
interned_add (RegInterned *self, gconstpointer value, gsize size)
{
  gpointer number = g_hash_table_lookup (self->numbers, value);
  gpointer copy;

  if (number != NULL)
    return GPOINTER_TO_UINT (number) - 1;
  copy = g_memdup2 (value, size);
  g_ptr_array_add (self->values, copy);
  g_hash_table_insert (self->numbers, copy, GUINT_TO_POINTER (self->values->len));
  return self->values->len - 1;
}

void
reg_user_order_clear (RegUserOrder *self)
{
  g_free (self->ids);
  g_free (self->same);
  g_free (self->ranks);
  g_free (self->places);
  memset (self, 0, sizeof *self);
}

/**
 * reg_user_index_new:
 *
 * Returns: (transfer full): an empty index; the first reg_user_index_refresh () fills it
 */
RegUserIndex *
reg_user_index_new (void)
{
  RegUserIndex *self = g_new0 (RegUserIndex, 1);

  g_mutex_init (&self->dirty_lock);
  self->dirty_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->all_dirty = TRUE;
  self->labels_dirty = TRUE;
  interned_init (&self->locations, FALSE);
  interned_init (&self->label_sets, TRUE);
  columns_reserve (&self->rows, 0, 0);
  return self;
}

void
reg_user_index_free (RegUserIndex *self)
{
  g_mutex_clear (&self->dirty_lock);
  g_array_unref (self->dirty_ids);
  columns_clear (&self->rows);
  g_free (self->by_id);
  interned_free (&self->locations);
  interned_free (&self->label_sets);
  reg_user_order_clear (&self->by_email);
  reg_user_order_clear (&self->by_employee_id);
  g_clear_pointer (&self->labels, reg_label_names_free);
  g_free (self->hits);
  g_free (self);
}

/**
 * reg_user_index_invalidate_users:
 * @ids: users that were added, changed or removed
 * @n: how many; 0: any user
 *
 * Notes that they are to be read again. Any thread.
 */
void
reg_user_index_invalidate_users (RegUserIndex *self, const gint64 *ids, gsize n)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->dirty_lock);

  if (n == 0)
    self->all_dirty = TRUE;
  if (self->all_dirty)
    g_array_set_size (self->dirty_ids, 0);
  else
    g_array_append_vals (self->dirty_ids, ids, n);
}

/**
 * reg_user_index_invalidate_labels:
 *
 * Notes that the names of labels are to be read again. Any thread.
 */
void
reg_user_index_invalidate_labels (RegUserIndex *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->dirty_lock);

  self->labels_dirty = TRUE;
}

static const char *
get_text (sqlite3_stmt *statement, int column, gsize *len)
{
  const char *text = (const char *)sqlite3_column_text (statement, column);

  *len = text != NULL ? sqlite3_column_bytes (statement, column) : 0;
  return text != NULL ? text : "";
}

/* FNV-1a */
static guint32
hash_text (const char *text, gsize len)
{
  guint32 hash = 2166136261u;

  for (gsize i = 0; i < len; i++)
    hash = (hash ^ (guchar)text[i]) * 16777619u;
  return hash;
}

static void
set_fields (RegUserIndex *self, RegUserColumns *columns, gsize row, sqlite3_stmt *statement)
{
  gint64 location = sqlite3_column_int64 (statement, COLUMN_LOCATION);
  gsize labels_len, email_len, employee_len;
  const char *labels = get_text (statement, COLUMN_LABELS, &labels_len);
  const char *email = get_text (statement, COLUMN_EMAIL_KEY, &email_len);
  const char *employee = get_text (statement, COLUMN_EMPLOYEE_ID, &employee_len);

  columns->ids[row] = sqlite3_column_int64 (statement, COLUMN_ID);
  columns->states[row] = sqlite3_column_int (statement, COLUMN_STATE) & 31;
  columns->roles[row] = sqlite3_column_int (statement, COLUMN_ROLE) & 31;
  columns->managers[row] = sqlite3_column_int64 (statement, COLUMN_MANAGER);
  columns->locations[row] = interned_add (&self->locations, &location, sizeof location);
  columns->label_sets[row] = interned_add (&self->label_sets, labels, labels_len + 1);
  columns->email_prints[row] = hash_text (email, email_len);
  columns->employee_id_prints[row] = hash_text (employee, employee_len);
  columns->values[row] =
      (email_len > 0 ? REG_USER_HAS_EMAIL : 0) | (employee_len > 0 ? REG_USER_HAS_EMPLOYEE_ID : 0);
}

static guint64
get_letters (const char *text, gsize len)
{
  static gsize is_ready;
  static guint64 bits[256];
  guint64 letters = 0;

  if (g_once_init_enter (&is_ready))
    {
      for (guint i = 0; i < G_N_ELEMENTS (bits); i++)
        bits[i] = reg_user_letter_get_bit ((char)i);
      g_once_init_leave (&is_ready, 1);
    }
  for (gsize i = 0; i < len; i++)
    letters |= bits[(guchar)text[i]];
  return letters;
}

static gboolean
append_row (RegUserIndex *self, RegUserColumns *columns, sqlite3_stmt *statement, GError **error)
{
  gsize len;
  const char *text = get_text (statement, COLUMN_TEXT, &len);

  if (columns->text_len + len + 1 > G_MAXUINT32)
    {
      g_set_error_literal (error, REG_STORE_ERROR, REG_STORE_ERROR_FAILED,
                           _ ("There are more users than this computer can search."));
      return FALSE;
    }
  columns_reserve (columns, columns->n + 1, columns->text_len + len + 1);
  set_fields (self, columns, columns->n, statement);
  columns->letters[columns->n] = get_letters (text, len);
  memcpy (columns->text + columns->text_len, text, len);
  columns->text[columns->text_len + len] = '\n';
  columns->text_len += len + 1;
  columns->n++;
  columns->starts[columns->n] = columns->text_len;
  return TRUE;
}

static RegSortItem *
sort_by_text (const RegUserColumns *columns)
{
  RegSortItem *items = g_new (RegSortItem, columns->n);
  g_autofree RegSortItem *scratch = g_new (RegSortItem, columns->n);

  for (gsize i = 0; i < columns->n; i++)
    items[i].value = i;
  reg_radix_sort_texts (items, scratch, columns->n, columns->text, columns->starts);
  return items;
}

static void
index_ids (RegUserIndex *self)
{
  gsize n = self->rows.n;
  g_autofree RegSortItem *items = g_new (RegSortItem, n);
  g_autofree RegSortItem *scratch = g_new (RegSortItem, n);

  for (gsize i = 0; i < n; i++)
    {
      items[i].key = reg_radix_key_from_int64 (self->rows.ids[i]);
      items[i].value = i;
    }
  reg_radix_sort (items, scratch, n);
  self->by_id = g_renew (guint32, self->by_id, n);
  for (gsize i = 0; i < n; i++)
    self->by_id[i] = items[i].value;
  self->hits = g_renew (guint32, self->hits, n);
}

static int
compare_rows (const RegUserColumns *a, gsize a_row, const RegUserColumns *b, gsize b_row)
{
  gsize a_len = a->starts[a_row + 1] - a->starts[a_row];
  gsize b_len = b->starts[b_row + 1] - b->starts[b_row];
  int order = memcmp (a->text + a->starts[a_row], b->text + b->starts[b_row], MIN (a_len, b_len));

  if (order != 0)
    return order;
  return (a->ids[a_row] > b->ids[b_row]) - (a->ids[a_row] < b->ids[b_row]);
}

/* removed: (nullable): a bit per row that is left out. fresh: rows in any order that come in, in
 * the order of their ids where texts are equal. */
static void
merge_rows (RegUserIndex *self, const guint64 *removed, RegUserColumns *fresh)
{
  g_autofree RegSortItem *order = sort_by_text (fresh);
  RegUserColumns merged = { 0 };
  RegUserColumns *old = &self->rows;
  gsize next = 0;

  columns_reserve (&merged, old->n + fresh->n, old->text_len + fresh->text_len);
  columns_use_large_pages (&merged);
  for (gsize row = 0; row < old->n; row++)
    {
      if (removed != NULL && (removed[row / 64] >> (row % 64) & 1) != 0)
        continue;
      while (next < fresh->n && compare_rows (fresh, order[next].value, old, row) < 0)
        columns_append_row (&merged, fresh, order[next++].value);
      columns_append_row (&merged, old, row);
    }
  while (next < fresh->n)
    columns_append_row (&merged, fresh, order[next++].value);

  columns_clear (old);
  columns_clear (fresh);
  *old = merged;
  reg_user_order_clear (&self->by_email);
  reg_user_order_clear (&self->by_employee_id);
  index_ids (self);
}

static gboolean
load (RegUserIndex *self, RegStoreDb *db, GCancellable *cancellable, GError **error)
{
  RegUserColumns fresh = { 0 };
  sqlite3_stmt *statement;
  gboolean ok, row = FALSE;

  columns_clear (&self->rows);
  columns_reserve (&self->rows, 0, 0);
  interned_clear (&self->locations);
  interned_clear (&self->label_sets);
  columns_reserve (&fresh, 0, 0);
  statement = reg_store_db_prepare (db, "SELECT " COLUMNS " FROM user ORDER BY id", error);
  ok = statement != NULL;
  while (ok && (ok = reg_store_db_step (db, statement, &row, error)) && row)
    {
      ok = append_row (self, &fresh, statement, error);
      if (ok && fresh.n % CANCEL_EVERY == 0)
        ok = !g_cancellable_set_error_if_cancelled (cancellable, error);
    }
  if (statement != NULL)
    sqlite3_reset (statement);
  if (ok)
    merge_rows (self, NULL, &fresh);
  columns_clear (&fresh);
  return ok;
}

/* statement: at the row of id, or NULL where there is none now. */
static gboolean
update_row (RegUserIndex *self,
            gint64 id,
            sqlite3_stmt *statement,
            guint64 *removed,
            RegUserColumns *fresh,
            GError **error)
{
  guint32 rank = reg_user_index_get_rank (self, id);
  gsize len = 0;
  const char *text = statement != NULL ? get_text (statement, COLUMN_TEXT, &len) : NULL;

  if (rank != REG_USER_RANK_NONE)
    {
      RegUserColumns *rows = &self->rows;
      guint32 email_print = rows->email_prints[rank];
      guint32 employee_id_print = rows->employee_id_prints[rank];

      if (text != NULL && rows->starts[rank + 1] - rows->starts[rank] == len + 1
          && memcmp (rows->text + rows->starts[rank], text, len) == 0)
        {
          set_fields (self, rows, rank, statement);
          if (rows->email_prints[rank] != email_print)
            reg_user_order_clear (&self->by_email);
          if (rows->employee_id_prints[rank] != employee_id_print)
            reg_user_order_clear (&self->by_employee_id);
          return TRUE;
        }
      removed[rank / 64] |= G_GUINT64_CONSTANT (1) << (rank % 64);
    }
  return text == NULL || append_row (self, fresh, statement, error);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  gint64 first = *(const gint64 *)a, second = *(const gint64 *)b;

  return (first > second) - (first < second);
}

/* ids: sorted here. */
static gboolean
update (RegUserIndex *self, RegStoreDb *db, GArray *ids, GCancellable *cancellable, GError **error)
{
  g_autofree guint64 *removed = g_new0 (guint64, self->rows.n / 64 + 1);
  RegUserColumns fresh = { 0 };
  sqlite3_stmt *statement;
  gboolean ok, row, merge;

  g_array_sort (ids, compare_ids);
  columns_reserve (&fresh, 0, 0);
  statement = reg_store_db_prepare (db, "SELECT " COLUMNS " FROM user WHERE id = ?", error);
  ok = statement != NULL;
  for (guint i = 0; ok && i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);

      if (i > 0 && id == g_array_index (ids, gint64, i - 1))
        continue;
      sqlite3_bind_int64 (statement, 1, id);
      ok = reg_store_db_step (db, statement, &row, error)
           && update_row (self, id, row ? statement : NULL, removed, &fresh, error);
      sqlite3_reset (statement);
      if (ok && i % CANCEL_EVERY == CANCEL_EVERY - 1)
        ok = !g_cancellable_set_error_if_cancelled (cancellable, error);
    }

  merge = fresh.n > 0;
  for (gsize i = 0; !merge && i <= self->rows.n / 64; i++)
    merge = removed[i] != 0;
  if (ok && merge)
    merge_rows (self, removed, &fresh);
  columns_clear (&fresh);
  return ok;
}

/* One snapshot for all of them: a step that is written meanwhile is seen whole or not at all. */
static gboolean
update_at_once (RegUserIndex *self,
                RegStoreDb *db,
                GArray *ids,
                GCancellable *cancellable,
                GError **error)
{
  gboolean ok;

  if (!reg_store_db_exec (db, "BEGIN", error))
    return FALSE;
  ok = update (self, db, ids, cancellable, error);
  return reg_store_db_exec (db, "COMMIT", ok ? error : NULL) && ok;
}

static gboolean
refresh_users (RegUserIndex *self, RegStoreDb *db, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) ids = NULL;
  gboolean all, ok = TRUE;

  g_mutex_lock (&self->dirty_lock);
  ids = g_steal_pointer (&self->dirty_ids);
  self->dirty_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  all = self->all_dirty;
  self->all_dirty = FALSE;
  g_mutex_unlock (&self->dirty_lock);

  /* One scan is then cheaper than as many look-ups. */
  all = all || ids->len > self->rows.n / 2 + 64;
  if (all)
    ok = load (self, db, cancellable, error);
  else if (ids->len > 0)
    ok = update_at_once (self, db, ids, cancellable, error);
  if (!ok && all)
    reg_user_index_invalidate_users (self, NULL, 0);
  else if (!ok)
    reg_user_index_invalidate_users (self, (const gint64 *)(gpointer)ids->data, ids->len);
  return ok;
}

/**
 * reg_user_index_refresh_labels:
 * @db: the reader connection
 *
 * Reads the names of labels where they changed since the last time.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
reg_user_index_refresh_labels (RegUserIndex *self, RegStoreDb *db, GError **error)
{
  RegLabelNames *names;
  gboolean dirty;

  g_mutex_lock (&self->dirty_lock);
  dirty = self->labels_dirty;
  self->labels_dirty = FALSE;
  g_mutex_unlock (&self->dirty_lock);
  if (!dirty)
    return TRUE;

  names = reg_label_names_new (db, error);
  if (names == NULL)
    {
      reg_user_index_invalidate_labels (self);
      return FALSE;
    }
  g_clear_pointer (&self->labels, reg_label_names_free);
  self->labels = names;
  return TRUE;
}

/**
 * reg_user_index_refresh:
 * @db: the reader connection
 * @cancellable: (nullable): ends a long reading between rows
 *
 * Reads what was noted as changed since the last time; everything at the first. When it fails
 * or is cancelled, what was noted stays noted.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
reg_user_index_refresh (RegUserIndex *self,
                        RegStoreDb *db,
                        GCancellable *cancellable,
                        GError **error)
{
  return refresh_users (self, db, cancellable, error)
         && reg_user_index_refresh_labels (self, db, error);
}

/**
 * reg_user_index_get_size:
 *
 * Returns: how many users there are
 */
gsize
reg_user_index_get_size (RegUserIndex *self)
{
  return self->rows.n;
}

/**
 * reg_user_index_get_id:
 *
 * Returns: the user at this place of the name order
 */
gint64
reg_user_index_get_id (RegUserIndex *self, guint32 rank)
{
  return self->rows.ids[rank];
}

/**
 * reg_user_index_get_rank:
 *
 * Returns: the user's place in the name order, or %REG_USER_RANK_NONE for an unknown one
 */
guint32
reg_user_index_get_rank (RegUserIndex *self, gint64 id)
{
  gsize low = 0;
  gsize high = self->rows.n;

  while (low < high)
    {
      gsize middle = (low + high) / 2;
      guint32 rank = self->by_id[middle];

      if (self->rows.ids[rank] == id)
        return rank;
      if (self->rows.ids[rank] < id)
        low = middle + 1;
      else
        high = middle;
    }
  return REG_USER_RANK_NONE;
}

/**
 * reg_user_index_get_labels:
 *
 * Returns: (transfer none): the names of labels, until the next refresh
 */
RegLabelNames *
reg_user_index_get_labels (RegUserIndex *self)
{
  return self->labels;
}
