/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/reg-json-reader.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* Both readers write what they read in one plain form, so that they can be compared. */

static void
write_number (GString *out, const char *raw, gsize len)
{
  g_autofree char *text = g_strndup (raw, len);

  if (strpbrk (text, ".eE") != NULL || len - (*text == '-') > 18)
    g_string_append_printf (out, "d%a ", g_ascii_strtod (text, NULL));
  else
    g_string_append_printf (out, "i%" G_GINT64_FORMAT " ", g_ascii_strtoll (text, NULL, 10));
}

static void
write_own (GString *out, RegJsonReader *reader)
{
  const char *name;
  char *text;
  gsize len;

  switch (reg_json_reader_peek (reader))
    {
    case REG_JSON_OBJECT:
      g_string_append (out, "{ ");
      reg_json_reader_begin_object (reader);
      while (reg_json_reader_next_member (reader, &name, &len))
        {
          g_string_append_printf (out, "%.*s: ", (int)len, name);
          write_own (out, reader);
        }
      g_string_append (out, "} ");
      break;
    case REG_JSON_ARRAY:
      g_string_append (out, "[ ");
      reg_json_reader_begin_array (reader);
      while (reg_json_reader_next_element (reader))
        write_own (out, reader);
      g_string_append (out, "] ");
      break;
    case REG_JSON_STRING:
      text = reg_json_reader_get_string (reader, &len);
      if (text != NULL)
        g_assert_cmpuint (strlen (text), ==, len);
      g_string_append_printf (out, "\"%s\" ", text);
      break;
    case REG_JSON_NUMBER:
      name = reg_json_reader_get_raw (reader, &len);
      if (name != NULL)
        write_number (out, name, len);
      break;
    case REG_JSON_TRUE:
    case REG_JSON_FALSE:
      g_string_append (out, reg_json_reader_get_boolean (reader) ? "true " : "false ");
      break;
    case REG_JSON_NULL:
      reg_json_reader_get_null (reader);
      g_string_append (out, "null ");
      break;
    case REG_JSON_END:
      reg_json_reader_fail (reader, "no value");
      break;
    }
}

static void
write_node (GString *out, JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *member;

      g_string_append (out, "{ ");
      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &name, &member))
        {
          g_string_append_printf (out, "%s: ", name);
          write_node (out, member);
        }
      g_string_append (out, "} ");
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      g_string_append (out, "[ ");
      for (guint i = 0; i < json_array_get_length (array); i++)
        write_node (out, json_array_get_element (array, i));
      g_string_append (out, "] ");
    }
  else if (JSON_NODE_HOLDS_NULL (node))
    g_string_append (out, "null ");
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    g_string_append_printf (out, "\"%s\" ", json_node_get_string (node));
  else if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    g_string_append (out, json_node_get_boolean (node) ? "true " : "false ");
  else if (json_node_get_value_type (node) == G_TYPE_INT64)
    g_string_append_printf (out, "i%" G_GINT64_FORMAT " ", json_node_get_int (node));
  else
    g_string_append_printf (out, "d%a ", json_node_get_double (node));
}

static char *
read_own (const char *text, gsize len, GError **error)
{
  g_autofree char *copy = g_malloc (len + 1);
  g_autoptr (GString) out = g_string_new (NULL);
  RegJsonReader reader;

  memcpy (copy, text, len);
  copy[len] = '\0';
  reg_json_reader_init (&reader, copy, len);
  write_own (out, &reader);
  if (!reg_json_reader_finish (&reader, error))
    return NULL;
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Skipping must judge as reading does, and change nothing. */
static gboolean
skip_own (const char *text, gsize len)
{
  g_autofree char *copy = g_malloc (len + 1);
  RegJsonReader reader;
  gboolean good;

  memcpy (copy, text, len);
  copy[len] = '\0';
  reg_json_reader_init (&reader, copy, len);
  reg_json_reader_skip (&reader);
  good = reg_json_reader_finish (&reader, NULL);
  g_assert_cmpmem (copy, len, text, len);
  return good;
}

static char *
read_glib (const char *text, gsize len)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GString) out = g_string_new (NULL);

  if (!g_utf8_validate (text, len, NULL) || !json_parser_load_from_data (parser, text, len, NULL)
      || json_parser_get_root (parser) == NULL)
    return NULL;
  write_node (out, json_parser_get_root (parser));
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Documents as the generator of json-glib writes them, and by hand with odd spaces and escapes. */

static const char *const words[] = {
  "",      "a",    "Zoë", "日本", "😀",    "a\"b",  "back\\slash",
  "tab\t", "\n\r", "/",   "\x01", "\x7f", "مرحبا", "x y z, {[]}:"
};

