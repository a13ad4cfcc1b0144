/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tabular/reg-text-window.h"
#include "tabular/reg-utf8.h"

#include <string.h>

/* GLib says the same about any bytes. */
static void
test_span (void)
{
  static const char *const parts[] = { "a",
                                       "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
                                       "é",
                                       "東",
                                       "𠮷",
                                       "\xEF\xBF\xBF",
                                       "\xF4\x8F\xBF\xBF",
                                       "\xED\x9F\xBF",
                                       "\x7F",
                                       "\xC2\x80" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint round = 0; round < 50000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      const char *end;
      guint n = (guint)g_rand_int_range (rand, 1, 20);

      for (guint i = 0; i < n; i++)
        g_string_append (text, parts[g_rand_int_range (rand, 0, G_N_ELEMENTS (parts))]);
      for (guint i = (guint)g_rand_int_range (rand, 0, 3); i > 0; i--)
        text->str[g_rand_int_range (rand, 0, (gint32)text->len)] = (char)g_rand_int (rand);
      g_utf8_validate_len (text->str, text->len, &end);
      g_assert_cmpuint (reg_utf8_span (text->str, text->len), ==, (gsize)(end - text->str));
    }
}

static void
test_cut_off (void)
{
  for (guint32 c = 0x80; c < 0x110000; c += c < 0x3000 ? 1 : 37)
    {
      char bytes[4];
      gsize n;

      if (c >= 0xD800 && c < 0xE000)
        continue;
      n = reg_utf8_put (bytes, c);
      g_assert_cmpuint (reg_utf8_span (bytes, n), ==, n);
      for (gsize k = 1; k < n; k++)
        {
          g_assert_cmpuint (reg_utf8_span (bytes, k), ==, 0);
          g_assert_true (reg_utf8_is_cut_off (bytes, k));
        }
      g_assert_false (reg_utf8_is_cut_off (bytes, n));
    }
  g_assert_false (reg_utf8_is_cut_off ("\xFF", 1));
  g_assert_false (reg_utf8_is_cut_off ("\xC0", 1));
  g_assert_false (reg_utf8_is_cut_off ("\xE0\x80", 2));
  g_assert_false (reg_utf8_is_cut_off ("\xF4\x90", 2));
  g_assert_false (reg_utf8_is_cut_off ("\xE9"
                                       "a",
                                       2));
}

typedef struct
{
  const char *bytes;
  gsize len;
  gsize step;
} Source;

static gssize
read_step (gpointer data, guint8 *buffer, gsize n, GError **error)
{
  Source *source = data;

  n = MIN (n, MIN (source->len, source->step));
  if (n > 0)
    memcpy (buffer, source->bytes, n);
  source->bytes += n;
  source->len -= n;
  return (gssize)n;
}

static void
check_steps (const char *encoding, const char *text)
{
  g_autoptr (GError) error = NULL;
  gsize len;
  g_autofree char *bytes = g_convert (text, -1, encoding, "UTF-8", NULL, &len, &error);

  g_assert_no_error (error);
  for (gsize step = 1; step <= 5; step++)
    for (gsize cut = 0; cut <= 1; cut++)
      {
        Source source = { bytes, len - cut, step };
        g_autoptr (RegTextWindow) window =
            reg_text_window_new (read_step, &source, encoding, &error);

        g_assert_no_error (error);
        while (reg_text_window_more (window, 0, &error))
          g_assert_cmpint (window->text[window->len], ==, '\0');
        g_assert_no_error (error);
        g_assert_true (window->at_end);
        g_assert_true (g_str_has_prefix (text, window->text));
        /* without its last byte, the last character is no character */
        g_assert_cmpint (window->state, ==, cut == 0 ? REG_TEXT_FINE : REG_TEXT_UNDECODABLE);
        if (cut == 0)
          g_assert_cmpstr (window->text, ==, text);
      }
}

/* However the bytes come, the characters are the same. */
static void
test_steps (void)
{
  check_steps ("UTF-8", "aé東𠮷b é");
  check_steps ("UTF-16LE", "aé東𠮷b𠮷");
  check_steps ("UTF-16BE", "aé東𠮷b𠮷");
  check_steps ("UTF-32LE", "aé東𠮷b𠮷");
  check_steps ("CP932", "a東京カb東");
}

static void
test_drop (void)
{
  g_autofree char *text = g_strnfill (1000000, 'a');
  Source source = { text, 1000000, 1000 };
  g_autoptr (GError) error = NULL;
  g_autoptr (RegTextWindow) window = reg_text_window_new (read_step, &source, "UTF-8", &error);
  gsize seen = 0;
  gsize drop = 0;

  g_assert_no_error (error);
  text[777777] = 'b';
  while (reg_text_window_more (window, drop, &error))
    {
      const char *b = memchr (window->text, 'b', window->len);

      if (b != NULL)
        g_assert_cmpuint (seen + (gsize)(b - window->text), ==, 777777);
      drop = window->len / 2;
      seen += drop;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (seen + window->len - drop, ==, 1000000 - drop);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tabular/text/span", test_span);
  g_test_add_func ("/tabular/text/cut-off", test_cut_off);
  g_test_add_func ("/tabular/text/steps", test_steps);
  g_test_add_func ("/tabular/text/drop", test_drop);
  return g_test_run ();
}
