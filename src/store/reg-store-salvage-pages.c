/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The format is described at sqlite.org/fileformat2.html. Nothing here trusts a number in the file:
 * every place is checked against the file's end, and a row that does not add up is passed over. */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-store-salvage-pages.h"

#include "store/reg-store-db.h"

#include <string.h>

#define MAGIC "SQLite format 3"
/* Of databases made before REG_STORE_PAGE_SIZE was it. */
#define OLD_PAGE_SIZE 4096
#define MAX_PAYLOAD (1024 * 1024)
#define LOG_HEADER 32
#define FRAME_HEADER 24
#define LEAF_TABLE 0x0d
#define LEAF_INDEX 0x0a
#define INNER_TABLE 0x05
#define INNER_INDEX 0x02

typedef struct
{
  const guint8 *file;
  gsize size;
  gsize page_size;
  GByteArray *payload;
  RegSalvageVisitor visitor;
  gpointer data;
} Scan;

static guint
get_u16 (const guint8 *p)
{
  return (guint)p[0] << 8 | p[1];
}

static guint32
get_u32 (const guint8 *p)
{
  return (guint32)get_u16 (p) << 16 | get_u16 (p + 2);
}

/* Bytes read, or 0 where the number goes over the end. */
static gsize
get_varint (const guint8 *p, const guint8 *end, guint64 *value)
{
  *value = 0;
  for (gsize i = 0; i < 9 && p + i < end; i++)
    {
      if (i == 8)
        {
          *value = *value << 8 | p[i];
          return 9;
        }
      *value = *value << 7 | (p[i] & 0x7f);
      if ((p[i] & 0x80) == 0)
        return i + 1;
    }
  return 0;
}

static gboolean
is_page_size (guint32 size)
{
  return size >= 512 && size <= 65536 && (size & (size - 1)) == 0;
}

/* Whether a page of a tree may begin there. */
static gboolean
looks_like_page (const guint8 *p, gsize page_size)
{
  gsize content = get_u16 (p + 5);

  return (p[0] == LEAF_TABLE || p[0] == LEAF_INDEX || p[0] == INNER_TABLE || p[0] == INNER_INDEX)
         && 8 + 2 * (gsize)get_u16 (p + 3) <= content && content <= page_size;
}

/* The header is gone. In the middle of a page hardly anything looks like the beginning of one. */
static gsize
guess_page_size (const guint8 *file, gsize size)
{
  gsize n_places = 0, n_pages = 0;

  for (gsize at = OLD_PAGE_SIZE; at + OLD_PAGE_SIZE <= size; at += OLD_PAGE_SIZE)
    if (at % REG_STORE_PAGE_SIZE != 0)
      {
        n_places++;
        n_pages += looks_like_page (file + at, OLD_PAGE_SIZE);
      }
  return n_pages * 4 > n_places ? OLD_PAGE_SIZE : REG_STORE_PAGE_SIZE;
}

static gsize
get_page_size (const guint8 *file, gsize size)
{
  guint32 page_size = 0;

  if (size >= 18 && memcmp (file, MAGIC, sizeof MAGIC) == 0)
    page_size = get_u16 (file + 16);
  if (page_size == 1)
    page_size = 65536;
  return is_page_size (page_size) ? page_size : guess_page_size (file, size);
}

/* How much of a payload stands in its leaf. */
static gsize
get_local_size (const Scan *scan, gsize payload, gboolean is_table)
{
  gsize usable = scan->page_size;
  gsize max = is_table ? usable - 35 : (usable - 12) * 64 / 255 - 23;
  gsize min = (usable - 12) * 32 / 255 - 23;
  gsize local;

  if (payload <= max)
    return payload;
  local = min + (payload - min) % (usable - 4);
  return local <= max ? local : min;
}

/* The rest of a payload, from its chain of overflow pages. */
static gboolean
append_overflow (Scan *scan, guint32 page, gsize left)
{
  while (left > 0)
    {
      gsize n = MIN (left, scan->page_size - 4);
      const guint8 *p;

      if (page == 0 || (gsize)page * scan->page_size > scan->size)
        return FALSE;
      p = scan->file + (gsize)(page - 1) * scan->page_size;
      g_byte_array_append (scan->payload, p + 4, (guint)n);
      page = get_u32 (p);
      left -= n;
    }
  return TRUE;
}

/* Places the next value; FALSE where it goes over the end. */
static gboolean
read_value (guint64 type, const guint8 **p, const guint8 *end, RegSalvageValue *value)
{
  static const guint8 sizes[] = { 0, 1, 2, 3, 4, 6, 8, 8, 0, 0 };
  gsize len;

  *value = (RegSalvageValue){ .type = SQLITE_NULL };
  if (type == 10 || type == 11)
    return FALSE;
  len = type < 10 ? sizes[type] : (gsize)(type - 12) / 2;
  if (len > (gsize)(end - *p))
    return FALSE;
  value->data = *p;
  value->len = len;
  if (type >= 12)
    {
      value->type = type % 2 == 0 ? SQLITE_BLOB : SQLITE_TEXT;
    }
  else if (type == 7)
    {
      value->type = SQLITE_FLOAT;
    }
  else if (type != 0)
    {
      value->type = SQLITE_INTEGER;
      value->number = type == 9 ? 1 : 0;
      if (len > 0 && (**p & 0x80) != 0)
        value->number = -1;
      for (gsize i = 0; i < len; i++)
        value->number = (gint64)((guint64)value->number << 8 | (*p)[i]);
    }
  *p += len;
  return TRUE;
}

