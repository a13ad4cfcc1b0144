/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-tabular"

#include "tabular/reg-zip.h"

#include "tabular/reg-tabular-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_DIRECTORY ((guint64)16 << 20)
#define END_LEN ((gsize)22)
#define END64_LEN ((gsize)56)
#define LOCATOR_LEN ((gsize)20)
#define HEADER_LEN ((gsize)46)
#define LOCAL_LEN ((gsize)30)
/* Sheets pack to a tenth or so, and hardly any to less than a twentieth. What packs more tightly
 * and still is large is made to fill memory or time: half a gigabyte is what is read within a
 * second or two. */
#define MAX_SIZE (G_GUINT64_CONSTANT (4) << 30)
#define LARGE_SIZE (G_GUINT64_CONSTANT (512) << 20)
#define SMALL_SIZE (G_GUINT64_CONSTANT (64) << 20)
#define MAX_RATIO_LARGE 20
#define MAX_RATIO 100

struct _RegZip
{
  RegInput *input; /* not owned */
  guint64 base;    /* what stands before the container */
  guint64 end;     /* where its directory begins */
  GArray *entries;
  GPtrArray *by_name; /* the same in the order of their names; no table of hashes, whose keys could
                         be chosen to collide */
};

static guint32
get16 (const guint8 *p)
{
  return (guint32)p[0] | (guint32)p[1] << 8;
}

static guint32
get32 (const guint8 *p)
{
  return get16 (p) | get16 (p + 2) << 16;
}

static guint64
get64 (const guint8 *p)
{
  return (guint64)get32 (p) | (guint64)get32 (p + 4) << 32;
}

static gboolean
fail_damaged (GError **error)
{
  g_set_error_literal (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_DAMAGED,
                       _ ("This file is damaged. Open it in a spreadsheet program and save it "
                          "again."));
  return FALSE;
}

static gboolean
fail_truncated (GError **error)
{
  g_set_error_literal (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_TRUNCATED,
                       _ ("The end of this file is missing. Copy or download it once more."));
  return FALSE;
}

static gboolean
fail_too_large (GError **error)
{
  g_set_error_literal (
      error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_TOO_LARGE,
      _ ("This file unpacks to far more than a spreadsheet can hold. Copy the list "
         "to a new spreadsheet and save that."));
  return FALSE;
}

static void
clear_entry (gpointer entry)
{
  g_free (((RegZipEntry *)entry)->name);
}

typedef struct
{
  guint64 count;
  guint64 size;
  guint64 offset; /* as written, without what stands before the container */
  guint64 behind; /* what follows the directory, in the file */
} Directory;

/* Finds the end record, which is the last thing in the file but for a comment. */
static gboolean
find_end (RegInput *input, Directory *directory, GError **error)
{
  guint64 size = reg_input_get_size (input);
  gsize n = (gsize)MIN (size, END_LEN + 0xFFFF);
  g_autofree guint8 *tail = g_malloc (MAX (n, 1));
  guint8 end64[MAX (END64_LEN, LOCATOR_LEN)];
  gsize at;

  if (!reg_input_read_at (input, size - n, tail, n, error))
    return FALSE;
  for (at = n; at >= END_LEN; at--)
    {
      const guint8 *p = tail + at - END_LEN;

      if (get32 (p) == 0x06054B50 && at + get16 (p + 20) <= n)
        break;
    }
  if (at < END_LEN)
    return fail_truncated (error);
  at -= END_LEN;
  directory->behind = size - n + at;
  directory->count = get16 (tail + at + 10);
  directory->size = get32 (tail + at + 12);
  directory->offset = get32 (tail + at + 16);
  if (directory->count != 0xFFFF && directory->size != 0xFFFFFFFF
      && directory->offset != 0xFFFFFFFF)
    return TRUE;
  /* Some number does not fit: there is a second end record with longer fields before this one. */
  if (directory->behind < LOCATOR_LEN)
    return TRUE;
  if (!reg_input_read_at (input, directory->behind - LOCATOR_LEN, end64, LOCATOR_LEN, error))
    return FALSE;
  if (get32 (end64) != 0x07064B50)
    return TRUE;
  directory->behind = get64 (end64 + 8);
  if (directory->behind > size || size - directory->behind < END64_LEN)
    return fail_damaged (error);
  if (!reg_input_read_at (input, directory->behind, end64, END64_LEN, error))
    return FALSE;
  if (get32 (end64) != 0x06064B50)
    return fail_damaged (error);
  directory->count = get64 (end64 + 32);
  directory->size = get64 (end64 + 40);
  directory->offset = get64 (end64 + 48);
  return TRUE;
}

