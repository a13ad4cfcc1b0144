/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-store [USERS]: what the list of users costs: loading, searching, sorting, paging, keeping
 * up to date. Times are CPU seconds or milliseconds of this process; the database is filled by
 * another one, so that the peak of memory is that of the program. */
#include "bench.h"

#include "reg-test-people.h"

#include "store/reg-id-list-model.h"
#include "store/reg-store-private.h"
#include "store/reg-store-query.h"
#include "store/reg-user-index.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define N_QUERIES 60
#define N_JUMPS 300
#define N_PEER_QUERIES 5
/* How many rows a list widget keeps alive round what it shows. */
#define N_SHOWN 205

static double
now_ms (void)
{
  return bench_now () * 1e3;
}

/* Two names of three are made of syllables, so that there are many different ones. */
static char *
make_name (GRand *rand)
{
  static const char *const syllables[] = { "an", "ber", "chi", "do",  "el", "fra", "go",
                                           "hé", "is",  "jo",  "ka",  "lö", "mar", "ne",
                                           "or", "pa",  "qui", "ros", "sá", "ti",  "ul",
                                           "va", "wen", "xi",  "yo",  "zy" };
  GString *name = g_string_new (NULL);

  for (gint i = g_rand_int_range (rand, 2, 5); i > 0; i--)
    g_string_append (name, syllables[g_rand_int_range (rand, 0, G_N_ELEMENTS (syllables))]);
  name->str[0] = g_ascii_toupper (name->str[0]);
  return g_string_free (name, FALSE);
}

static void
fill (const char *path, const RegTestWorld *world)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GError) error = NULL;
  RegStore *store = reg_store_open (path, &error);
  RegStoreDb *db;

  bench_die_on (error);
  db = &store->writer;
  reg_store_db_exec (db, "PRAGMA synchronous = OFF; BEGIN", &error);
  bench_die_on (error);
  reg_test_write_labels (db, world);
  for (gint64 id = 1; id <= world->n_people; id++)
    {
      RegUser *user = reg_test_make_person (world, rand, id);

      if (id % 3 != 0)
        {
          g_free (user->given_name);
          g_free (user->family_name);
          g_free (user->email);
          user->given_name = make_name (rand);
          user->family_name = make_name (rand);
          /* in no order, but each its own */
          g_free (user->employee_id);
          user->employee_id = g_strdup_printf ("%07d", (int)(id * 7654321 % 9999991));
          user->email = g_strdup_printf ("%s.%s%" G_GINT64_FORMAT "@example.com", user->given_name,
                                         user->family_name, id);
        }
      reg_test_write_person (db, user);
      reg_user_free (user);
    }
  reg_store_db_exec (db, "COMMIT; PRAGMA wal_checkpoint (TRUNCATE)", &error);
  bench_die_on (error);
  reg_store_unref (store);
}

static void
fill_apart (const char *path, const RegTestWorld *world)
{
  struct rusage usage;
  pid_t child = fork ();
  int status = 0;

  if (child == 0)
    {
      fill (path, world);
      _exit (0);
    }
  if (child < 0 || waitpid (child, &status, 0) != child || status != 0)
    exit (1);
  getrusage (RUSAGE_CHILDREN, &usage);
  g_print ("filled %" G_GINT64_FORMAT " users in %.1f s\n", world->n_people,
           (double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec / 1e6);
}

static RegIdList *
query_users (RegStore *store, const RegUserQuery *query, double *ms)
{
  g_autoptr (GError) error = NULL;
  double begin = now_ms ();
  RegIdList *ids = reg_store_query_users (store, query, NULL, &error);

  *ms = now_ms () - begin;
  bench_die_on (error);
  return ids;
}

static int
compare_doubles (const void *a, const void *b)
{
  double first = *(const double *)a, second = *(const double *)b;

  return (first > second) - (first < second);
}

static void
print_times (const char *what, double *ms, guint n)
{
  qsort (ms, n, sizeof *ms, compare_doubles);
  g_print ("%-34s p50 %7.2f  p95 %7.2f  max %7.2f ms\n", what, ms[n / 2], ms[n * 95 / 100],
           ms[n - 1]);
}

/* Two searches of three begin where a word begins, as typed ones do. */
static char *
make_search (GRand *rand, RegStore *store, gint64 n_people, glong n_chars)
{
  for (;;)
    {
      gint64 id = g_rand_int_range (rand, 1, (gint)n_people + 1);
      g_autoptr (GError) error = NULL;
      g_autoptr (RegUser) user = reg_store_get_user (store, id, &error);
      g_autofree char *text = NULL;
      glong at, len;

      bench_die_on (error);
      text = g_strdup_printf ("%s %s %s %s", user->family_name, user->given_name, user->email,
                              user->employee_id);
      len = g_utf8_strlen (text, -1);
      at = g_rand_int_range (rand, 0, (gint)len);
      if (g_rand_int_range (rand, 0, 3) > 0)
        {
          char *begin = g_utf8_offset_to_pointer (text, at);
          const char *space = strchr (begin, ' ');

          at = space != NULL ? g_utf8_pointer_to_offset (text, space) + 1 : 0;
        }
      if (at + n_chars <= len)
        {
          g_autofree char *search = g_utf8_substring (text, at, at + n_chars);

          if (strchr (search, ' ') == NULL)
            return g_steal_pointer (&search);
        }
    }
}

static void
bench_search (RegStore *store, gint64 n_people)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);

  for (guint n_chars = 1; n_chars <= 5; n_chars++)
    {
      g_autofree char *what = NULL;
      double ms[N_QUERIES];
      gsize hits = 0;

      for (guint i = 0; i < N_QUERIES; i++)
        {
          g_autofree char *search = make_search (rand, store, n_people, n_chars);
          RegUserQuery query = { .search = search };
          g_autoptr (RegIdList) ids = query_users (store, &query, &ms[i]);

          hits += ids->n;
        }
      what = g_strdup_printf ("search, %u characters, %zu hits", n_chars, hits / N_QUERIES);
      print_times (what, ms, N_QUERIES);
    }
}