static JsonNode *
random_node (GRand *rand, guint depth)
{
  JsonNode *node;
  guint kind = g_rand_int_range (rand, 0, depth > 5 ? 5 : 7);

  switch (kind)
    {
    case 0:
      return json_node_new (JSON_NODE_NULL);
    case 1:
      return json_node_init_boolean (json_node_alloc (), g_rand_boolean (rand));
    case 2:
      return json_node_init_int (
          json_node_alloc (), (gint64)g_rand_int (rand) * g_rand_int_range (rand, -100000, 100000));
    case 3:
      return json_node_init_double (json_node_alloc (), g_rand_double_range (rand, -1e6, 1e6));
    case 4:
      return json_node_init_string (json_node_alloc (),
                                    words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))]);
    case 5:
      {
        g_autoptr (JsonArray) array = json_array_new ();

        for (int i = g_rand_int_range (rand, 0, 6); i > 0; i--)
          json_array_add_element (array, random_node (rand, depth + 1));
        node = json_node_init_array (json_node_alloc (), array);
        return node;
      }
    default:
      {
        g_autoptr (JsonObject) object = json_object_new ();

        for (int i = g_rand_int_range (rand, 0, 6); i > 0; i--)
          json_object_set_member (object, words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))],
                                  random_node (rand, depth + 1));
        node = json_node_init_object (json_node_alloc (), object);
        return node;
      }
    }
}

static char *
random_document (GRand *rand)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) node = random_node (rand, 0);

  json_generator_set_pretty (generator, g_rand_boolean (rand));
  json_generator_set_root (generator, node);
  return json_generator_to_data (generator, NULL);
}

static void
test_random_documents (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < 3000; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = random_document (rand);
      g_autofree char *own = read_own (text, strlen (text), &error);
      g_autofree char *glib = read_glib (text, strlen (text));

      g_assert_no_error (error);
      g_assert_cmpstr (own, ==, glib);
      g_assert_true (skip_own (text, strlen (text)));
    }
}

/* Bytes of good documents are changed: what the strict reader takes, json-glib takes alike. */
static void
test_broken_documents (void)
{
  static const char bytes[] = "{}[]\",:\\u0nulltruefalse-+.eE19 \t\x80\xff\x01";
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);
  guint n_taken = 0, n_refused = 0;

  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *text = random_document (rand);
      gsize len = strlen (text);
      g_autoptr (GError) error = NULL;
      g_autofree char *own = NULL;

      for (guint k = g_rand_int_range (rand, 1, 4); k > 0; k--)
        text[g_rand_int_range (rand, 0, len)] = bytes[g_rand_int_range (rand, 0, sizeof bytes - 1)];
      if (g_rand_int_range (rand, 0, 5) == 0)
        len = g_rand_int_range (rand, 0, len + 1);
      own = read_own (text, len, &error);
      g_assert_cmpint (skip_own (text, len), ==, own != NULL);
      if (own != NULL)
        {
          g_autofree char *glib = read_glib (text, len);

          g_assert_cmpstr (own, ==, glib);
          n_taken++;
        }
      else
        {
          g_assert_error (error, REG_NET_ERROR, REG_NET_ERROR_GARBLED);
          n_refused++;
        }
    }
  g_assert_cmpuint (n_taken, >, 100);
  g_assert_cmpuint (n_refused, >, 10000);
}

