/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/reg-id-list-model.h"

#include <string.h>

/* A database of rows: row id is the text "row <id> <version>"; it answers when told to. */
typedef struct
{
  RegIdListModel *model;
  GPtrArray *requests; /* Request */
  guint n_asked;
  guint n_rows_alive;
  int version;
  gboolean at_once;
  /* what the model told since the last look */
  GString *told;
  /* a copy kept up to date only from what it told */
  GArray *mirror;
} Fixture;

typedef struct
{
  gint64 *ids;
  gsize n;
  guint generation;
} Request;

static guint *alive;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->ids);
  g_free (request);
}

static void
row_free (gpointer row)
{
  (*alive)--;
  g_free (row);
}

static gpointer
make_row (Fixture *fixture, gint64 id)
{
  if (id < 0)
    return NULL;
  (*alive)++;
  return g_strdup_printf ("row %" G_GINT64_FORMAT " %d", id, fixture->version);
}

static void
answer (Fixture *fixture, const Request *request)
{
  g_autofree gpointer *rows = g_new0 (gpointer, request->n);

  for (gsize i = 0; i < request->n; i++)
    rows[i] = make_row (fixture, request->ids[i]);
  reg_id_list_model_put_page (fixture->model, request->ids, rows, request->n, request->generation);
}

static void
answer_all (Fixture *fixture)
{
  while (fixture->requests->len > 0)
    {
      Request *request = g_ptr_array_steal_index (fixture->requests, 0);

      answer (fixture, request);
      request_free (request);
    }
}

static void
on_fetch_asked_cb (RegIdListModel *model,
                   const gint64 *ids,
                   gsize n,
                   guint generation,
                   gpointer data)
{
  Fixture *fixture = data;
  Request *request = g_new0 (Request, 1);

  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (n, <=, 256);
  request->ids = g_memdup2 (ids, n * sizeof *ids);
  request->n = n;
  request->generation = generation;
  fixture->n_asked += n;
  if (fixture->at_once)
    {
      answer (fixture, request);
      request_free (request);
    }
  else
    g_ptr_array_add (fixture->requests, request);
}

static gint64
peek_id (Fixture *fixture, guint position)
{
  g_autoptr (RegIdListItem) item = g_list_model_get_item (G_LIST_MODEL (fixture->model), position);

  return reg_id_list_item_get_id (item);
}

static void
on_items_changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  Fixture *fixture = data;

  g_string_append_printf (fixture->told, "(%u,%u,%u)", position, removed, added);
  g_array_remove_range (fixture->mirror, position, removed);
  for (guint i = 0; i < added; i++)
    {
      gint64 id = peek_id (fixture, position + i);

      g_array_insert_val (fixture->mirror, position + i, id);
    }
  g_assert_cmpuint (fixture->mirror->len, ==, g_list_model_get_n_items (model));
  /* In the middle of a change in two steps, too, the model is what it told. */
  for (guint i = 0; i < fixture->mirror->len; i += 1 + fixture->mirror->len / 97)
    g_assert_cmpint (g_array_index (fixture->mirror, gint64, i), ==, peek_id (fixture, i));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  alive = &fixture->n_rows_alive;
  fixture->requests = g_ptr_array_new_with_free_func (request_free);
  fixture->told = g_string_new (NULL);
  fixture->mirror = g_array_new (FALSE, FALSE, sizeof (gint64));
  fixture->model = reg_id_list_model_new (on_fetch_asked_cb, fixture, NULL, row_free);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->model);
  g_assert_cmpuint (fixture->n_rows_alive, ==, 0);
  g_ptr_array_unref (fixture->requests);
  g_string_free (fixture->told, TRUE);
  g_array_unref (fixture->mirror);
}

static void
watch (Fixture *fixture)
{
  g_signal_connect (fixture->model, "items-changed", G_CALLBACK (on_items_changed_cb), fixture);
}

static void
show_array (Fixture *fixture, const gint64 *ids, gsize n)
{
  g_autoptr (RegIdList) list = reg_id_list_new_take (g_memdup2 (ids, n * sizeof *ids), n);

  reg_id_list_model_set_ids (fixture->model, list);
  g_assert_true (reg_id_list_model_get_ids (fixture->model) == list);
}