/* The same question to the database alone: every hit, in name order. */
static void
bench_like (RegStore *store, gint64 n_people)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);
  double ms[N_PEER_QUERIES];
  sqlite3_stmt *stmt;

  if (sqlite3_prepare_v2 (store->reader.handle,
                          "SELECT id FROM user WHERE search_text LIKE '%' || ?1 || '%' "
                          "ORDER BY search_text",
                          -1, &stmt, NULL)
      != SQLITE_OK)
    exit (1);
  for (guint i = 0; i < N_PEER_QUERIES; i++)
    {
      g_autofree char *search = make_search (rand, store, n_people, i + 1);
      double begin = now_ms ();

      sqlite3_bind_text (stmt, 1, search, -1, SQLITE_TRANSIENT);
      while (sqlite3_step (stmt) == SQLITE_ROW)
        ;
      ms[i] = now_ms () - begin;
      sqlite3_reset (stmt);
    }
  sqlite3_finalize (stmt);
  print_times ("  peer: LIKE in SQLite", ms, N_PEER_QUERIES);
}

static void
bench_sort (RegStore *store)
{
  static const char *const names[] = { "name",   "e-mail", "employee ID", "location",
                                       "groups", "role",   "state" };

  for (guint sort = 0; sort < G_N_ELEMENTS (names); sort++)
    {
      RegUserQuery query = { .sort = (RegUserSort)sort };
      double first, again, down;

      reg_id_list_unref (query_users (store, &query, &first));
      reg_id_list_unref (query_users (store, &query, &again));
      query.descending = TRUE;
      reg_id_list_unref (query_users (store, &query, &down));
      g_print ("sort by %-12s first %7.1f  again %7.1f  descending %7.1f ms\n", names[sort], first,
               again, down);
    }
}

typedef struct
{
  RegStore *store;
  double row_ms; /* what the reader thread would spend */
  GQueue pages;
} Paging;

typedef struct
{
  gint64 *ids;
  gsize n;
  guint generation;
  GPtrArray *rows;
} Page;

static void
on_fetch_asked_cb (RegIdListModel *model,
                   const gint64 *ids,
                   gsize n,
                   guint generation,
                   gpointer data)
{
  Paging *paging = data;
  Page *page = g_new0 (Page, 1);

  page->ids = g_memdup2 (ids, n * sizeof *ids);
  page->n = n;
  page->generation = generation;
  g_queue_push_tail (&paging->pages, page);
}

static void
read_pages (Paging *paging)
{
  double begin = now_ms ();

  for (GList *l = paging->pages.head; l != NULL; l = l->next)
    {
      Page *page = l->data;
      g_autoptr (GError) error = NULL;

      page->rows = reg_store_get_user_rows (paging->store, page->ids, page->n, &error);
      bench_die_on (error);
    }
  paging->row_ms = MAX (paging->row_ms, now_ms () - begin);
}

static void
put_pages (Paging *paging, RegIdListModel *model)
{
  Page *page;

  while ((page = g_queue_pop_head (&paging->pages)) != NULL)
    {
      reg_id_list_model_put_page (model, page->ids, page->rows->pdata, page->n, page->generation);
      g_ptr_array_set_free_func (page->rows, NULL);
      g_ptr_array_unref (page->rows);
      g_free (page->ids);
      g_free (page);
    }
}