static void
read_record (Scan *scan, gboolean has_rowid, gint64 rowid)
{
  RegSalvageValue values[REG_SALVAGE_MAX_COLUMNS];
  const guint8 *start = scan->payload->data;
  const guint8 *end = start + scan->payload->len;
  const guint8 *head_end, *p;
  guint64 head, type;
  gsize n = get_varint (start, end, &head);
  guint n_values = 0;

  if (n == 0 || head < n || head > scan->payload->len)
    return;
  p = head_end = start + head;
  for (const guint8 *h = start + n; h < head_end; h += n)
    {
      n = get_varint (h, head_end, &type);
      if (n == 0 || n_values == REG_SALVAGE_MAX_COLUMNS
          || !read_value (type, &p, end, &values[n_values]))
        return;
      if (values[n_values].type == SQLITE_TEXT
          && !g_utf8_validate ((const char *)values[n_values].data, (gssize)values[n_values].len,
                               NULL))
        return;
      n_values++;
    }
  if (p == end && n_values > 0)
    scan->visitor (has_rowid, rowid, values, n_values, scan->data);
}

static void
read_cell (Scan *scan, const guint8 *cell, const guint8 *page_end, gboolean is_table)
{
  guint64 payload, rowid = 0;
  gsize local;
  gsize n = get_varint (cell, page_end, &payload);

  if (n == 0 || payload == 0 || payload > MAX_PAYLOAD)
    return;
  cell += n;
  if (is_table)
    {
      n = get_varint (cell, page_end, &rowid);
      if (n == 0)
        return;
      cell += n;
    }
  local = get_local_size (scan, (gsize)payload, is_table);
  if (local + (local < payload ? 4 : 0) > (gsize)(page_end - cell))
    return;
  g_byte_array_set_size (scan->payload, 0);
  g_byte_array_append (scan->payload, cell, (guint)local);
  if (local < payload && !append_overflow (scan, get_u32 (cell + local), (gsize)payload - local))
    return;
  read_record (scan, is_table, (gint64)rowid);
}

static void
read_page (Scan *scan, const guint8 *page)
{
  gboolean is_table = page[0] == LEAF_TABLE;
  guint n_cells = get_u16 (page + 3);

  if ((!is_table && page[0] != LEAF_INDEX) || 8 + 2 * (gsize)n_cells > scan->page_size)
    return;
  for (guint i = 0; i < n_cells; i++)
    {
      guint at = get_u16 (page + 8 + 2 * i);

      if (at >= 8 && at < scan->page_size)
        read_cell (scan, page + at, page + scan->page_size, is_table);
    }
}

/**
 * reg_salvage_scan_pages:
 * @file: bytes of a database file
 * @size: how many
 * @visitor: called for each row of each leaf page
 * @data: for @visitor
 *
 * Rows of pages that nothing refers to any more come too; whoever has a better copy of a row keeps
 * it.
 */
void
reg_salvage_scan_pages (const guint8 *file, gsize size, RegSalvageVisitor visitor, gpointer data)
{
  Scan scan = { .file = file,
                .size = size,
                .page_size = get_page_size (file, size),
                .payload = g_byte_array_new (),
                .visitor = visitor,
                .data = data };

  for (gsize at = scan.page_size; at + scan.page_size <= size; at += scan.page_size)
    read_page (&scan, file + at);
  g_byte_array_unref (scan.payload);
}

/* How many frames belong to transactions that were committed. */
static gsize
count_committed (const Scan *scan, const guint8 *log, gsize log_size)
{
  gsize frame_size = FRAME_HEADER + scan->page_size;
  gsize n = 0;

  for (gsize i = 0; LOG_HEADER + (i + 1) * frame_size <= log_size; i++)
    {
      const guint8 *frame = log + LOG_HEADER + i * frame_size;

      /* The two salts tell the frames of this log from those of the one before. */
      if (memcmp (frame + 8, log + 16, 8) != 0)
        break;
      if (get_u32 (frame + 4) != 0)
        n = i + 1;
    }
  return n;
}

void
reg_salvage_scan_log (const guint8 *log,
                      gsize log_size,
                      const guint8 *file,
                      gsize size,
                      RegSalvageVisitor visitor,
                      gpointer data)
{
  Scan scan = {
    .file = file, .size = size, .payload = g_byte_array_new (), .visitor = visitor, .data = data
  };

  if (log_size >= LOG_HEADER)
    {
      guint32 page_size = get_u32 (log + 8);

      scan.page_size = is_page_size (page_size) ? page_size : get_page_size (file, size);
      for (gsize i = count_committed (&scan, log, log_size); i > 0; i--)
        {
          const guint8 *frame = log + LOG_HEADER + (i - 1) * (FRAME_HEADER + scan.page_size);

          if (get_u32 (frame) != 1)
            read_page (&scan, frame + FRAME_HEADER);
        }
    }
  g_byte_array_unref (scan.payload);
}
