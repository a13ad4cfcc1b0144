/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-base"

#include "base/reg-words.h"

/**
 * reg_words_add:
 * @text: a list of facts in one line, "12 will be assigned · 8 skipped"
 * @words: (nullable): the next one, translated by itself; nothing is added for %NULL or ""
 */
void
reg_words_add (GString *text, const char *words)
{
  if (words == NULL || *words == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, words);
}

/**
 * reg_words_add_printf:
 * @text: a list of facts in one line
 * @format: the next one
 */
void
reg_words_add_printf (GString *text, const char *format, ...)
{
  g_autofree char *words = NULL;
  va_list args;

  va_start (args, format);
  words = g_strdup_vprintf (format, args);
  va_end (args);
  reg_words_add (text, words);
}
