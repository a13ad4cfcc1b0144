/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The feed of changes: page by page everything arrives, whatever happens meanwhile. */
#include "reg-test-server.h"

#include <glib/gstdio.h>
#include <string.h>

static const char *const kinds[] = { "labels",      "users",    "courses",      "sessions", "pools",
                                     "enrollments", "attempts", "certificates", "presets" };

static JsonObject *
get_page (RegTestServer *server, const char *cursor, int limit)
{
  g_autofree char *path = g_strdup_printf ("/v1/changes?after=%s&limit=%d", cursor, limit);

  return reg_test_server_get (server, path);
}

static char *
dup_key (const char *kind, JsonObject *row)
{
  if (strcmp (kind, "enrollments") == 0)
    return g_strdup_printf ("%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, kind,
                            json_object_get_int_member (row, "user_id"),
                            json_object_get_int_member (row, "course_id"));
  return g_strdup_printf ("%s %" G_GINT64_FORMAT, kind, json_object_get_int_member (row, "id"));
}

/* Takes a page into a copy: rows by kind and id, as text. Returns how many rows it had. */
static guint
take_page (GHashTable *copy, JsonObject *page)
{
  JsonArray *removed = json_object_get_array_member (page, "removed");
  guint n = json_array_get_length (removed);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      JsonArray *rows = json_object_get_array_member (page, kinds[i]);

      n += json_array_get_length (rows);
      for (guint k = 0; k < json_array_get_length (rows); k++)
        g_hash_table_replace (copy, dup_key (kinds[i], json_array_get_object_element (rows, k)),
                              json_to_string (json_array_get_element (rows, k), FALSE));
    }
  for (guint k = 0; k < json_array_get_length (removed); k++)
    {
      JsonObject *row = json_array_get_object_element (removed, k);
      g_autofree char *kind = g_strconcat (json_object_get_string_member (row, "kind"), "s", NULL);
      g_autofree char *key = dup_key (kind, row);

      g_hash_table_remove (copy, key);
    }
  return n;
}

static GHashTable *
copy_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static void
assert_same (GHashTable *a, GHashTable *b)
{
  GHashTableIter iter;
  gpointer key, value;

  g_assert_cmpuint (g_hash_table_size (a), ==, g_hash_table_size (b));
  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_assert_cmpstr (value, ==, g_hash_table_lookup (b, key));
}

/* Every row once, in pages of any size. */
static void
test_pages (void)
{
  static const int sizes[] = { 1, 7, 100, 4999, 1000000 };
  g_autoptr (RegTestServer) server = reg_test_server_new_seeded (REG_SANDBOX_SEED_COUNT, 40);
  g_autoptr (GHashTable) whole = copy_new ();
  g_autoptr (JsonObject) all = get_page (server, "", 5000);
  guint n_all = take_page (whole, all);

  g_assert_false (json_object_get_boolean_member (all, "more"));
  g_assert_cmpuint (n_all, ==, 1 + 40 + 18 + 5 + 200);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GHashTable) copy = copy_new ();
      g_autofree char *cursor = g_strdup ("");
      gboolean more = TRUE;
      guint n = 0;

      while (more)
        {
          g_autoptr (JsonObject) page = get_page (server, cursor, sizes[i]);
          guint n_page = take_page (copy, page);

          g_assert_cmpuint (n_page, <=, (guint)sizes[i]);
          g_assert_cmpuint (n_page, >, 0);
          n += n_page;
          more = json_object_get_boolean_member (page, "more");
          g_free (cursor);
          cursor = g_strdup (json_object_get_string_member (page, "cursor"));
        }
      g_assert_cmpuint (n, ==, n_all);
      assert_same (copy, whole);
    }
}

static void
change_something (RegTestServer *server, int step)
{
  gint64 user_id = 2 + step * 7 % 39;
  gint64 course_id = 1 + step % 5;
  g_autoptr (JsonObject) edited = NULL;
  g_autoptr (JsonObject) first = NULL;
  g_autoptr (JsonObject) second = NULL;
  g_autofree char *params = g_strdup_printf ("{\"given_name\": \"Step %d\"}", step);

  edited = reg_test_server_operate (server, NULL, "edit-user", user_id, 0, params, NULL);
  first = reg_test_server_operate (server, NULL, "unassign", user_id, course_id, NULL, NULL);
  if (step % 3 == 0)
    second = reg_test_server_operate (server, NULL, "assign", user_id, course_id, NULL, NULL);
}

/* Rows change, go and come back between two pages; at the end the copy is the site. */
static void
test_pages_while_rows_change (void)
{
  g_autoptr (RegTestServer) server = reg_test_server_new_seeded (REG_SANDBOX_SEED_COUNT, 40);
  g_autoptr (GHashTable) copy = copy_new ();
  g_autoptr (GHashTable) whole = copy_new ();
  g_autoptr (JsonObject) all = NULL;
  g_autofree char *cursor = g_strdup ("");
  gboolean more = TRUE;

  for (int step = 0; more; step++)
    {
      g_autoptr (JsonObject) page = get_page (server, cursor, 11);

      take_page (copy, page);
      more = json_object_get_boolean_member (page, "more");
      g_free (cursor);
      cursor = g_strdup (json_object_get_string_member (page, "cursor"));
      if (step < 30)
        {
          change_something (server, step);
          more = TRUE;
        }
      g_assert_cmpint (step, <, 500);
    }
  all = get_page (server, "", 5000);
  take_page (whole, all);
  assert_same (copy, whole);
}

