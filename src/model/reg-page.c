/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-model"

#include "model/reg-page.h"

/**
 * reg_page_new:
 *
 * Returns: (transfer full): a page without rows; a connector fills it
 */
RegPage *
reg_page_new (void)
{
  RegPage *self = g_new0 (RegPage, 1);

  self->users = g_array_new (FALSE, TRUE, sizeof (RegUser));
  self->courses = g_array_new (FALSE, TRUE, sizeof (RegCourse));
  self->sessions = g_array_new (FALSE, TRUE, sizeof (RegSession));
  self->labels = g_array_new (FALSE, TRUE, sizeof (RegLabel));
  self->enrollments = g_array_new (FALSE, TRUE, sizeof (RegEnrollment));
  self->pools = g_array_new (FALSE, TRUE, sizeof (RegLicensePool));
  self->documents = g_array_new (FALSE, TRUE, sizeof (RegDocument));
  self->tombstones = g_array_new (FALSE, TRUE, sizeof (RegTombstone));
  self->strings = g_string_chunk_new (1024);
  return self;
}

void
reg_page_free (RegPage *self)
{
  g_array_unref (self->users);
  g_array_unref (self->courses);
  g_array_unref (self->sessions);
  g_array_unref (self->labels);
  g_array_unref (self->enrollments);
  g_array_unref (self->pools);
  g_array_unref (self->documents);
  g_array_unref (self->tombstones);
  g_string_chunk_free (self->strings);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->text);
  g_free (self->cursor);
  g_free (self);
}

/**
 * reg_page_get_n_rows:
 * @self: a page
 *
 * Returns: how many rows of all kinds it holds, tombstones included
 */
gsize
reg_page_get_n_rows (const RegPage *self)
{
  return (gsize)self->users->len + self->courses->len + self->sessions->len + self->labels->len
         + self->enrollments->len + self->pools->len + self->documents->len + self->tombstones->len;
}