static void
test_strings (void)
{
  static const struct
  {
    const char *json;
    const char *text; /* NULL: refused */
  } cases[] = {
    { "\"\"", "" },
    { "\"plain\"", "plain" },
    { "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t" },
    { "\"\\u0041\\u00e9\\u20aC\"", "Aé€" },
    { "\"\\uD83D\\ude00!\"", "😀!" },
    { "\"é\\u0041\\n日\"", "éA\n日" },
    { "\"\\ud83d\"", NULL },
    { "\"\\ud83dx\"", NULL },
    { "\"\\ud83d\\u0041\"", NULL },
    { "\"\\ude00\"", NULL },
    { "\"\\u0000\"", NULL },
    { "\"\\u12\"", NULL },
    { "\"\\u12g4\"", NULL },
    { "\"\\x41\"", NULL },
    { "\"\\\"", NULL },
    { "\"\\", NULL },
    { "\"open", NULL },
    { "\"\n\"", NULL },
    { "\"\xc3\"", NULL },
    { "'a'", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *copy = g_strdup (cases[i].json);
      RegJsonReader reader;
      const char *text;
      gsize len = 99;

      reg_json_reader_init (&reader, copy, strlen (copy));
      text = reg_json_reader_get_string (&reader, &len);
      if (reg_json_reader_finish (&reader, &error))
        g_assert_cmpstr (text, ==, cases[i].text);
      else
        g_assert_null (cases[i].text);
      if (cases[i].text != NULL)
        g_assert_cmpuint (len, ==, strlen (cases[i].text));
    }
}

static void
test_numbers (void)
{
  static const struct
  {
    const char *json;
    gboolean good;
    gint64 value;
  } cases[] = {
    { "0", TRUE, 0 },
    { "-0", TRUE, 0 },
    { "42", TRUE, 42 },
    { "-7", TRUE, -7 },
    { "9223372036854775807", TRUE, G_MAXINT64 },
    { "-9223372036854775808", TRUE, G_MININT64 },
    { "null", TRUE, 0 },
    { "9223372036854775808", FALSE, 0 },
    { "-9223372036854775809", FALSE, 0 },
    { "99999999999999999999999", FALSE, 0 },
    { "1.5", FALSE, 0 },
    { "1e3", FALSE, 0 },
    { "01", FALSE, 0 },
    { "-", FALSE, 0 },
    { "+1", FALSE, 0 },
    { "", FALSE, 0 },
    { "\"1\"", FALSE, 0 },
    { "nul", FALSE, 0 },
    { "1 2", FALSE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *copy = g_strdup (cases[i].json);
      RegJsonReader reader;
      gint64 value;

      reg_json_reader_init (&reader, copy, strlen (copy));
      value = reg_json_reader_get_int64 (&reader);
      g_assert_cmpint (reg_json_reader_finish (&reader, NULL), ==, cases[i].good);
      if (cases[i].good)
        g_assert_cmpint (value, ==, cases[i].value);
    }
}

static void
test_malformed (void)
{
  static const char *const cases[] = {
    "{",       "}",        "[",         "]",         "{\"a\"}", "{\"a\":}", "{\"a\":1,}",
    "[1,]",    "[,1]",     "[1 2]",     "{\"a\" 1}", "{a:1}",   "tru",      "nulll",
    "[1]]",    "[1}",      "{\"a\":1]", "1.",        "[1.e5]",  "\"a",      "{\"a\":1}{\"a\":1}",
    "[\"a\",", "{\"a\":1", "[01]",      "[-]",       "[\x01]",  "{1:2}",    "undefined",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_own (cases[i], strlen (cases[i]), &error));
      g_assert_error (error, REG_NET_ERROR, REG_NET_ERROR_GARBLED);
      g_assert_false (skip_own (cases[i], strlen (cases[i])));
    }
}

static void
test_depth (void)
{
  for (guint depth = 1; depth < 2000; depth *= 2)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *own = NULL;

      for (guint i = 0; i < depth; i++)
        g_string_append_c (text, '[');
      for (guint i = 0; i < depth; i++)
        g_string_append_c (text, ']');
      own = read_own (text->str, text->len, NULL);
      g_assert_cmpint (own != NULL, ==, depth <= REG_JSON_MAX_DEPTH);
      g_assert_cmpint (skip_own (text->str, text->len), ==, depth <= REG_JSON_MAX_DEPTH);
    }
}

static void
test_raw (void)
{
  g_autofree char *copy = g_strdup (" [ {\"a\\n\": \"\\u0041\"} , 1.5e3,\"x\"]");
  RegJsonReader reader;
  const char *raw;
  gsize len;

  reg_json_reader_init (&reader, copy, strlen (copy));
  g_assert_true (reg_json_reader_begin_array (&reader));
  g_assert_true (reg_json_reader_next_element (&reader));
  raw = reg_json_reader_get_raw (&reader, &len);
  g_assert_cmpmem (raw, len, "{\"a\\n\": \"\\u0041\"}", 17);
  g_assert_true (reg_json_reader_next_element (&reader));
  raw = reg_json_reader_get_raw (&reader, &len);
  g_assert_cmpmem (raw, len, "1.5e3", 5);
  g_assert_true (reg_json_reader_next_element (&reader));
  g_assert_cmpstr (reg_json_reader_get_string (&reader, NULL), ==, "x");
  g_assert_false (reg_json_reader_next_element (&reader));
  g_assert_true (reg_json_reader_finish (&reader, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net/json-reader/random-documents", test_random_documents);
  g_test_add_func ("/net/json-reader/broken-documents", test_broken_documents);
  g_test_add_func ("/net/json-reader/strings", test_strings);
  g_test_add_func ("/net/json-reader/numbers", test_numbers);
  g_test_add_func ("/net/json-reader/malformed", test_malformed);
  g_test_add_func ("/net/json-reader/depth", test_depth);
  g_test_add_func ("/net/json-reader/raw", test_raw);
  return g_test_run ();
}