/* The fields that are all ones stand in an extra field, in this order. */
static gboolean
read_long_fields (RegZipEntry *entry, const guint8 *extra, gsize len)
{
  while (len >= 4)
    {
      gsize n = get16 (extra + 2);
      const guint8 *p = extra + 4;

      if (n + 4 > len)
        return TRUE; /* other programs' padding; not ours to judge */
      if (get16 (extra) == 1)
        {
          guint64 *fields[] = { &entry->size, &entry->packed, &entry->offset };

          for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
            if (*fields[i] == 0xFFFFFFFF)
              {
                if (n < 8)
                  return FALSE;
                *fields[i] = get64 (p);
                p += 8;
                n -= 8;
              }
          return TRUE;
        }
      extra += n + 4;
      len -= n + 4;
    }
  return TRUE;
}

static char *
fold_name (const guint8 *name, gsize len)
{
  while (len > 0 && (*name == '/' || *name == '\\'))
    {
      name++;
      len--;
    }
  {
    char *folded = g_ascii_strdown ((const char *)name, (gssize)len);

    g_strdelimit (folded, "\\", '/');
    return folded;
  }
}

static gboolean
read_entries (RegZip *self, const guint8 *p, gsize left, guint64 count, GError **error)
{
  for (guint64 i = 0; i < count; i++)
    {
      RegZipEntry entry;
      gsize name_len, extra_len, comment_len;

      if (left < HEADER_LEN || get32 (p) != 0x02014B50)
        return fail_damaged (error);
      name_len = get16 (p + 28);
      extra_len = get16 (p + 30);
      comment_len = get16 (p + 32);
      if (left < HEADER_LEN + name_len + extra_len + comment_len)
        return fail_damaged (error);
      entry.flags = (guint16)get16 (p + 8);
      entry.method = (guint16)get16 (p + 10);
      entry.crc = get32 (p + 16);
      entry.packed = get32 (p + 20);
      entry.size = get32 (p + 24);
      entry.offset = get32 (p + 42);
      entry.raw_name_len = (guint16)name_len;
      if (!read_long_fields (&entry, p + HEADER_LEN + name_len, extra_len)
          || entry.offset > self->end - self->base
          || entry.packed > self->end - self->base - entry.offset)
        return fail_damaged (error);
      entry.offset += self->base;
      entry.name = fold_name (p + HEADER_LEN, name_len);
      g_array_append_val (self->entries, entry);
      p += HEADER_LEN + name_len + extra_len + comment_len;
      left -= HEADER_LEN + name_len + extra_len + comment_len;
    }
  return TRUE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const RegZipEntry *const *x = a;
  const RegZipEntry *const *y = b;

  return strcmp ((*x)->name, (*y)->name);
}

static void
sort_names (RegZip *self)
{
  self->by_name = g_ptr_array_sized_new (self->entries->len);
  for (guint i = 0; i < self->entries->len; i++)
    g_ptr_array_add (self->by_name, &g_array_index (self->entries, RegZipEntry, i));
  g_ptr_array_sort (self->by_name, compare_names);
}

static int
compare_offsets (gconstpointer a, gconstpointer b)
{
  const RegZipEntry *const *x = a;
  const RegZipEntry *const *y = b;

  return ((*x)->offset > (*y)->offset) - ((*x)->offset < (*y)->offset);
}

/* Entries that share bytes are how a small file pretends to hold a huge one. */
static gboolean
check_overlaps (RegZip *self, GError **error)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();

  for (guint i = 0; i < self->entries->len; i++)
    g_ptr_array_add (sorted, &g_array_index (self->entries, RegZipEntry, i));
  g_ptr_array_sort (sorted, compare_offsets);
  for (guint i = 0; i < sorted->len; i++)
    {
      const RegZipEntry *entry = sorted->pdata[i];
      guint64 next =
          i + 1 < sorted->len ? ((RegZipEntry *)sorted->pdata[i + 1])->offset : self->end;

      if (next - entry->offset < LOCAL_LEN + entry->raw_name_len
          || next - entry->offset - LOCAL_LEN - entry->raw_name_len < entry->packed)
        return fail_damaged (error);
    }
  return TRUE;
}

/* Where the directory is. It may stand later than it says, when something was put before the zip.
 */
