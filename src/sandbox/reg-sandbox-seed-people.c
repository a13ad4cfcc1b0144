/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The people of a roster file as the directory. */
#define G_LOG_DOMAIN "reg-sandbox"

#include "sandbox/reg-sandbox-seed.h"

#include "rules/reg-text.h"
#include "tabular/reg-row-reader.h"

#include <string.h>

enum
{
  COLUMN_EMPLOYEE_ID,
  COLUMN_FIRST_NAME,
  COLUMN_LAST_NAME,
  COLUMN_EMAIL,
  COLUMN_LOCATION,
  COLUMN_GROUPS,
  COLUMN_ROLE,
  COLUMN_MANAGER_EMAIL,
  COLUMN_STATUS,
  COLUMN_HIRE_DATE,
  N_COLUMNS,
};

static const char *const headings[N_COLUMNS] = {
  "employee_id", "first_name", "last_name",     "email",  "location",
  "groups",      "role",       "manager_email", "status", "hire_date",
};

typedef struct
{
  RegSandboxDb *db;
  gint64 now;
  guint columns[N_COLUMNS]; /* where in a row each one is */
  GHashTable *labels;       /* kind and name → id */
  GHashTable *people;       /* e-mail key → id */
  GArray *managers;         /* Manager */
} Roster;

typedef struct
{
  gint64 user_id;
  char *email_key;
} Manager;

static void
manager_clear (gpointer data)
{
  Manager *manager = data;

  g_free (manager->email_key);
}

static void
roster_clear (Roster *roster)
{
  g_clear_pointer (&roster->labels, g_hash_table_unref);
  g_clear_pointer (&roster->people, g_hash_table_unref);
  g_clear_pointer (&roster->managers, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Roster, roster_clear)

static gint64
get_label (Roster *roster, RegLabelKind kind, const char *name)
{
  g_autofree char *key = g_strdup_printf ("%d%s", kind, name);
  gint64 *id = g_hash_table_lookup (roster->labels, key);
  RegLabel label = { .kind = kind, .name = (char *)name };

  if (*name == '\0')
    return 0;
  if (id != NULL)
    return *id;
  reg_sandbox_db_save_label (roster->db, &label);
  g_hash_table_insert (roster->labels, g_steal_pointer (&key),
                       g_memdup2 (&label.id, sizeof label.id));
  return label.id;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;

  return x < y ? -1 : x > y;
}

static char *
dup_labels (Roster *roster, const char *text)
{
  g_auto (GStrv) names = g_strsplit (text, ";", -1);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GString *out = g_string_new (NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      gint64 id = get_label (roster, REG_LABEL_GROUP, g_strstrip (names[i]));

      if (id != 0)
        g_array_append_val (ids, id);
    }
  g_array_sort (ids, compare_ids);
  for (guint i = 0; i < ids->len; i++)
    if (i == 0 || g_array_index (ids, gint64, i) != g_array_index (ids, gint64, i - 1))
      g_string_append_printf (out, "%s%" G_GINT64_FORMAT ",", out->len == 0 ? "," : "",
                              g_array_index (ids, gint64, i));
  return g_string_free (out, FALSE);
}

static RegRole
get_role (const char *word)
{
  if (g_ascii_strcasecmp (word, "administrator") == 0)
    return REG_ROLE_ADMINISTRATOR;
  if (g_ascii_strcasecmp (word, "manager") == 0)
    return REG_ROLE_MANAGER;
  if (g_ascii_strcasecmp (word, "trainer") == 0 || g_ascii_strcasecmp (word, "course author") == 0)
    return REG_ROLE_INSTRUCTOR;
  return REG_ROLE_LEARNER;
}

static gint64
get_hire_time (const char *date, gint64 now)
{
  g_autofree char *text = g_strconcat (date, "T08:00:00Z", NULL);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);

  return time != NULL ? MIN (now, g_date_time_to_unix (time)) : now;
}

/* The cell's text without the spaces round it. */
static char *
dup_cell (const Roster *roster, const RegRow *row, guint column)
{
  guint at = roster->columns[column];

  return at < row->n_cells ? g_strstrip (g_strdup (row->cells[at].text)) : g_strdup ("");
}

static gboolean
find_columns (Roster *roster, const RegRow *row, GError **error)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      guint at;

      for (at = 0; at < row->n_cells; at++)
        if (g_ascii_strcasecmp (row->cells[at].text, headings[i]) == 0)
          break;
      if (at == row->n_cells)
        {
          g_set_error (error, REG_SANDBOX_ERROR, REG_SANDBOX_ERROR_SEED,
                       "The roster has no column %s.", headings[i]);
          return FALSE;
        }
      roster->columns[i] = at;
    }
  return TRUE;
}

