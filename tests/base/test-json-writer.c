/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/reg-json-writer.h"

#include <json-glib/json-glib.h>

/* Whatever text goes in, json-glib reads the same text back. */
static void
test_text (void)
{
  static const char *const texts[] = {
    "",
    "plain",
    "\"quoted\" and \\ back",
    "line\nbreak\r\ttab",
    "\x01\x02\x1f\x7f bell\a form\f",
    "Gülşen Żółć 𠮷 شعبان 👩🏽‍🏫",
    "\xe2\x80\xa8 separator \xe2\x80\xa9",
    "</script>",
    "\\u0041",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      RegJsonWriter writer = { .out = g_string_new (NULL) };
      g_autoptr (JsonNode) node = NULL;
      g_autoptr (GError) error = NULL;

      reg_json_writer_open (&writer, '{');
      reg_json_writer_key (&writer, texts[i]);
      reg_json_writer_text (&writer, texts[i]);
      reg_json_writer_close (&writer, '}');
      node = json_from_string (writer.out->str, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), texts[i]), ==,
                       texts[i]);
      g_string_free (writer.out, TRUE);
    }
}

static void
test_numbers (void)
{
  static const gint64 numbers[] = { 0, 1, -1, 10, 1234567890, -99, G_MAXINT64, G_MININT64 };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      RegJsonWriter writer = { .out = g_string_new (NULL) };
      g_autofree char *expected = g_strdup_printf ("%" G_GINT64_FORMAT, numbers[i]);

      reg_json_writer_int (&writer, numbers[i]);
      g_assert_cmpstr (writer.out->str, ==, expected);
      g_string_free (writer.out, TRUE);
    }
}

static void
test_structure (void)
{
  RegJsonWriter writer = { .out = g_string_new (NULL) };

  reg_json_writer_open (&writer, '{');
  reg_json_writer_add_int_or_null (&writer, "a", 0);
  reg_json_writer_add_text_or_null (&writer, "b", "");
  reg_json_writer_add_boolean (&writer, "c", TRUE);
  reg_json_writer_add_ids (&writer, "d", "");
  reg_json_writer_add_ids (&writer, "e", ",3,70,");
  reg_json_writer_key (&writer, "f");
  reg_json_writer_open (&writer, '[');
  reg_json_writer_open (&writer, '{');
  reg_json_writer_close (&writer, '}');
  reg_json_writer_raw (&writer, "[1]", 3);
  reg_json_writer_null (&writer);
  reg_json_writer_text (&writer, "x");
  reg_json_writer_close (&writer, ']');
  reg_json_writer_close (&writer, '}');
  g_assert_cmpstr (writer.out->str, ==,
                   "{\"a\":null,\"b\":null,\"c\":true,\"d\":[],\"e\":[3,70],"
                   "\"f\":[{},[1],null,\"x\"]}");
  g_string_free (writer.out, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-writer/text", test_text);
  g_test_add_func ("/json-writer/numbers", test_numbers);
  g_test_add_func ("/json-writer/structure", test_structure);
  return g_test_run ();
}
