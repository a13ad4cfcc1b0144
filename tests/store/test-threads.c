/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store worker, the sync worker and the reader at the same time. */
#define G_LOG_DOMAIN "reg-test"

#include "store-fixture.h"

#define N_ROUNDS 40

static gpointer
edit (gpointer data)
{
  RegStore *store = data;

  for (int i = 0; i < N_ROUNDS; i++)
    {
      gint64 batch_id = stage (store, "archive", NULL, 0, 100, 160);

      g_assert_cmpint (undo (store, batch_id, NULL), ==, 61);
    }
  return NULL;
}

static gpointer
pull (gpointer data)
{
  RegStore *store = data;

  for (int i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr (RegPage) page = reg_page_new ();

      for (gint64 id = 80; id < 140; id++)
        reg_test_page_add_user (page, id, 1000 + i);
      reg_test_store_apply (store, page);
    }
  return NULL;
}

static gpointer
look (gpointer data)
{
  RegStore *store = data;

  for (int i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) batches = reg_store_list_batches (store, FALSE, &error);
      RegUserQuery query = { .search = "given", .states = 1u << REG_USER_STATE_ACTIVE };
      g_autoptr (RegIdList) ids = reg_store_query_users (store, &query, NULL, &error);

      g_assert_no_error (error);
      /* A step and its undo are seen whole or not at all. */
      g_assert_true (ids->n == 200 || ids->n == 200 - 61);
      g_assert_nonnull (batches);
    }
  return NULL;
}

static void
count_event (RegStore *store, const RegStoreEvent *event, gpointer data)
{
  g_atomic_int_inc ((int *)data);
}

static void
test_together (StoreFixture *fixture, gconstpointer data)
{
  GThread *threads[3];
  int n_events = 0;

  reg_test_store_fill (fixture->store, 200, 0);
  reg_store_set_notify (fixture->store, count_event, &n_events, NULL);
  threads[0] = g_thread_new ("edit", edit, fixture->store);
  threads[1] = g_thread_new ("pull", pull, fixture->store);
  threads[2] = g_thread_new ("look", look, fixture->store);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  reg_store_set_notify (fixture->store, NULL, NULL, NULL);
  g_assert_cmpint (g_atomic_int_get (&n_events), ==, 3 * N_ROUNDS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/threads/together", StoreFixture, NULL, store_fixture_set_up, test_together,
              store_fixture_tear_down);
  return g_test_run ();
}