static void
note_manager (Roster *roster, const RegRow *row, gint64 user_id)
{
  g_autofree char *email = dup_cell (roster, row, COLUMN_MANAGER_EMAIL);
  Manager manager = { user_id, NULL };

  if (*email == '\0')
    return;
  manager.email_key = reg_email_key (email, -1);
  g_array_append_val (roster->managers, manager);
}

/* A line without a usable address, or with one that is there already, is nobody. */
static void
add_person (Roster *roster, const RegRow *row)
{
  g_autofree char *status = dup_cell (roster, row, COLUMN_STATUS);
  g_autofree char *location = dup_cell (roster, row, COLUMN_LOCATION);
  g_autofree char *groups = dup_cell (roster, row, COLUMN_GROUPS);
  g_autofree char *role = dup_cell (roster, row, COLUMN_ROLE);
  g_autofree char *hired = dup_cell (roster, row, COLUMN_HIRE_DATE);
  g_autofree char *email = dup_cell (roster, row, COLUMN_EMAIL);
  g_autofree char *key = reg_email_key (email, -1);
  g_autoptr (RegUser) user = NULL;

  if (!reg_email_is_valid (email, -1) || g_hash_table_contains (roster->people, key))
    return;
  user = g_new0 (RegUser, 1);
  user->email = g_steal_pointer (&email);
  user->employee_id = dup_cell (roster, row, COLUMN_EMPLOYEE_ID);
  user->given_name = dup_cell (roster, row, COLUMN_FIRST_NAME);
  user->family_name = dup_cell (roster, row, COLUMN_LAST_NAME);
  user->labels = dup_labels (roster, groups);
  user->location_id = get_label (roster, REG_LABEL_LOCATION, location);
  user->role = get_role (role);
  user->state = g_ascii_strcasecmp (status, "deactivated") == 0 ? REG_USER_STATE_DEACTIVATED
                                                                : REG_USER_STATE_ACTIVE;
  user->approved_at = get_hire_time (hired, roster->now);
  user->notified_at = user->approved_at;
  reg_sandbox_db_save_user (roster->db, user);
  g_hash_table_insert (roster->people, g_steal_pointer (&key),
                       g_memdup2 (&user->id, sizeof user->id));
  note_manager (roster, row, user->id);
}

static void
set_managers (Roster *roster)
{
  for (guint i = 0; i < roster->managers->len; i++)
    {
      const Manager *manager = &g_array_index (roster->managers, Manager, i);
      const gint64 *id = g_hash_table_lookup (roster->people, manager->email_key);
      sqlite3_stmt *stmt =
          reg_sandbox_db_query (roster->db, "UPDATE user SET manager_id = ?2 WHERE id = ?1");

      if (id == NULL)
        continue;
      sqlite3_bind_int64 (stmt, 1, manager->user_id);
      sqlite3_bind_int64 (stmt, 2, *id);
      reg_sandbox_db_run (roster->db, stmt);
    }
}

/**
 * reg_sandbox_seed_people:
 * @db: a database
 * @path: a spreadsheet with the columns of make-roster's rosters
 * @n_courses: how many courses to make
 * @now: unix seconds
 * @error: return location
 *
 * Adds the file's people with their groups, locations and managers, and courses C001, C002, …
 *
 * Returns: whether the file could be read
 */
gboolean
reg_sandbox_seed_people (RegSandboxDb *db,
                         const char *path,
                         guint n_courses,
                         gint64 now,
                         GError **error)
{
  g_autoptr (RegRowReader) reader = reg_row_reader_open (path, NULL, NULL, error);
  g_auto (Roster) roster = { .db = db, .now = now };
  g_autoptr (GError) local = NULL;
  gboolean found = FALSE;
  RegRow row;

  roster.labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  roster.people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  roster.managers = g_array_new (FALSE, FALSE, sizeof (Manager));
  g_array_set_clear_func (roster.managers, manager_clear);
  for (guint i = 1; i <= n_courses; i++)
    reg_sandbox_seed_numbered_course (db, i);
  if (reader == NULL)
    return FALSE;
  while (reg_row_reader_next (reader, &row, &local))
    {
      if (row.n_cells == 0)
        continue;
      if (found)
        add_person (&roster, &row);
      else if (!find_columns (&roster, &row, error))
        return FALSE;
      found = TRUE;
    }
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  set_managers (&roster);
  return TRUE;
}