/* After the end there is nothing, and the cursor stays. */
static void
test_nothing_new (void)
{
  g_autoptr (RegTestServer) server = reg_test_server_new_seeded (REG_SANDBOX_SEED_NONE, 0);
  g_autoptr (JsonObject) first = get_page (server, "", 100);
  const char *cursor = json_object_get_string_member (first, "cursor");
  g_autoptr (JsonObject) second = get_page (server, cursor, 100);
  g_autoptr (GHashTable) copy = copy_new ();

  g_assert_cmpuint (take_page (copy, first), ==, 1);
  g_assert_cmpuint (take_page (copy, second), ==, 0);
  g_assert_cmpstr (json_object_get_string_member (second, "cursor"), ==, cursor);
  g_assert_false (json_object_get_boolean_member (second, "more"));
}

static void
test_wrong_cursors (void)
{
  g_autoptr (RegTestServer) server = reg_test_server_new_seeded (REG_SANDBOX_SEED_NONE, 0);
  g_autoptr (JsonObject) page = get_page (server, "", 100);
  const char *cursor = json_object_get_string_member (page, "cursor");
  g_autofree char *beyond = g_strdup_printf ("%s9", cursor);
  g_autofree char *other = g_strdup_printf ("x%s", cursor);
  const char *const wrong[] = { beyond, other, "0", "abc", "%00", "'", "-1" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *path = g_strdup_printf ("/v1/changes?after=%s", wrong[i]);
      g_autoptr (RegTestReply) reply = reg_test_server_send (server, "GET", path, NULL, NULL);

      g_assert_cmpuint (reply->status, ==, strcmp (wrong[i], "%00") == 0 ? 400 : 422);
    }
}

/* Asked for gzip, it comes as gzip and says the same. */
static void
test_gzip (void)
{
  g_autoptr (RegTestServer) server = reg_test_server_new_seeded (REG_SANDBOX_SEED_DEMO, 0);
  g_autofree char *url =
      g_strconcat (reg_test_server_get_url (server), "/v1/changes?limit=5000", NULL);
  g_autofree char *bearer = g_strconcat ("Bearer ", reg_test_server_get_token (server), NULL);
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) plain = soup_message_new ("GET", url);
  g_autoptr (RegTestReply) packed =
      reg_test_server_send (server, "GET", "/v1/changes?limit=5000", NULL, NULL);
  g_autoptr (GBytes) bytes = NULL;

  soup_message_headers_replace (soup_message_get_request_headers (plain), "Authorization", bearer);
  soup_message_headers_replace (soup_message_get_request_headers (plain), "Accept-Encoding",
                                "identity");
  bytes = soup_session_send_and_read (session, plain, NULL, NULL);
  g_assert_null (
      soup_message_headers_get_one (soup_message_get_response_headers (plain), "Content-Encoding"));
  g_assert_cmpstr (soup_message_headers_get_one (
                       soup_message_get_response_headers (packed->message), "Content-Encoding"),
                   ==, "gzip");
  g_assert_true (g_bytes_equal (bytes, packed->body));
}

/* The file remembers: rows, cursors, keys and the token are good after a restart. */
static void
test_restart (void)
{
  static const char uuid[] = "0b9c0d50-8f0e-4a43-a1f4-5f2f5c4a5d11";
  g_autofree char *folder = g_dir_make_tmp ("reg-sandbox-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "lms.db", NULL);
  g_autoptr (RegTestServer) server =
      reg_test_server_new (&(RegSandboxOptions){ .seed = REG_SANDBOX_SEED_DEMO, .db_path = path });
  g_autofree char *token = g_strdup (reg_test_server_get_token (server));
  g_autofree char *url = g_strdup (reg_test_server_get_url (server));
  g_autoptr (JsonObject) before = get_page (server, "", 5000);
  const char *cursor = json_object_get_string_member (before, "cursor");
  g_autoptr (JsonObject) first = reg_test_server_operate (server, uuid, "assign", 1, 1, NULL, NULL);
  g_autoptr (JsonObject) second = NULL;
  g_autoptr (JsonObject) after = NULL;

  reg_test_server_stop (server);
  reg_test_server_start (server);
  g_assert_cmpstr (reg_test_server_get_token (server), ==, token);
  g_assert_cmpstr (reg_test_server_get_url (server), ==, url);
  second = reg_test_server_operate (server, uuid, "assign", 1, 1, NULL, NULL);
  g_assert_cmpint (json_object_get_int_member (first, "revision"), ==,
                   json_object_get_int_member (second, "revision"));
  g_assert_cmpint (reg_test_server_count_applied (server, uuid), ==, 1);
  after = get_page (server, cursor, 100);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (after, "enrollments")), ==,
                    1);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (after, "users")), ==, 0);
  reg_test_server_stop (server);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/changes/pages", test_pages);
  g_test_add_func ("/sandbox/changes/pages-while-rows-change", test_pages_while_rows_change);
  g_test_add_func ("/sandbox/changes/nothing-new", test_nothing_new);
  g_test_add_func ("/sandbox/changes/wrong-cursors", test_wrong_cursors);
  g_test_add_func ("/sandbox/changes/gzip", test_gzip);
  g_test_add_func ("/sandbox/changes/restart", test_restart);
  return g_test_run ();
}