static void
bench_paging (RegStore *store)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  Paging paging = { .store = store, .pages = G_QUEUE_INIT };
  g_autoptr (RegIdListModel) model =
      reg_id_list_model_new (on_fetch_asked_cb, &paging, NULL, (GDestroyNotify)reg_user_row_free);
  RegUserQuery query = { 0 };
  RegUserQuery active = { .states = 1u << REG_USER_STATE_ACTIVE };
  RegIdListItem *shown[N_SHOWN] = { NULL };
  double ask_ms[N_JUMPS], put_ms[N_JUMPS], set_ms, ms, begin;
  g_autoptr (RegIdList) ids = query_users (store, &query, &ms);
  g_autoptr (RegIdList) other = query_users (store, &active, &ms);

  begin = now_ms ();
  reg_id_list_model_set_ids (model, ids);
  set_ms = now_ms () - begin;
  for (guint jump = 0; jump < N_JUMPS; jump++)
    {
      /* half of them at random, half a screen further */
      guint at = jump % 2 == 0 || shown[0] == NULL
                     ? (guint)g_rand_int_range (rand, 0, (gint)MAX (ids->n, 301) - 300)
                     : reg_id_list_model_find (model, reg_id_list_item_get_id (shown[0])) + 30;

      begin = now_ms ();
      for (guint i = 0; i < N_SHOWN; i++)
        {
          g_clear_object (&shown[i]);
          shown[i] = g_list_model_get_item (G_LIST_MODEL (model), at + i);
        }
      ask_ms[jump] = now_ms () - begin;
      read_pages (&paging);
      begin = now_ms ();
      put_pages (&paging, model);
      put_ms[jump] = now_ms () - begin;
    }
  print_times ("paging, 205 rows asked for", ask_ms, N_JUMPS);
  print_times ("paging, their pages put", put_ms, N_JUMPS);
  g_print ("paging, rows read by the reader    max %7.2f ms\n", paging.row_ms);

  begin = now_ms ();
  reg_id_list_model_set_ids (model, other);
  g_print ("list set %.2f ms, replaced by another %.2f ms\n", set_ms, now_ms () - begin);
  for (guint i = 0; i < N_SHOWN; i++)
    g_clear_object (&shown[i]);
}

static void
bench_update (RegStore *store, gint64 n_people, const char *sql, gint64 n, const char *what)
{
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *ids = g_new (gint64, n);
  RegUserQuery query = { .search = "an" };
  double ms;

  reg_store_db_lock (&store->writer);
  reg_store_db_exec (&store->writer, sql, &error);
  reg_store_db_unlock (&store->writer);
  bench_die_on (error);
  for (gint64 i = 0; i < n; i++)
    ids[i] = i + 1;
  reg_user_index_invalidate_users (store->user_index, ids, n);
  reg_id_list_unref (query_users (store, &query, &ms));
  g_print ("%s and searched: %.1f ms\n", what, ms);
}

int
main (int argc, char **argv)
{
  gint64 n_people = argc > 1 ? g_ascii_strtoll (argv[1], NULL, 10) : 100000;
  RegTestWorld world = { .n_locations = 60, .n_labels = 120, .n_people = n_people };
  g_autofree char *folder = g_dir_make_tmp ("registrar-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "users.db", NULL);
  g_autofree char *remove = g_strdup_printf ("rm -r '%s'", folder);
  g_autoptr (GError) error = NULL;
  RegUserQuery query = { 0 };
  RegStore *store;
  double ms;

  if (n_people < 1000)
    {
      g_printerr ("Usage: bench-store [USERS]\nUSERS: 1000 or more\n");
      return 2;
    }
  fill_apart (path, &world);
  store = reg_store_open (path, &error);
  bench_die_on (error);
  bench_print_memory ("at first");
  reg_id_list_unref (query_users (store, &query, &ms));
  g_print ("loaded, all in name order: %.0f ms\n", ms);
  bench_print_memory ("after loading");
  g_print ("goals for a million: search p95 16 ms, sort 250 ms, paging 16 ms, memory 400 MB\n");
  bench_search (store, n_people);
  bench_sort (store);
  bench_paging (store);
  bench_update (store, n_people, "UPDATE user SET state = 3 WHERE id <= 100000",
                MIN (n_people / 2, 100000), "up to 100000 archived");
  bench_update (store, n_people, "UPDATE user SET search_text = 'zz' || search_text WHERE id = 1",
                1, "one renamed");
  bench_print_memory ("at the end");
  bench_like (store, n_people);
  reg_store_unref (store);
  return system (remove) == 0 ? 0 : 1;
}
