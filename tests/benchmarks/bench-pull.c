/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-pull [USERS]: what the first pull costs beside the bare pipeline it is made of: the same
 * HTTP, the same reader, an upsert into the same table and indexes, and nothing else. Then the same
 * pull once more, with nothing changed. CPU seconds of the client alone: the server is another
 * process. Medians of three. */
#include "bench.h"

#include "reg-test-people.h"
#include "reg-test-store.h"

#include "lms/registrar/reg-registrar-json.h"
#include "net/reg-http.h"
#include "store/reg-store-private.h"
#include "sync/reg-engine.h"

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGE 1000
#define RUNS 3

static const char site[] =
    "{\"name\":\"Bench\",\"version\":\"1\",\"time_zone\":\"UTC\",\"actor\":{\"id\":1,\"email\":"
    "\"a@b.c\",\"name\":\"A\",\"role\":\"administrator\"},\"settings\":{\"allow_reassign_always\":"
    "false},\"operations\":[],\"limits\":{\"operations\":500,\"page\":1000}}";

/* The server, in a process of its own */

static void
add_text (JsonBuilder *builder, const char *key, const char *value)
{
  json_builder_set_member_name (builder, key);
  json_builder_add_string_value (builder, value);
}

static void
add_int (JsonBuilder *builder, const char *key, gint64 value)
{
  json_builder_set_member_name (builder, key);
  if (value != 0)
    json_builder_add_int_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_user (JsonBuilder *builder, const RegUser *user)
{
  g_auto (GStrv) labels = g_strsplit (user->labels, ",", -1);

  json_builder_begin_object (builder);
  add_int (builder, "id", user->id);
  add_int (builder, "revision", user->id + 1);
  add_text (builder, "email", user->email);
  add_text (builder, "employee_id", user->employee_id);
  add_text (builder, "given_name", user->given_name);
  add_text (builder, "family_name", user->family_name);
  add_text (builder, "role", reg_role_to_nick (user->role));
  add_text (builder, "state", reg_user_state_to_nick (user->state));
  add_int (builder, "location_id", user->location_id);
  add_int (builder, "manager_id", user->manager_id);
  json_builder_set_member_name (builder, "labels");
  json_builder_begin_array (builder);
  for (guint i = 0; labels[i] != NULL; i++)
    if (*labels[i] != '\0')
      json_builder_add_int_value (builder, g_ascii_strtoll (labels[i], NULL, 10));
  json_builder_end_array (builder);
  add_int (builder, "approved_at", user->approved_at);
  add_int (builder, "notified_at", user->notified_at);
  add_int (builder, "archived_at", user->archived_at);
  json_builder_end_object (builder);
}

static GBytes *
make_page (const RegTestWorld *world, GRand *rand, gint64 first, gint64 n)
{
  static const char *const empty[] = { "labels",       "courses",     "sessions",
                                       "pools",        "enrollments", "attempts",
                                       "certificates", "presets",     "removed" };
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *cursor = g_strdup_printf ("%" G_GINT64_FORMAT, first / PAGE + 1);
  char *text;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "users");
  json_builder_begin_array (builder);
  for (gint64 id = first; id < first + n; id++)
    {
      g_autoptr (RegUser) user = reg_test_make_person (world, rand, id);

      add_user (builder, user);
    }
  json_builder_end_array (builder);
  for (guint i = 0; i < G_N_ELEMENTS (empty); i++)
    {
      json_builder_set_member_name (builder, empty[i]);
      json_builder_begin_array (builder);
      json_builder_end_array (builder);
    }
  add_text (builder, "cursor", cursor);
  json_builder_set_member_name (builder, "more");
  json_builder_add_boolean_value (builder, first + n <= world->n_people);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  return g_bytes_new_take (text, strlen (text));
}

static void
on_request_cb (SoupServer *server,
               SoupServerMessage *message,
               const char *path,
               GHashTable *query,
               gpointer data)
{
  GPtrArray *pages = data;
  const char *after = query != NULL ? g_hash_table_lookup (query, "after") : NULL;
  guint64 page = after != NULL ? g_ascii_strtoull (after, NULL, 10) : 0;

  soup_server_message_set_status (message, 200, NULL);
  if (g_str_has_suffix (path, "/site"))
    soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, site,
                                      strlen (site));
  else
    {
      GBytes *bytes = g_ptr_array_index (pages, MIN (page, pages->len - 1));

      soup_message_headers_set_content_type (soup_server_message_get_response_headers (message),
                                             "application/json", NULL);
      soup_message_body_append_bytes (soup_server_message_get_response_body (message), bytes);
    }
}

static void
serve (const RegTestWorld *world, int ready)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  GSList *uris;
  int port;
  gsize size = 0;

  for (gint64 first = 1; first <= world->n_people; first += PAGE)
    {
      g_ptr_array_add (pages,
                       make_page (world, rand, first, MIN (PAGE, world->n_people - first + 1)));
      size += g_bytes_get_size (g_ptr_array_index (pages, pages->len - 1));
    }
  soup_server_add_handler (server, NULL, on_request_cb, pages, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  bench_die_on (error);
  uris = soup_server_get_uris (server);
  port = g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
  g_print ("%" G_GINT64_FORMAT " users, %u pages, %.1f MB of JSON\n", world->n_people, pages->len,
           (double)size / 1e6);
  fflush (stdout);
  if (write (ready, &port, sizeof port) != sizeof port)
    exit (1);
  g_main_loop_run (loop);
}

/* The bare pipeline */