static void
show_range (Fixture *fixture, gint64 first, gsize n)
{
  g_autofree gint64 *ids = g_new (gint64, n);

  for (gsize i = 0; i < n; i++)
    ids[i] = first + i;
  show_array (fixture, ids, n);
}

static RegIdListItem *
get_item (Fixture *fixture, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (fixture->model), position);
}

static void
assert_told (Fixture *fixture, const char *expected)
{
  g_assert_cmpstr (fixture->told->str, ==, expected);
  g_string_truncate (fixture->told, 0);
}

static void
test_splices (Fixture *fixture, gconstpointer data)
{
  static const gint64 first[] = { 1, 2, 3, 4, 5 };
  static const gint64 without[] = { 1, 2, 4, 5 };
  static const gint64 turned[] = { 1, 4, 2, 5 };
  static const gint64 longer[] = { 1, 4, 2, 5, 6, 7 };
  static const gint64 front[] = { 9, 1, 4, 2, 5, 6, 7 };

  watch (fixture);
  show_array (fixture, first, 5);
  assert_told (fixture, "(0,0,5)");
  show_array (fixture, first, 5);
  assert_told (fixture, "");
  show_array (fixture, without, 4);
  assert_told (fixture, "(2,1,0)");
  show_array (fixture, turned, 4);
  assert_told (fixture, "(1,2,2)");
  show_array (fixture, longer, 6);
  assert_told (fixture, "(4,0,2)");
  show_array (fixture, front, 7);
  assert_told (fixture, "(0,0,1)");
  show_array (fixture, NULL, 0);
  assert_told (fixture, "(0,7,0)");
}

static void
test_long_change_in_two_steps (Fixture *fixture, gconstpointer data)
{
  watch (fixture);
  show_range (fixture, 1, 5000);
  assert_told (fixture, "(0,0,5000)");
  show_range (fixture, 100000, 4000);
  assert_told (fixture, "(0,5000,0)(0,0,4000)");
  show_range (fixture, 100000, 4100);
  assert_told (fixture, "(4000,0,100)");
}

static void
test_random_changes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  watch (fixture);
  fixture->at_once = TRUE;
  for (guint round = 0; round < 60; round++)
    {
      g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
      guint n = g_rand_int_range (rand, 0, round % 7 == 0 ? 4000 : 700);
      guint keep = g_rand_int_range (rand, 1, 10);

      for (gint64 id = 0; id < n; id++)
        if (g_rand_int_range (rand, 0, 10) < (gint)keep)
          g_array_append_val (ids, id);
      show_array (fixture, (const gint64 *)ids->data, ids->len);
      for (guint i = 0; i < ids->len; i++)
        g_assert_cmpint (g_array_index (fixture->mirror, gint64, i), ==,
                         g_array_index (ids, gint64, i));
      for (guint i = 0; i < ids->len; i += 17)
        {
          g_autoptr (RegIdListItem) item = get_item (fixture, i);
          g_autofree char *row =
              g_strdup_printf ("row %" G_GINT64_FORMAT " 0", reg_id_list_item_get_id (item));

          g_assert_cmpstr (reg_id_list_item_get_row (item), ==, row);
          g_assert_cmpuint (reg_id_list_model_find (fixture->model, reg_id_list_item_get_id (item)),
                            ==, i);
        }
    }
}

static void
on_row_notified_cb (RegIdListItem *item, GParamSpec *pspec, gpointer data)
{
  (*(guint *)data)++;
}

static void
test_placeholders (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RegIdListItem) item = NULL;
  g_autoptr (RegIdListItem) again = NULL;
  gpointer row = NULL;
  guint n_notified = 0;

  show_range (fixture, 1, 1000);
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (fixture->model))
                 == REG_TYPE_ID_LIST_ITEM);
  g_assert_null (get_item (fixture, 1000));
  g_assert_cmpuint (fixture->n_asked, ==, 0);

  item = get_item (fixture, 300);
  g_signal_connect (item, "notify::row", G_CALLBACK (on_row_notified_cb), &n_notified);
  again = get_item (fixture, 300);
  g_assert_true (item == again);
  g_assert_cmpint (reg_id_list_item_get_id (item), ==, 301);
  g_assert_null (reg_id_list_item_get_row (item));
  /* one page, asked for once */
  g_assert_cmpuint (fixture->n_asked, ==, 256);
  g_assert_cmpuint (fixture->requests->len, ==, 1);

  answer_all (fixture);
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_cmpstr (reg_id_list_item_get_row (item), ==, "row 301 0");
  g_object_get (item, "row", &row, NULL);
  g_assert_true (row == reg_id_list_item_get_row (item));
}

