/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-import-details.h"
#include "imports/reg-import-columns.h"
#include "imports/reg-import-date.h"

#include "rules/reg-status.h"
#include "rules/reg-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SEPARATOR '\x1f'

typedef struct
{
  RegRequirement requirement;
  RegDateReading reading;
  RegDate date;
  RegDate other;
  char *due_text;
  char *message;
  RegReason reason;
  char *sentence;
} Detail;

struct _RegImportDetails
{
  GArray *details;     /* Detail; the first is the empty one */
  GHashTable *by_text; /* the three cells → index */
  GString *last_key;
  gsize last_lens[3];
  guint32 last;
};

static void
detail_clear (gpointer data)
{
  Detail *detail = data;

  g_free (detail->due_text);
  g_free (detail->message);
  g_free (detail->sentence);
}

/**
 * reg_import_details_new:
 *
 * Returns: (transfer full): details, with the empty combination at 0
 */
RegImportDetails *
reg_import_details_new (void)
{
  RegImportDetails *self = g_new0 (RegImportDetails, 1);

  self->details = g_array_new (FALSE, TRUE, sizeof (Detail));
  g_array_set_clear_func (self->details, detail_clear);
  g_array_set_size (self->details, 1);
  self->by_text = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->last_key = g_string_new (NULL);
  return self;
}

void
reg_import_details_free (RegImportDetails *self)
{
  g_array_unref (self->details);
  g_hash_table_unref (self->by_text);
  g_string_free (self->last_key, TRUE);
  g_free (self);
}

static void
refuse (Detail *detail, RegReason reason, char *sentence)
{
  if (detail->reason != REG_REASON_NONE)
    {
      g_free (sentence);
      return;
    }
  detail->reason = reason;
  detail->sentence = sentence;
}

static gboolean
is_word (const char *text, const char *english, const char *translated)
{
  g_autofree char *folded = reg_text_fold (text, -1);
  g_autofree char *one = reg_text_fold (english, -1);
  g_autofree char *other = reg_text_fold (translated, -1);

  return g_str_equal (folded, one) || g_str_equal (folded, other);
}

static void
read_requirement (Detail *detail, const char *text)
{
  gboolean has_date = *detail->due_text != '\0';
  g_autofree char *quote = reg_import_dup_quote (text, -1);

  if (*text == '\0')
    detail->requirement = has_date ? REG_REQUIREMENT_REQUIRED : REG_REQUIREMENT_OPTIONAL;
  else if (is_word (text, "Required", reg_requirement_get_label (REG_REQUIREMENT_REQUIRED)))
    detail->requirement = REG_REQUIREMENT_REQUIRED;
  else if (!is_word (text, "Optional", reg_requirement_get_label (REG_REQUIREMENT_OPTIONAL)))
    refuse (
        detail, REG_REASON_VALUE_INVALID,
        g_strdup_printf (
            _ ("“%s” is no requirement: write Required or Optional, or leave it empty."), quote));
  else if (has_date)
    refuse (detail, REG_REASON_VALUE_INVALID,
            g_strdup (_ ("A due date makes the course Required: write Required, or leave the due "
                         "date out.")));
}

static char *
dup_cell (const RegRowCell *cell)
{
  const char *text = cell->text;
  gsize len = cell->len;

  if (text == NULL)
    return g_strdup ("");
  reg_text_strip (&text, &len);
  return g_strndup (text, len);
}

static guint32
add_detail (RegImportDetails *self,
            const RegRowCell *requirement,
            const RegRowCell *due_date,
            const RegRowCell *message)
{
  Detail detail = { .due_text = dup_cell (due_date), .message = dup_cell (message) };
  g_autofree char *requirement_text = dup_cell (requirement);

  if (*detail.due_text != '\0')
    {
      detail.reading = reg_import_date_read (detail.due_text, strlen (detail.due_text), detail.date,
                                             detail.other);
      if (detail.reading == REG_DATE_INVALID)
        refuse (&detail, REG_REASON_DATE_INVALID,
                reg_reason_dup_sentence (REG_REASON_DATE_INVALID, detail.due_text, NULL));
    }
  read_requirement (&detail, requirement_text);
  g_array_append_val (self->details, detail);
  return self->details->len - 1;
}

static char *
put_cell (char *out, const RegRowCell *cell)
{
  if (cell->len > 0)
    memcpy (out, cell->text, cell->len);
  out[cell->len] = SEPARATOR;
  return out + cell->len + 1;
}

