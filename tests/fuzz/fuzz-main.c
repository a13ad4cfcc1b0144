/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A target without libFuzzer: runs it over the files and folders that are named, and over some
 * changed copies of each, the same ones every time. */
#include "fuzz.h"

#include <glib.h>
#include <string.h>

#define MAX_SIZE 65536

static int n_mutations;
static char **paths;

static const GOptionEntry entries[] = {
  { "mutations", 0, 0, G_OPTION_ARG_INT, &n_mutations, "How many changed copies of each file",
    "N" },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, NULL, "FILE|FOLDER…" },
  G_OPTION_ENTRY_NULL,
};

/* The target gets a copy of just its size, so that a sanitizer notices what is read beyond. */
static void
run (const guint8 *data, gsize size)
{
  g_autofree guint8 *copy = g_memdup2 (data, MAX (size, 1));

  LLVMFuzzerTestOneInput (copy, size);
}

static void
mutate_once (GByteArray *bytes, GRand *rand)
{
  static const char *const odd[] = { "\"",       "\r",   "\n",  "\t", ";",          "=",  "<", "&",
                                     "\xff\xfe", "\xc3", "]]>", "0",  "4294967296", "-1", "x" };
  guint at = bytes->len > 0 ? (guint)g_rand_int_range (rand, 0, (gint32)bytes->len) : 0;
  guint n = (guint)g_rand_int_range (rand, 1, 32);
  g_autoptr (GByteArray) tail = g_byte_array_new ();
  const char *text = odd[g_rand_int_range (rand, 0, G_N_ELEMENTS (odd))];

  n = MIN (n, bytes->len - at);
  switch (g_rand_int_range (rand, 0, 4))
    {
    case 0:
      if (n > 0)
        bytes->data[at] ^= (guint8)(1 << g_rand_int_range (rand, 0, 8));
      break;
    case 1:
      if (n > 0)
        g_byte_array_remove_range (bytes, at, n);
      break;
    case 2: /* once more, at the end */
      g_byte_array_append (tail, bytes->data + at, n);
      g_byte_array_append (bytes, tail->data, tail->len);
      break;
    default:
      g_byte_array_append (tail, bytes->data + at, bytes->len - at);
      g_byte_array_set_size (bytes, at);
      g_byte_array_append (bytes, (const guint8 *)text, (guint)strlen (text));
      g_byte_array_append (bytes, tail->data, tail->len);
      break;
    }
}

static void
run_mutations (const guint8 *data, gsize size)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32)size);

  for (int i = 0; i < n_mutations; i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();

      g_byte_array_append (bytes, data, (guint)size);
      for (int j = g_rand_int_range (rand, 1, 5); j > 0; j--)
        mutate_once (bytes, rand);
      run (bytes->data, bytes->len);
    }
}

static guint
run_path (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  const char *name;
  gsize size;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      n += run_path (inner);
    }
  if (dir != NULL)
    return n;
  if (!g_file_get_contents (path, &data, &size, &error))
    g_error ("%s", error->message);
  run ((const guint8 *)data, size);
  if (size <= MAX_SIZE)
    run_mutations ((const guint8 *)data, size);
  return 1;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  guint n = 0;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || paths == NULL)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "Name a file or a folder.");
      return 2;
    }
  for (char **path = paths; *path != NULL; path++)
    n += run_path (*path);
  g_print ("%u files, each with %d changed copies\n", n, n_mutations);
  return n > 0 ? 0 : 1;
}