static void
test_identity (Fixture *fixture, gconstpointer data)
{
  static const gint64 turned[] = { 9, 5, 3, 1 };
  g_autoptr (RegIdListItem) three = NULL;
  g_autoptr (RegIdListItem) now = NULL;

  fixture->at_once = TRUE;
  show_range (fixture, 1, 5000);
  three = get_item (fixture, 2);
  /* far enough away that the page of 3 is let go */
  for (guint position = 600; position < 5000; position += 200)
    {
      g_autoptr (RegIdListItem) other = get_item (fixture, position);

      g_assert_nonnull (other);
    }
  fixture->n_asked = 0;
  show_array (fixture, turned, 4);
  now = get_item (fixture, 2);
  g_assert_true (now == three);
  g_assert_cmpstr (reg_id_list_item_get_row (now), ==, "row 3 0");
  /* its row was kept, the three others were fetched */
  g_assert_cmpuint (fixture->n_asked, ==, 3);
}

static void
test_scrolling_back_fetches_nothing (Fixture *fixture, gconstpointer data)
{
  fixture->at_once = TRUE;
  show_range (fixture, 1, 100000);
  for (guint position = 0; position < 2048; position += 100)
    g_object_unref (get_item (fixture, position));
  fixture->n_asked = 0;
  for (guint position = 0; position < 2048; position++)
    {
      g_autoptr (RegIdListItem) item = get_item (fixture, position);

      g_assert_nonnull (reg_id_list_item_get_row (item));
    }
  g_assert_cmpuint (fixture->n_asked, ==, 0);
  /* and no more than these are held */
  g_object_unref (get_item (fixture, 50000));
  g_assert_cmpuint (fixture->n_rows_alive, ==, 2048);
  g_object_unref (get_item (fixture, 0));
  g_assert_cmpuint (fixture->n_asked, ==, 512);
}

static void
test_stale_pages (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RegIdListItem) item = NULL;
  gint64 id = 1;

  show_range (fixture, 1, 100);
  item = get_item (fixture, 0);
  g_assert_cmpuint (fixture->requests->len, ==, 1);
  reg_id_list_model_refresh (fixture->model, &id, 1);
  g_assert_cmpuint (fixture->requests->len, ==, 2);

  /* The second answer comes first and counts; the first, older one is dropped for this row only. */
  fixture->version = 2;
  answer (fixture, fixture->requests->pdata[1]);
  g_assert_cmpstr (reg_id_list_item_get_row (item), ==, "row 1 2");
  fixture->version = 1;
  answer (fixture, fixture->requests->pdata[0]);
  g_assert_cmpstr (reg_id_list_item_get_row (item), ==, "row 1 2");
  {
    g_autoptr (RegIdListItem) second = get_item (fixture, 1);

    g_assert_cmpstr (reg_id_list_item_get_row (second), ==, "row 2 1");
  }
  /* an answer nobody asked for */
  answer (fixture, fixture->requests->pdata[1]);
  g_assert_cmpuint (fixture->n_rows_alive, ==, 100);
  g_ptr_array_set_size (fixture->requests, 0);
}

static void
test_answer_for_items_let_go (Fixture *fixture, gconstpointer data)
{
  show_range (fixture, 1, 10000);
  for (guint position = 0; position < 10000; position += 256)
    g_object_unref (get_item (fixture, position));
  answer_all (fixture);
  g_assert_cmpuint (fixture->n_rows_alive, <=, 8 * 256);
}

