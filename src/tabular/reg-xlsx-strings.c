/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-tabular"

#include "tabular/reg-xlsx-strings.h"

#include "tabular/reg-xlsx-part.h"
#include "tabular/reg-xml-text.h"

#define MAX_MEMORY ((gsize)192 << 20)
#define MAX_TOKEN ((gsize)8 << 20)

typedef struct
{
  gboolean in_text;
  gboolean in_phonetic; /* how the text is spoken: shown small above it, and no part of it */
  gboolean done;
} State;

struct _RegXlsxStrings
{
  RegXlsxPart *part; /* NULL once all is read */
  State state;
  char *text;
  gsize len;
  gsize allocated;
  guint32 *starts; /* one more than there are texts; each ends with a NUL before the next */
  gsize n;
  gsize n_allocated;
};

static gboolean
reserve (RegXlsxStrings *self, gsize len, GError **error)
{
  if (self->len + len + self->n * sizeof *self->starts > MAX_MEMORY)
    return reg_xlsx_fail_text (error);
  if (self->len + len > self->allocated)
    {
      self->allocated = (self->len + len) * 3 / 2;
      self->text = g_realloc (self->text, self->allocated);
    }
  return TRUE;
}

static gboolean
end_string (RegXlsxStrings *self, GError **error)
{
  if (!reserve (self, 1, error))
    return FALSE;
  self->text[self->len++] = '\0';
  if (self->n + 2 > self->n_allocated)
    {
      self->n_allocated = self->n_allocated * 3 / 2;
      self->starts = g_renew (guint32, self->starts, self->n_allocated);
    }
  self->starts[++self->n] = (guint32)self->len;
  return TRUE;
}

static gboolean
add_plain (RegXlsxStrings *self, const char *text, gsize len, GError **error)
{
  if (!reserve (self, len, error))
    return FALSE;
  memcpy (self->text + self->len, text, len);
  self->len += len;
  return TRUE;
}

static gboolean
add_text (RegXlsxStrings *self, const RegXmlScanner *scanner, GError **error)
{
  if (scanner->plain)
    return add_plain (self, scanner->text, scanner->text_len, error);
  if (!reserve (self, scanner->text_len, error))
    return FALSE;
  self->len += reg_xml_text_decode (self->text + self->len, scanner->text, scanner->text_len,
                                    scanner->literal);
  return TRUE;
}

static gboolean
take_tag (RegXlsxStrings *self, const RegXmlScanner *scanner, gboolean start, GError **error)
{
  State *state = &self->state;
  gboolean empty = start && scanner->empty;

  if (reg_xml_is (scanner->name, scanner->name_len, "t"))
    state->in_text = start && !empty;
  else if (reg_xml_is (scanner->name, scanner->name_len, "rPh"))
    state->in_phonetic = start && !empty;
  else if (reg_xml_is (scanner->name, scanner->name_len, "sst"))
    state->done = !start || empty;
  else if (reg_xml_is (scanner->name, scanner->name_len, "si") && (!start || empty))
    {
      state->in_text = state->in_phonetic = FALSE;
      return end_string (self, error);
    }
  return TRUE;
}

/* `<si><t>text</t></si>`, which nearly all texts are, at once. Leaves everything else, texts that
 * are cut off too, to the scanner. */
static char *
scan_plain_string (RegXmlScanner *scanner, gsize *len)
{
  static const char before[] = "<si><t>", behind[] = "</t></si>";
  gboolean plain;
  char *text, *end;

  if (strncmp (scanner->p, before, strlen (before)) != 0)
    return NULL;
  text = scanner->p + strlen (before);
  end = reg_xml_skip_text (text, &plain);
  if (!plain || memcmp (end, behind, strlen (behind)) != 0)
    return NULL;
  *len = (gsize)(end - text);
  scanner->p = end + strlen (behind);
  return text;
}

/* Until there is a text of that number, or no more. */
static gboolean
read_strings (RegXlsxStrings *self, guint64 index, GError **error)
{
  RegXmlScanner *scanner = reg_xlsx_part_get_scanner (self->part);
  State *state = &self->state;
  gboolean fine = TRUE;
  char *text;
  gsize len;

  while (fine && !state->done && self->n <= index)
    if (!state->in_text && !state->in_phonetic
        && (text = scan_plain_string (scanner, &len)) != NULL)
      fine = add_plain (self, text, len, error) && end_string (self, error);
    else
      switch (reg_xml_scanner_next (scanner))
        {
        case REG_XML_NEEDS_MORE:
          fine = reg_xlsx_part_more (self->part, scanner->p, MAX_TOKEN, error);
          break;
        case REG_XML_START:
          fine = take_tag (self, scanner, TRUE, error);
          break;
        case REG_XML_END:
          fine = take_tag (self, scanner, FALSE, error);
          break;
        case REG_XML_TEXT:
          if (state->in_text && !state->in_phonetic)
            fine = add_text (self, scanner, error);
          break;
        case REG_XML_OTHER:
          break;
        case REG_XML_DOCTYPE:
          return reg_xlsx_fail_doctype (error);
        case REG_XML_WRONG:
          return reg_xlsx_fail_damaged (error);
        }
  return fine;
}

/**
 * reg_xlsx_strings_read_to:
 * @self: the texts
 * @index: the number of one, or %G_MAXUINT64 for all there are
 * @error: return location, see #RegTabularError and %G_IO_ERROR
 *
 * Reads on until there is a text of that number. Texts that were asked for before may move.
 *
 * Returns: %FALSE where the part is damaged; a number that is too high is no error here
 */
gboolean
reg_xlsx_strings_read_to (RegXlsxStrings *self, guint64 index, GError **error)
{
  if (self->part == NULL || index < self->n)
    return TRUE;
  if (!read_strings (self, index, error))
    return FALSE;
  if (!self->state.done)
    return TRUE;
  if (!reg_xlsx_part_drain (self->part, error))
    return FALSE;
  g_clear_pointer (&self->part, reg_xlsx_part_free);
  return TRUE;
}

/**
 * reg_xlsx_strings_new:
 * @zip: the container
 * @entry: (nullable): the part with the texts; %NULL when there is none
 * @error: return location, see #RegTabularError and %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): the texts, before the first one
 */
RegXlsxStrings *
reg_xlsx_strings_new (RegZip *zip, const RegZipEntry *entry, GError **error)
{
  g_autoptr (RegXlsxStrings) self = g_new0 (RegXlsxStrings, 1);

  self->n_allocated = 1024;
  self->starts = g_new0 (guint32, self->n_allocated);
  if (entry == NULL)
    return g_steal_pointer (&self);
  self->part = reg_xlsx_part_open (zip, entry, error);
  if (self->part == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

void
reg_xlsx_strings_free (RegXlsxStrings *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->part, reg_xlsx_part_free);
  g_free (self->text);
  g_free (self->starts);
  g_free (self);
}

/**
 * reg_xlsx_strings_get:
 * @self: the texts
 * @index: the number of one
 * @cell: (out): the text; it belongs to @self
 *
 * Returns: whether one of that number has been read
 */
gboolean
reg_xlsx_strings_get (const RegXlsxStrings *self, guint64 index, RegRowCell *cell)
{
  if (index >= self->n)
    return FALSE;
  cell->text = self->text + self->starts[index];
  cell->len = self->starts[index + 1] - self->starts[index] - 1;
  return TRUE;
}
