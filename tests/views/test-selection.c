/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Check boxes of a long list: by id, whatever the list shows. No display is needed. */
#include "views/common/reg-id-set.h"
#include "views/common/reg-selection.h"

#define N_ROWS 100000

static guint n_fetched;

static void
fetch (RegIdListModel *model, const gint64 *ids, gsize n, guint generation, gpointer data)
{
  n_fetched++;
}

static RegIdList *
create_ids (gint64 first, gint64 step, gsize n)
{
  gint64 *ids = g_new (gint64, MAX (n, 1));

  for (gsize i = 0; i < n; i++)
    ids[i] = first + (gint64)i * step;
  return reg_id_list_new_take (ids, n);
}

static void
show (RegIdListModel *model, gint64 first, gint64 step, gsize n)
{
  g_autoptr (RegIdList) ids = create_ids (first, step, n);

  reg_id_list_model_set_ids (model, ids);
}

static void
test_id_set (void)
{
  g_autoptr (RegIdSet) set = reg_id_set_new (4);

  for (gint64 i = -500; i < 1000; i++)
    g_assert_true (reg_id_set_add (set, i * 7919));
  for (gint64 i = -500; i < 1000; i++)
    g_assert_false (reg_id_set_add (set, i * 7919));
  g_assert_cmpuint (reg_id_set_get_size (set), ==, 1500);
  g_assert_true (reg_id_set_contains (set, 0));
  g_assert_true (reg_id_set_contains (set, -500 * 7919));
  g_assert_false (reg_id_set_contains (set, 1));
}

static void
test_select_all (void)
{
  g_autoptr (RegIdListModel) model = reg_id_list_model_new (fetch, NULL, NULL, NULL);
  g_autoptr (RegSelection) selection = reg_selection_new (model);
  g_autofree gint64 *ids = NULL;
  gsize n;

  n_fetched = 0;
  show (model, 1, 1, N_ROWS);
  g_assert_true (gtk_selection_model_select_all (GTK_SELECTION_MODEL (selection)));
  g_assert_cmpuint (reg_selection_get_n_selected (selection), ==, N_ROWS);
  g_assert_cmpuint (n_fetched, ==, 0);
  ids = reg_selection_dup_ids (selection, &n);
  g_assert_cmpuint (n, ==, N_ROWS);
  g_assert_cmpint (ids[0], ==, 1);
  g_assert_cmpint (ids[N_ROWS - 1], ==, N_ROWS);
}

/* A filter hides some of what is selected; it stays selected, and comes back with it. */
static void
test_filter (void)
{
  g_autoptr (RegIdListModel) model = reg_id_list_model_new (fetch, NULL, NULL, NULL);
  g_autoptr (RegSelection) selection = reg_selection_new (model);
  GtkSelectionModel *selection_model = GTK_SELECTION_MODEL (selection);

  show (model, 1, 1, N_ROWS);
  gtk_selection_model_select_range (selection_model, 9, 10, FALSE); /* ids 10 … 19 */
  show (model, 2, 2, N_ROWS / 2);                                   /* even ids only */
  g_assert_cmpuint (reg_selection_get_n_selected (selection), ==, 10);
  g_assert_cmpuint (reg_selection_get_n_shown (selection), ==, 5);
  g_assert_cmpuint (reg_selection_get_n_hidden (selection), ==, 5);
  g_assert_true (gtk_selection_model_is_selected (selection_model, 4)); /* id 10 */
  g_assert_false (gtk_selection_model_is_selected (selection_model, 3));
  show (model, 1, 1, 0);
  g_assert_cmpuint (reg_selection_get_n_hidden (selection), ==, 10);
  show (model, N_ROWS, -1, N_ROWS); /* the other way round */
  g_assert_cmpuint (reg_selection_get_n_shown (selection), ==, 10);
  g_assert_true (gtk_selection_model_is_selected (selection_model, N_ROWS - 10)); /* id 10 */
  gtk_selection_model_unselect_item (selection_model, N_ROWS - 10);
  g_assert_cmpuint (reg_selection_get_n_selected (selection), ==, 9);
  reg_selection_clear (selection);
  g_assert_cmpuint (reg_selection_get_n_selected (selection), ==, 0);
}

/* Moving with the arrow keys, or opening a row, leaves the check boxes alone. */
static void
test_moving_selects_nothing (void)
{
  g_autoptr (RegIdListModel) model = reg_id_list_model_new (fetch, NULL, NULL, NULL);
  g_autoptr (RegSelection) selection = reg_selection_new (model);
  GtkSelectionModel *selection_model = GTK_SELECTION_MODEL (selection);

  show (model, 1, 1, 50);
  gtk_selection_model_select_item (selection_model, 3, FALSE);
  g_assert_false (gtk_selection_model_select_item (selection_model, 7, TRUE));
  g_assert_cmpuint (reg_selection_get_n_selected (selection), ==, 1);
  g_assert_true (gtk_selection_model_is_selected (selection_model, 3));
}

static void
test_select_ids (void)
{
  const gint64 wanted[] = { 5, 7, 5, 999 };
  g_autoptr (RegIdListModel) model = reg_id_list_model_new (fetch, NULL, NULL, NULL);
  g_autoptr (RegSelection) selection = reg_selection_new (model);

  show (model, 1, 1, 50);
  reg_selection_select_ids (selection, wanted, G_N_ELEMENTS (wanted));
  g_assert_cmpuint (reg_selection_get_n_shown (selection), ==, 2);
  g_assert_cmpuint (reg_selection_get_n_hidden (selection), ==, 1);
  g_assert_true (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (selection), 4));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/views/id-set", test_id_set);
  g_test_add_func ("/views/selection/select-all", test_select_all);
  g_test_add_func ("/views/selection/filter", test_filter);
  g_test_add_func ("/views/selection/moving-selects-nothing", test_moving_selects_nothing);
  g_test_add_func ("/views/selection/select-ids", test_select_ids);
  return g_test_run ();
}