static gboolean
place_directory (RegZip *self, const Directory *directory, GError **error)
{
  guint8 magic[4];

  if (directory->size > directory->behind
      || directory->offset > directory->behind - directory->size)
    return fail_truncated (error);
  if (directory->size > MAX_DIRECTORY)
    return fail_too_large (error);
  self->end = directory->offset;
  if (directory->count == 0)
    return TRUE;
  if (!reg_input_read_at (self->input, self->end, magic, sizeof magic, error))
    return FALSE;
  if (get32 (magic) != 0x02014B50)
    {
      self->end = directory->behind - directory->size;
      self->base = self->end - directory->offset;
    }
  return TRUE;
}

/**
 * reg_zip_new:
 * @input: the file; it must outlive the container
 * @error: return location, see #RegTabularError and %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): the container
 */
RegZip *
reg_zip_new (RegInput *input, GError **error)
{
  g_autoptr (RegZip) self = g_new0 (RegZip, 1);
  g_autofree guint8 *bytes = NULL;
  Directory directory;

  self->input = input;
  self->entries = g_array_new (FALSE, FALSE, sizeof (RegZipEntry));
  g_array_set_clear_func (self->entries, clear_entry);
  if (!find_end (input, &directory, error) || !place_directory (self, &directory, error))
    return NULL;
  bytes = g_malloc (MAX ((gsize)directory.size, 1));
  if (!reg_input_read_at (input, self->end, bytes, (gsize)directory.size, error)
      || !read_entries (self, bytes, (gsize)directory.size, directory.count, error)
      || !check_overlaps (self, error))
    return NULL;
  sort_names (self);
  return g_steal_pointer (&self);
}

void
reg_zip_free (RegZip *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->by_name, g_ptr_array_unref);
  g_clear_pointer (&self->entries, g_array_unref);
  g_free (self);
}

const RegZipEntry *
reg_zip_get_entry (RegZip *self, guint place)
{
  return place < self->by_name->len ? g_ptr_array_index (self->by_name, place) : NULL;
}

/**
 * reg_zip_find:
 * @self: the container
 * @name: a path in it; upper and lower case are the same
 *
 * Returns: (nullable): the file of that name; %NULL when there is none, or more than one
 */
const RegZipEntry *
reg_zip_find (RegZip *self, const char *name)
{
  g_autofree char *folded = fold_name ((const guint8 *)name, strlen (name));
  RegZipEntry **entries = (RegZipEntry **)self->by_name->pdata;
  guint from = 0, to = self->by_name->len;

  while (from < to)
    {
      guint middle = from + (to - from) / 2;

      if (strcmp (entries[middle]->name, folded) < 0)
        from = middle + 1;
      else
        to = middle;
    }
  if (from == self->by_name->len || strcmp (entries[from]->name, folded) != 0
      || (from + 1 < self->by_name->len && strcmp (entries[from + 1]->name, folded) == 0))
    return NULL;
  return entries[from];
}

RegInput *
reg_zip_get_input (RegZip *self)
{
  return self->input;
}

/**
 * reg_zip_locate:
 * @self: the container
 * @entry: one of its files
 * @data_offset: (out): where its packed bytes begin
 * @error: return location, see #RegTabularError and %G_IO_ERROR
 *
 * Returns: whether the file is there and may be unpacked
 */
gboolean
reg_zip_locate (RegZip *self, const RegZipEntry *entry, guint64 *data_offset, GError **error)
{
  guint8 header[LOCAL_LEN];

  if ((entry->flags & 1) != 0)
    {
      g_set_error_literal (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_ENCRYPTED,
                           _ ("This file is protected with a password. Open it in a spreadsheet "
                              "program and save it without the password."));
      return FALSE;
    }
  if (entry->method != 0 && entry->method != 8)
    {
      g_set_error_literal (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_UNSUPPORTED,
                           _ ("This file is packed in an unusual way. Open it in a spreadsheet "
                              "program and save it again."));
      return FALSE;
    }
  if (entry->size > MAX_SIZE
      || (entry->size > LARGE_SIZE && entry->size / MAX_RATIO_LARGE > entry->packed)
      || (entry->size > SMALL_SIZE && entry->size / MAX_RATIO > entry->packed))
    return fail_too_large (error);
  if (!reg_input_read_at (self->input, entry->offset, header, sizeof header, error))
    return FALSE;
  *data_offset = entry->offset + LOCAL_LEN + get16 (header + 26) + get16 (header + 28);
  if (get32 (header) != 0x04034B50 || get16 (header + 8) != entry->method
      || get16 (header + 26) != entry->raw_name_len || *data_offset > self->end
      || entry->packed > self->end - *data_offset
      || (entry->method == 0 && entry->packed != entry->size))
    return fail_damaged (error);
  return TRUE;
}
