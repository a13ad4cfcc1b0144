/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tabular/reg-input.h"

#include <string.h>

static guint64
get_fingerprint (RegInput *input)
{
  g_autoptr (GError) error = NULL;
  guint64 fingerprint = 0;

  g_assert_true (reg_input_get_fingerprint (input, &fingerprint, &error));
  g_assert_no_error (error);
  return fingerprint;
}

static void
read_some (RegInput *input, guint64 from, gsize piece, gsize n_pieces)
{
  g_autofree guint8 *buffer = g_malloc (piece);
  g_autoptr (GError) error = NULL;

  reg_input_seek (input, from);
  while (n_pieces-- > 0 && reg_input_read (input, buffer, piece, &error) > 0)
    ;
  g_assert_no_error (error);
}

static char *
make_text (gsize len)
{
  char *text = g_malloc (len + 1);

  for (gsize i = 0; i < len; i++)
    text[i] = (char)('a' + i * 7 % 23 + i / 1000 % 3);
  text[len] = '\0';
  return text;
}

/* A file has one fingerprint, however it was read before. */
static void
test_one_fingerprint (void)
{
  static const gsize lens[] = { 0, 1, 31, 32, 33, 64, 1000, 300000 };
  static const gsize pieces[] = { 1, 7, 32, 100, 4097, 262144 };

  for (gsize l = 0; l < G_N_ELEMENTS (lens); l++)
    {
      g_autofree char *text = make_text (lens[l]);
      g_autoptr (RegInput) unread = reg_input_new_for_text (text, lens[l], NULL);
      guint64 fingerprint = get_fingerprint (unread);

      g_assert_cmpuint (get_fingerprint (unread), ==, fingerprint);
      for (gsize p = 0; p < G_N_ELEMENTS (pieces); p++)
        {
          g_autoptr (RegInput) input = reg_input_new_for_text (text, lens[l], NULL);
          g_autoptr (RegInput) part = reg_input_new_for_text (text, lens[l], NULL);

          /* From the middle, some of the start, and the whole once more. */
          read_some (input, lens[l] / 2, pieces[p], 2);
          read_some (input, 0, pieces[p], 3);
          read_some (input, 0, 5, 2);
          read_some (input, 0, pieces[p], G_MAXSIZE);
          g_assert_cmpuint (get_fingerprint (input), ==, fingerprint);
          read_some (part, 0, pieces[p], 2);
          g_assert_cmpuint (get_fingerprint (part), ==, fingerprint);
        }
    }
}

static void
test_other_fingerprints (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autofree char *text = make_text (500);

  for (gsize i = 0; i <= 500; i++)
    {
      g_autoptr (RegInput) shorter = reg_input_new_for_text (text, i, NULL);
      gint64 fingerprint = (gint64)get_fingerprint (shorter);

      g_assert_true (g_hash_table_add (seen, g_memdup2 (&fingerprint, sizeof fingerprint)));
    }
  for (gsize i = 0; i < 500; i++)
    {
      g_autofree char *other = g_strdup (text);
      g_autoptr (RegInput) changed = NULL;
      gint64 fingerprint;

      other[i]++;
      changed = reg_input_new_for_text (other, 500, NULL);
      fingerprint = (gint64)get_fingerprint (changed);
      g_assert_true (g_hash_table_add (seen, g_memdup2 (&fingerprint, sizeof fingerprint)));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/input/fingerprint/one", test_one_fingerprint);
  g_test_add_func ("/input/fingerprint/others", test_other_fingerprints);
  return g_test_run ();
}