/* Whether the cells are those of the last line, as in most files they are. */
static gboolean
is_last (const RegImportDetails *self, const RegRowCell *const cells[3])
{
  const char *p = self->last_key->str;

  for (guint i = 0; i < 3; i++)
    {
      if (cells[i]->len != self->last_lens[i]
          || (cells[i]->len > 0 && memcmp (cells[i]->text, p, cells[i]->len) != 0))
        return FALSE;
      p += cells[i]->len + 1;
    }
  return self->last != 0;
}

guint32
reg_import_details_add (RegImportDetails *self,
                        const RegRowCell *requirement,
                        const RegRowCell *due_date,
                        const RegRowCell *message)
{
  const RegRowCell *const cells[3] = { requirement, due_date, message };
  gpointer found;
  char *p;

  if (requirement->len == 0 && due_date->len == 0 && message->len == 0)
    return 0;
  if (is_last (self, cells))
    return self->last;

  g_string_set_size (self->last_key, requirement->len + due_date->len + message->len + 3);
  p = self->last_key->str;
  for (guint i = 0; i < 3; i++)
    {
      p = put_cell (p, cells[i]);
      self->last_lens[i] = cells[i]->len;
    }
  if (g_hash_table_lookup_extended (self->by_text, self->last_key->str, NULL, &found))
    self->last = GPOINTER_TO_UINT (found);
  else
    {
      self->last = add_detail (self, requirement, due_date, message);
      g_hash_table_insert (self->by_text, g_strdup (self->last_key->str),
                           GUINT_TO_POINTER (self->last));
    }
  return self->last;
}

/**
 * reg_import_details_resolve:
 * @self: details
 * @date_order: 'd' or 'm' where the person said which comes first, else 0
 *
 * A date such as 3/4/2026 has two readings. Another cell of the column that has only one
 * (25/4/2026) decides for all; where none does, or they disagree, nothing is guessed.
 */
void
reg_import_details_resolve (RegImportDetails *self, char date_order)
{
  gboolean day_first = date_order == 'd', month_first = date_order == 'm';

  for (guint i = 1; i < self->details->len && date_order == 0; i++)
    {
      RegDateReading reading = g_array_index (self->details, Detail, i).reading;

      day_first |= reading == REG_DATE_DAY_FIRST;
      month_first |= reading == REG_DATE_MONTH_FIRST;
    }
  for (guint i = 1; i < self->details->len; i++)
    {
      Detail *detail = &g_array_index (self->details, Detail, i);

      if (detail->reading != REG_DATE_EITHER)
        continue;
      if (day_first == month_first)
        refuse (detail, REG_REASON_DATE_AMBIGUOUS,
                reg_reason_dup_sentence (REG_REASON_DATE_AMBIGUOUS, detail->date, detail->other));
      else if (month_first)
        memcpy (detail->date, detail->other, sizeof (RegDate));
    }
}

RegReason
reg_import_details_check (RegImportDetails *self, guint32 index, const char **sentence)
{
  const Detail *detail = &g_array_index (self->details, Detail, index);

  *sentence = detail->sentence;
  return detail->reason;
}

gboolean
reg_import_details_is_same (const RegImportDetails *self, guint32 one, guint32 other)
{
  const Detail *a = &g_array_index (self->details, Detail, one);
  const Detail *b = &g_array_index (self->details, Detail, other);

  return one == other
         || (a->reason == REG_REASON_NONE && b->reason == REG_REASON_NONE
             && a->requirement == b->requirement && strcmp (a->date, b->date) == 0
             && g_strcmp0 (a->message, b->message) == 0);
}

/**
 * reg_import_details_dup_array:
 * @self: details
 * @strings: where to put the messages
 *
 * Returns: (transfer full) (element-type RegImportDetail): one for each index
 */
GArray *
reg_import_details_dup_array (RegImportDetails *self, GStringChunk *strings)
{
  GArray *array = g_array_sized_new (FALSE, TRUE, sizeof (RegImportDetail), self->details->len);

  for (guint i = 0; i < self->details->len; i++)
    {
      const Detail *own = &g_array_index (self->details, Detail, i);
      RegImportDetail detail = { .requirement = own->requirement };

      if (own->reason == REG_REASON_NONE)
        memcpy (detail.due_date, own->date, sizeof (RegDate));
      if (own->message != NULL && *own->message != '\0')
        detail.message = g_string_chunk_insert (strings, own->message);
      g_array_append_val (array, detail);
    }
  return array;
}
