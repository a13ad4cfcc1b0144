/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kill-steps.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* A table of methods in place of SQLite's own. */
typedef struct
{
  sqlite3_io_methods methods; /* first */
  const sqlite3_io_methods *real;
} Methods;

static struct
{
  guint kill_at;
  GString *trace;
  sqlite3_vfs *real; /* SQLite's own way to the files */
  sqlite3_vfs vfs;
  Methods methods[4];
} steps;

void
kill_steps_take (char kind)
{
  g_string_append_c (steps.trace, kind);
  if (steps.trace->len == steps.kill_at)
    {
      kill (getpid (), SIGKILL);
      pause ();
    }
}

const char *
kill_steps_get_trace (void)
{
  return steps.trace->str;
}

/* ---- files ---- */

static const sqlite3_io_methods *
get_real (sqlite3_file *file)
{
  return ((const Methods *)file->pMethods)->real;
}

/* The head of a page in the log says how large the database is then, if it is a transaction's last.
 */
static gboolean
is_commit (const unsigned char *data, int amount)
{
  return amount == 24 && (data[4] | data[5] | data[6] | data[7]) != 0;
}

static int
take_write (sqlite3_file *file, const void *data, int amount, sqlite3_int64 offset)
{
  kill_steps_take (is_commit (data, amount) ? 'f' : 'w');
  return get_real (file)->xWrite (file, data, amount, offset);
}

static int
take_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  kill_steps_take ('c');
  return get_real (file)->xTruncate (file, size);
}

static int
take_sync (sqlite3_file *file, int flags)
{
  kill_steps_take ('s');
  return get_real (file)->xSync (file, flags);
}

static int
take_delete (sqlite3_vfs *vfs, const char *name, int sync_folder)
{
  kill_steps_take ('r');
  return steps.real->xDelete (steps.real, name, sync_folder);
}

/* The file is SQLite's own; only its table of methods is another. There are a few of them, by how a
 * file is locked. */
static int
open_file (sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *out_flags)
{
  int status = steps.real->xOpen (steps.real, name, file, flags, out_flags);
  Methods *methods = steps.methods;

  if (status != SQLITE_OK)
    return status;
  while (methods->real != NULL && methods->real != file->pMethods)
    g_assert_true (++methods < steps.methods + G_N_ELEMENTS (steps.methods));
  methods->real = file->pMethods;
  methods->methods = *file->pMethods;
  methods->methods.xWrite = take_write;
  methods->methods.xTruncate = take_truncate;
  methods->methods.xSync = take_sync;
  file->pMethods = &methods->methods;
  return status;
}

void
kill_steps_begin (guint kill_at)
{
  steps.kill_at = kill_at;
  steps.trace = g_string_new (NULL);
  steps.real = sqlite3_vfs_find (NULL);
  steps.vfs = *steps.real;
  steps.vfs.zName = "kill-steps";
  steps.vfs.xOpen = open_file;
  steps.vfs.xDelete = take_delete;
  g_assert_cmpint (sqlite3_vfs_register (&steps.vfs, 1), ==, SQLITE_OK);
}

/* ---- files beside the database: lists, copies ---- */

/* They stand before the C library's, for the program and for GLib. */

static gboolean
is_file (int fd)
{
  struct stat status;

  return steps.trace != NULL && fstat (fd, &status) == 0 && S_ISREG (status.st_mode);
}

ssize_t
write (int fd, const void *data, size_t n)
{
  static ssize_t (*real) (int, const void *, size_t);

  if (real == NULL)
    *(void **)&real = dlsym (RTLD_NEXT, "write");
  if (is_file (fd))
    kill_steps_take ('W');
  return real (fd, data, n);
}

ssize_t
splice (int from, off64_t *from_at, int to, off64_t *to_at, size_t n, unsigned flags)
{
  static ssize_t (*real) (int, off64_t *, int, off64_t *, size_t, unsigned);

  if (real == NULL)
    *(void **)&real = dlsym (RTLD_NEXT, "splice");
  if (is_file (to))
    kill_steps_take ('W');
  return real (from, from_at, to, to_at, n, flags);
}

int
rename (const char *from, const char *to)
{
  static int (*real) (const char *, const char *);

  if (real == NULL)
    *(void **)&real = dlsym (RTLD_NEXT, "rename");
  if (steps.trace != NULL)
    kill_steps_take ('N');
  return real (from, to);
}

/* ---- the LMS ---- */

#define KILL_TYPE_LMS (kill_lms_get_type ())
G_DECLARE_FINAL_TYPE (KillLms, kill_lms, KILL, LMS, RegLms)

struct _KillLms
{
  RegLms parent_instance;

  RegLms *lms;
  guint max_operations;
  guint page_size;
};

G_DEFINE_FINAL_TYPE (KillLms, kill_lms, REG_TYPE_LMS)

static RegSite *
describe (RegLms *lms, GCancellable *cancellable, GError **error)
{
  KillLms *self = KILL_LMS (lms);
  RegSite *site;

  kill_steps_take ('q');
  site = reg_lms_describe (self->lms, cancellable, error);
  kill_steps_take ('a');
  if (site != NULL)
    {
      site->max_operations = self->max_operations;
      site->page_size = self->page_size;
    }
  return site;
}

static RegPage *
pull (RegLms *lms, const char *cursor, guint limit, GCancellable *cancellable, GError **error)
{
  RegPage *page;

  kill_steps_take ('q');
  page = reg_lms_pull (KILL_LMS (lms)->lms, cursor, limit, cancellable, error);
  kill_steps_take ('a');
  return page;
}

static GPtrArray *
push (RegLms *lms, GPtrArray *changes, GCancellable *cancellable, GError **error)
{
  GPtrArray *results;

  kill_steps_take ('q');
  results = reg_lms_push (KILL_LMS (lms)->lms, changes, cancellable, error);
  kill_steps_take ('a');
  return results;
}

static GPtrArray *
ask (RegLms *lms, GPtrArray *changes, GCancellable *cancellable, GError **error)
{
  GPtrArray *results;

  kill_steps_take ('q');
  results = reg_lms_ask (KILL_LMS (lms)->lms, changes, cancellable, error);
  kill_steps_take ('a');
  return results;
}

static void
dispose (GObject *object)
{
  g_clear_object (&KILL_LMS (object)->lms);
  G_OBJECT_CLASS (kill_lms_parent_class)->dispose (object);
}

static void
kill_lms_class_init (KillLmsClass *class)
{
  RegLmsClass *lms_class = REG_LMS_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = dispose;
  lms_class->describe = describe;
  lms_class->pull = pull;
  lms_class->push = push;
  lms_class->ask = ask;
}

static void
kill_lms_init (KillLms *self)
{
}

RegLms *
kill_steps_wrap_lms (RegLms *lms, guint max_operations, guint page_size)
{
  KillLms *self = g_object_new (KILL_TYPE_LMS, NULL);

  self->lms = lms;
  self->max_operations = max_operations;
  self->page_size = page_size;
  return REG_LMS (self);
}
