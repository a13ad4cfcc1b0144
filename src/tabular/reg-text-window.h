/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Gives up to @n bytes; 0 at the end, -1 on error. */
typedef gssize (*RegReadFunc) (gpointer source, guint8 *buffer, gsize n, GError **error);

typedef enum
{
  REG_TEXT_FINE,
  REG_TEXT_NUL,
  REG_TEXT_UNDECODABLE,
} RegTextState;

/**
 * RegTextWindow:
 * @text: the part of the text that is at hand; @text[@len] is NUL
 * @len: its length in bytes
 * @at_end: nothing more can follow
 * @state: why nothing more can follow, when that is not the end of the source
 *
 * A window that slides over a long text. Whatever the source's encoding, what stands in it is
 * checked UTF-8 without NUL. The text may be changed in place before it is dropped.
 */
typedef struct
{
  char *text;
  gsize len;
  gboolean at_end;
  RegTextState state;
} RegTextWindow;

/* After the end of the text at least so many bytes can be read. */
#define REG_TEXT_WINDOW_SLACK 32

RegTextWindow *
reg_text_window_new (RegReadFunc read, gpointer source, const char *encoding, GError **error);
void reg_text_window_free (RegTextWindow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegTextWindow, reg_text_window_free)

gboolean reg_text_window_more (RegTextWindow *self, gsize drop, GError **error);

G_END_DECLS
