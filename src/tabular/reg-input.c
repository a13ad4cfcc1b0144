/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-tabular"

#include "tabular/reg-input.h"

#include "tabular/reg-tabular-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LANES 4
#define BLOCK ((gsize)128 * 1024)

/* Every fourth word goes into the same lane: the processor need not wait for one to go on with the
 * next. */
typedef struct
{
  guint64 n; /* of the first so many bytes */
  guint64 lanes[LANES];
  guint64 rest[LANES]; /* the last of them, too few for the lanes */
} Fingerprint;

struct _RegInput
{
  int fd; /* -1: in memory */
  const char *text;
  guint64 size;
  guint64 position;
  GCancellable *cancellable;
  Fingerprint fingerprint;
};

/* What happens to everybody once is said in words that help. */
static const char *
get_words (int code)
{
  if (code == ENOENT || code == ENOTDIR)
    return _ (
        "The file is not there any more. It may have been moved or renamed; choose it again.");
  if (code == EACCES || code == EPERM)
    return _ ("You are not allowed to read this file. Ask whoever gave it to you, or copy it to a "
              "folder of yours.");
  return NULL;
}

static void
set_error_from_errno (GError **error, int code)
{
  const char *words = get_words (code);

  if (words != NULL)
    g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (code), words);
  else
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
                 _ ("The file cannot be read: %s."), g_strerror (code));
}

gboolean
reg_input_get_stamp (const char *path, gint64 *size, gint64 *mtime, GError **error)
{
  struct stat st;

  if (stat (path, &st) < 0)
    {
      set_error_from_errno (error, errno);
      return FALSE;
    }
  *size = st.st_size;
  *mtime = (gint64)st.st_mtim.tv_sec * G_USEC_PER_SEC + st.st_mtim.tv_nsec / 1000;
  return TRUE;
}

/**
 * reg_input_open:
 * @path: the file
 * @cancellable: (nullable): looked at whenever bytes are read
 * @error: return location, %G_IO_ERROR or %REG_TABULAR_ERROR_NOT_A_SPREADSHEET
 *
 * Returns: (transfer full) (nullable): the open file
 */
