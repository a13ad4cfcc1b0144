/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Presets: made, changed and deleted offline and then synced, taken back before and after, changed
 * there too. */
#include "sync-fixture.h"

#include <string.h>

#define SAVE "save-preset"
#define ITEMS "1:required:14::subscription:;2:optional:0:1:units:1,3"

/* Names and products, "A=items|B=items". */
static char *
dup_presets (SyncFixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) presets = reg_store_list_presets (f->store, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < presets->len; i++)
    {
      const RegPreset *preset = g_ptr_array_index (presets, i);

      g_string_append_printf (text, "%s%s=%s", i > 0 ? "|" : "", preset->name, preset->items);
    }
  return g_string_free (text, FALSE);
}

static void
assert_presets (SyncFixture *f, const char *expected)
{
  g_autofree char *presets = dup_presets (f);

  g_assert_cmpstr (presets, ==, expected);
}

static gint64
undo (SyncFixture *f, gint64 batch)
{
  g_autoptr (GError) error = NULL;
  gint64 counter, n;

  reg_store_undo_batch (f->store, batch, &counter, &n, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, 1);
  return counter;
}

static void
set_up (SyncFixture *f)
{
  sync_fixture_set_up (f, 700);
  sync_fixture_sync (f);
  assert_presets (f, "");
}

static void
test_offline_then_sync (void)
{
  SyncFixture f;
  gint64 id = reg_preset_make_id (), batch;

  set_up (&f);
  /* made and taken back before the sync */
  batch = sync_fixture_stage (&f, SAVE, 0, -id, "name=Starters&items=" ITEMS);
  assert_presets (&f, "Starters=" ITEMS);
  g_assert_cmpint (undo (&f, batch), ==, 0);
  assert_presets (&f, "");

  /* made and changed at once, then sent: in that order */
  sync_fixture_stage (&f, SAVE, 0, -id, "name=Starters&items=" ITEMS);
  sync_fixture_stage (&f, SAVE, 0, -id, "name=First week&items=3:required:7:::");
  assert_presets (&f, "First week=3:required:7:::");
  sync_fixture_sync_to_end (&f);
  assert_presets (&f, "First week=3:required:7:::");
  g_assert_cmpint (sync_fixture_count (&f, REG_CHANGE_DONE), ==, 2);
  sync_fixture_assert_same (&f);

  /* deleted, and brought back after the sync */
  batch = sync_fixture_stage (&f, SAVE, 0, -id, "name=&items=");
  g_assert_cmpint (batch, >, 0);
  assert_presets (&f, "");
  sync_fixture_sync_to_end (&f);
  assert_presets (&f, "");
  sync_fixture_assert_same (&f);
  g_assert_cmpint (undo (&f, batch), >, 0);
  assert_presets (&f, "First week=3:required:7:::");
  sync_fixture_sync_to_end (&f);
  assert_presets (&f, "First week=3:required:7:::");
  sync_fixture_assert_same (&f);
  sync_fixture_tear_down (&f);
}

/* K-03: another administrator changed the same preset; mine stands when I say so. */
static void
test_changed_there (void)
{
  SyncFixture f;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegChange) change = NULL;
  RegSyncReport report;
  gint64 id = reg_preset_make_id ();

  set_up (&f);
  g_assert_cmpint (sync_fixture_do_there (&f, SAVE, 0, -id, "name=Theirs&items=1:required:7:::"),
                   ==, REG_OUTCOME_APPLIED);
  sync_fixture_sync (&f);
  assert_presets (&f, "Theirs=1:required:7:::");
  sync_fixture_stage (&f, SAVE, 0, -id, "name=Mine&items=1:required:7:::");
  sync_fixture_do_there (&f, SAVE, 0, -id, "name=Other&items=1:required:7:::");
  report = sync_fixture_sync (&f);
  g_assert_cmpint (report.n_conflicts, ==, 1);
  assert_presets (&f, "Other=1:required:7:::");
  change = sync_fixture_dup_change (&f, REG_CHANGE_CONFLICT);
  g_assert_cmpstr (reg_params_get (change->server, "name"), ==, "Other");
  reg_store_resolve_changes (f.store, &change->id, 1, TRUE, &error);
  g_assert_no_error (error);
  assert_presets (&f, "Mine=1:required:7:::");
  sync_fixture_sync_to_end (&f);
  assert_presets (&f, "Mine=1:required:7:::");
  sync_fixture_assert_same (&f);
  sync_fixture_tear_down (&f);
}

/* What is wrong is refused before it is queued. */
static void
test_refused (void)
{
  static const char *const wrong[] = { "name=&items=",
                                       "name=A&items=",
                                       "name=A&items=1:required",
                                       "name=A&items=x:required:7:::",
                                       "name=A&items=1:sometimes:7:::",
                                       "name=A&items=1:required:-7:::" };
  SyncFixture f;

  set_up (&f);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_cmpint (sync_fixture_stage (&f, SAVE, 0, -5, wrong[i]), ==, 0);
  sync_fixture_tear_down (&f);
}

/* An answer that was lost is asked for; it is done once. */
static void
test_lost_answer (void)
{
  SyncFixture f;

  set_up (&f);
  sync_fixture_stage (&f, SAVE, 0, -7, "name=Starters&items=" ITEMS);
  sync_fixture_add_fault (&f, "/v1/operations", "cut-after-commit", 1);
  sync_fixture_sync_to_end (&f);
  assert_presets (&f, "Starters=" ITEMS);
  sync_fixture_assert_applied (&f, 1);
  sync_fixture_assert_same (&f);
  sync_fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/presets/offline-then-sync", test_offline_then_sync);
  g_test_add_func ("/sync/presets/changed-there", test_changed_there);
  g_test_add_func ("/sync/presets/refused", test_refused);
  g_test_add_func ("/sync/presets/lost-answer", test_lost_answer);
  return g_test_run ();
}