static void
test_refresh (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RegIdListItem) item = NULL;
  g_autoptr (RegIdListItem) other = NULL;
  static const gint64 some[] = { 5, 777777, 5 };
  guint n_notified = 0;

  watch (fixture);
  fixture->at_once = TRUE;
  show_range (fixture, 1, 300);
  item = get_item (fixture, 4);
  other = get_item (fixture, 6);
  g_signal_connect (item, "notify::row", G_CALLBACK (on_row_notified_cb), &n_notified);
  g_string_truncate (fixture->told, 0);

  fixture->at_once = FALSE;
  fixture->version = 1;
  fixture->n_asked = 0;
  reg_id_list_model_refresh (fixture->model, some, G_N_ELEMENTS (some));
  g_assert_cmpuint (fixture->n_asked, ==, 1);
  /* no placeholder meanwhile */
  g_assert_cmpstr (reg_id_list_item_get_row (item), ==, "row 5 0");
  answer_all (fixture);
  g_assert_cmpstr (reg_id_list_item_get_row (item), ==, "row 5 1");
  g_assert_cmpstr (reg_id_list_item_get_row (other), ==, "row 7 0");
  g_assert_cmpuint (n_notified, ==, 1);

  fixture->version = 2;
  reg_id_list_model_refresh (fixture->model, NULL, 0);
  answer_all (fixture);
  g_assert_cmpstr (reg_id_list_item_get_row (item), ==, "row 5 2");
  g_assert_cmpstr (reg_id_list_item_get_row (other), ==, "row 7 2");
  assert_told (fixture, "");
}

static void
test_rows_gone (Fixture *fixture, gconstpointer data)
{
  static const gint64 ids[] = { 1, -2, 3 };
  g_autoptr (RegIdListItem) gone = NULL;

  fixture->at_once = TRUE;
  show_array (fixture, ids, 3);
  gone = get_item (fixture, 1);
  g_assert_null (reg_id_list_item_get_row (gone));
  g_assert_cmpuint (fixture->n_asked, ==, 3);
  g_object_unref (get_item (fixture, 1));
  /* the answer was that there is none: it is not asked for again and again */
  g_assert_cmpuint (fixture->n_asked, ==, 3);
}

static void
test_item_outlives_model (void)
{
  guint rows = 0;
  Fixture fixture = { 0 };
  g_autoptr (RegIdListItem) item = NULL;

  alive = &rows;
  fixture.at_once = TRUE;
  fixture.model = reg_id_list_model_new (on_fetch_asked_cb, &fixture, NULL, row_free);
  show_range (&fixture, 1, 10);
  item = get_item (&fixture, 3);
  g_clear_object (&fixture.model);
  g_assert_cmpstr (reg_id_list_item_get_row (item), ==, "row 4 0");
  g_clear_object (&item);
  g_assert_cmpuint (rows, ==, 0);
}

static void
test_id_list (void)
{
  gint64 *ids = g_new (gint64, 2);
  RegIdList *list;

  ids[0] = 5;
  ids[1] = -6;
  list = reg_id_list_new_take (ids, 2);
  {
    g_auto (GValue) value = G_VALUE_INIT;

    g_value_init (&value, REG_TYPE_ID_LIST);
    g_value_set_boxed (&value, list);
    g_assert_true (g_value_get_boxed (&value) == list);
  }
  g_assert_cmpuint (list->n, ==, 2);
  g_assert_cmpint (list->ids[1], ==, -6);
  reg_id_list_unref (list);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/store/id-list-model/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("splices", test_splices);
  ADD ("long-change-in-two-steps", test_long_change_in_two_steps);
  ADD ("random-changes", test_random_changes);
  ADD ("placeholders", test_placeholders);
  ADD ("identity", test_identity);
  ADD ("scrolling-back-fetches-nothing", test_scrolling_back_fetches_nothing);
  ADD ("stale-pages", test_stale_pages);
  ADD ("answer-for-items-let-go", test_answer_for_items_let_go);
  ADD ("refresh", test_refresh);
  ADD ("rows-gone", test_rows_gone);
  g_test_add_func ("/store/id-list-model/item-outlives-model", test_item_outlives_model);
  g_test_add_func ("/store/id-list/shared", test_id_list);
  return g_test_run ();
}