RegInput *
reg_input_open (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (RegInput) self = NULL;
  struct stat st;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_new0 (RegInput, 1);
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  /* O_NONBLOCK: opening a pipe nobody writes to must not hang; it means nothing for a plain file.
   */
  self->fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (self->fd < 0 || fstat (self->fd, &st) < 0)
    {
      set_error_from_errno (error, errno);
      return NULL;
    }
  if (S_ISDIR (st.st_mode))
    {
      g_set_error_literal (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_NOT_A_SPREADSHEET,
                           _ ("This is a folder. Choose a file in it."));
      return NULL;
    }
  if (!S_ISREG (st.st_mode))
    {
      g_set_error_literal (
          error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_NOT_A_SPREADSHEET,
          _ ("This is not an ordinary file. Save the data as a file and choose that."));
      return NULL;
    }
  self->size = (guint64)st.st_size;
  (void)posix_fadvise (self->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
  return g_steal_pointer (&self);
}

/**
 * reg_input_new_for_text:
 * @text: the bytes; they must outlive the input
 * @len: how many
 * @cancellable: (nullable): looked at whenever bytes are read
 *
 * Returns: (transfer full): the bytes as an input
 */
RegInput *
reg_input_new_for_text (const char *text, gsize len, GCancellable *cancellable)
{
  RegInput *self = g_new0 (RegInput, 1);

  self->fd = -1;
  self->text = text;
  self->size = len;
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  return self;
}

void
reg_input_free (RegInput *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    close (self->fd);
  g_clear_object (&self->cancellable);
  g_free (self);
}

guint64
reg_input_get_size (RegInput *self)
{
  return self->size;
}

guint64
reg_input_get_position (RegInput *self)
{
  return self->position;
}

void
reg_input_seek (RegInput *self, guint64 position)
{
  self->position = position;
}

static gssize
read_once (RegInput *self, guint64 offset, guint8 *buffer, gsize n, GError **error)
{
  gssize got;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return -1;
  if (self->fd < 0)
    {
      gsize left = offset < self->size ? (gsize)(self->size - offset) : 0;

      n = MIN (n, left);
      if (n > 0)
        memcpy (buffer, self->text + offset, n);
      return (gssize)n;
    }
  do
    got = pread (self->fd, buffer, n, (off_t)offset);
  while (got < 0 && errno == EINTR);
  if (got < 0)
    set_error_from_errno (error, errno);
  return got;
}

static inline guint64
mix (guint64 state, guint64 word)
{
  state = (state ^ word) * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
  return state ^ state >> 29;
}

static inline void
mix_words (guint64 *lanes, const guint64 *words)
{
  for (guint i = 0; i < LANES; i++)
    lanes[i] = mix (lanes[i], words[i]);
}

static void
add_to_fingerprint (Fingerprint *self, const guint8 *bytes, gsize n)
{
  const gsize size = sizeof self->rest;
  guint64 words[LANES];
  gsize had = (gsize)(self->n % size);
  gsize at = had > 0 ? MIN (size - had, n) : 0;

  self->n += n;
  if (at > 0)
    {
      memcpy ((guint8 *)self->rest + had, bytes, at);
      if (had + at < size)
        return;
      mix_words (self->lanes, self->rest);
    }
  for (; n - at >= size; at += size)
    {
      memcpy (words, bytes + at, size);
      mix_words (self->lanes, words);
    }
  memset (self->rest, 0, size);
  memcpy (self->rest, bytes + at, n - at);
}

gboolean
reg_input_get_fingerprint (RegInput *self, guint64 *fingerprint, GError **error)
{
  g_autofree guint8 *block = NULL;
  Fingerprint whole;
  gssize got = 1;

  while (got > 0)
    {
      if (block == NULL)
        block = g_malloc (BLOCK);
      got = read_once (self, self->fingerprint.n, block, BLOCK, error);
      if (got > 0)
        add_to_fingerprint (&self->fingerprint, block, (gsize)got);
    }
  if (got < 0)
    return FALSE;
  whole = self->fingerprint;
  mix_words (whole.lanes, whole.rest);
  *fingerprint = whole.n;
  for (guint i = 0; i < LANES; i++)
    *fingerprint = mix (*fingerprint, whole.lanes[i]);
  return TRUE;
}

/**
 * reg_input_read:
 * @self: the input
 * @buffer: (array length=n): where the bytes go
 * @n: how many at most
 * @error: return location, %G_IO_ERROR
 *
 * Reads on from the current position.
 *
 * Returns: how many bytes there were, 0 at the end, -1 on error
 */
gssize
reg_input_read (RegInput *self, guint8 *buffer, gsize n, GError **error)
{
  gssize got = read_once (self, self->position, buffer, n, error);
  guint64 known = self->fingerprint.n - self->position;

  if (got <= 0)
    return got;
  if (self->position <= self->fingerprint.n && known < (guint64)got)
    add_to_fingerprint (&self->fingerprint, buffer + known, (gsize)((guint64)got - known));
  self->position += (guint64)got;
  return got;
}

/**
 * reg_input_read_at:
 * @self: the input
 * @offset: where from
 * @buffer: (array length=n): where the bytes go
 * @n: how many
 * @error: return location, %G_IO_ERROR or %REG_TABULAR_ERROR_TRUNCATED
 *
 * Reads exactly @n bytes and leaves the current position alone.
 *
 * Returns: whether all of them were there
 */
gboolean
reg_input_read_at (RegInput *self, guint64 offset, guint8 *buffer, gsize n, GError **error)
{
  while (n > 0)
    {
      gssize got = read_once (self, offset, buffer, n, error);

      if (got < 0)
        return FALSE;
      if (got == 0)
        {
          g_set_error_literal (
              error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_TRUNCATED,
              _ ("The end of this file is missing. Copy or download it once more."));
          return FALSE;
        }
      buffer += got;
      offset += (guint64)got;
      n -= (gsize)got;
    }
  return TRUE;
}