static sqlite3 *
open_bare (const char *path)
{
  g_autoptr (GError) error = NULL;
  RegStore *store = reg_store_open (path, &error);
  sqlite3 *db;

  /* The store makes the tables, and leaves. */
  bench_die_on (error);
  reg_store_unref (store);
  if (sqlite3_open (path, &db) != SQLITE_OK
      || sqlite3_exec (db,
                       "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
                       "PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 4000;",
                       NULL, NULL, NULL)
             != SQLITE_OK)
    exit (1);
  return db;
}

static void
upsert (sqlite3_stmt *stmt, const RegUser *user, GString *text)
{
  gsize key_at, key_len;

  reg_store_make_search_text (user, text, &key_at, &key_len);
  reg_store_bind_user (stmt, user);
  sqlite3_bind_text (stmt, 15, text->str + key_at, (int)key_len, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 16, text->str, (int)text->len, SQLITE_STATIC);
  if (sqlite3_step (stmt) != SQLITE_DONE)
    exit (1);
  sqlite3_reset (stmt);
}

static double
run_bare (const char *url)
{
  static const char sql[] =
      "INSERT INTO user (" REG_SQL_USER ", email_key, search_text) VALUES (?1, ?2, ?3, ?4, ?5, "
      "?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16) ON CONFLICT (id) DO UPDATE SET "
      "revision = ?2, email = ?3, employee_id = ?4, given_name = ?5, family_name = ?6, role = ?7, "
      "state = ?8, location_id = ?9, manager_id = ?10, labels = ?11, approved_at = ?12, "
      "notified_at = ?13, archived_at = ?14, email_key = ?15, search_text = ?16 "
      "WHERE revision <> ?2";
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  RegTestFolder folder;
  RegHttp *http;
  sqlite3_stmt *stmt;
  sqlite3 *db;
  gboolean more = TRUE;
  double begin;

  reg_test_folder_init (&folder);
  db = open_bare (folder.path);
  begin = bench_now ();
  http = reg_http_new (url, NULL, &error);
  bench_die_on (error);
  sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL);
  for (guint i = 0; more; i++)
    {
      g_autofree char *path = g_strdup_printf ("/v1/changes?after=%u&limit=1000", i);
      g_autoptr (RegHttpResponse) response = reg_http_get (http, path, NULL, &error);
      g_autoptr (RegPage) page = NULL;
      char *body;
      gsize len;

      bench_die_on (error);
      body = reg_http_response_steal_text (response, &len);
      page = reg_registrar_read_page (body, len, &error);
      bench_die_on (error);
      sqlite3_exec (db, "BEGIN", NULL, NULL, NULL);
      for (guint k = 0; k < page->users->len; k++)
        upsert (stmt, &g_array_index (page->users, RegUser, k), text);
      sqlite3_exec (db, "COMMIT", NULL, NULL, NULL);
      more = page->more;
    }
  sqlite3_finalize (stmt);
  reg_http_free (http);
  sqlite3_close (db);
  begin = bench_now () - begin;
  reg_test_folder_clear (&folder);
  return begin;
}

/* The engine */

static double
run_engine (RegEngine *engine, gint64 expected)
{
  g_autoptr (GError) error = NULL;
  RegSyncReport report;
  double begin = bench_now ();

  reg_engine_run (engine, REG_SYNC_PUSH | REG_SYNC_PULL, &report, NULL, NULL, NULL, &error);
  bench_die_on (error);
  if (report.n_pulled != expected)
    {
      g_printerr ("%" G_GINT64_FORMAT " rows came\n", report.n_pulled);
      exit (1);
    }
  return bench_now () - begin;
}

static void
run_twice (const char *url, gint64 n_users, double *first, double *second)
{
  g_autoptr (GError) error = NULL;
  RegTestFolder folder;
  RegStore *store;
  RegLms *lms;
  RegEngine *engine;

  reg_test_folder_init (&folder);
  store = reg_store_open (folder.path, &error);
  bench_die_on (error);
  lms = reg_lms_new ("registrar", url, NULL, &error);
  bench_die_on (error);
  engine = reg_engine_new (store, lms);
  *first = run_engine (engine, n_users);
  reg_store_set_setting (store, "cursor", "", &error);
  bench_die_on (error);
  *second = run_engine (engine, 0);
  reg_engine_free (engine);
  g_object_unref (lms);
  reg_store_unref (store);
  reg_test_folder_clear (&folder);
}

static int
compare (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return x < y ? -1 : x > y;
}

static double
median (double values[RUNS])
{
  qsort (values, RUNS, sizeof *values, compare);
  return values[RUNS / 2];
}

int
main (int argc, char **argv)
{
  RegTestWorld world = { .n_locations = 20,
                         .n_labels = 200,
                         .n_people = argc > 1 ? atoll (argv[1]) : 100000 };
  double bare[RUNS], first[RUNS], second[RUNS];
  g_autofree char *url = NULL;
  int ready[2], port;
  pid_t server;

  if (pipe (ready) != 0)
    return 1;
  server = fork ();
  if (server == 0)
    {
      serve (&world, ready[1]);
      _exit (0);
    }
  close (ready[1]);
  if (server < 0 || read (ready[0], &port, sizeof port) != sizeof port)
    return 1;
  url = g_strdup_printf ("http://127.0.0.1:%d", port);
  for (guint i = 0; i < RUNS; i++)
    {
      bare[i] = run_bare (url);
      run_twice (url, world.n_people, &first[i], &second[i]);
    }
  kill (server, SIGTERM);
  waitpid (server, NULL, 0);
  g_print ("bare pipeline          %7.3f s CPU\n", median (bare));
  g_print ("first pull             %7.3f s CPU, %.2f of the bare pipeline (goal 1.50)\n",
           median (first), median (first) / median (bare));
  g_print ("second, all the same   %7.3f s CPU, %.2f of the first (goal 0.67)\n", median (second),
           median (second) / median (first));
  bench_print_memory ("at the end");
  return 0;
}
