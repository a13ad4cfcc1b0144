/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The check of an import, the ways out of the lines it refuses, and the check with those taken. The
 * first byte picks the action, what empty cells, people and dates mean, and whether courses are
 * chosen (0x40) or the file may be another system's (0x20); with its highest bit, the first line is
 * a mapping, one "Heading=field" after the other with tabs between. The rest is the file, a text or
 * a workbook. */
#include "fuzz.h"

#include "../imports/import-fixture.h"
#include "fuzz-rows.h"
#include "imports/reg-import-action.h"
#include "imports/reg-import-fix.h"
#include "imports/reg-interchange.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define MAX_FIXED 6

static struct
{
  ImportFixture fixture;
  int fd; /* a file in memory */
  char *path;
} site;

static void
fill_site (void)
{
  import_fixture_set_up (&site.fixture, NULL);
  import_fixture_add_enrollment (&site.fixture, 11, 1);
  import_fixture_add_enrollment (&site.fixture, 12, 2);
  reg_directory_add_user (site.fixture.directory, 19, REG_USER_STATE_ACTIVE, "", -1, "000129", -1);
}

static void
clear_site (void)
{
  import_fixture_tear_down (&site.fixture, NULL);
  g_free (site.path);
  close (site.fd);
}

static void
make_site (void)
{
  fill_site ();
  site.fd = memfd_create ("fuzz", MFD_CLOEXEC);
  g_assert_cmpint (site.fd, >=, 0);
  site.path = g_strdup_printf ("/proc/self/fd/%d", site.fd);
  atexit (clear_site);
}

/* Returns: (nullable): the mapping that the first line is; the data begin behind it then */
static GStrv
take_mapping (const guint8 **data, gsize *size)
{
  const guint8 *end = memchr (*data, '\n', *size);
  g_autofree char *line = NULL;

  if (end == NULL)
    return NULL;
  line = g_strndup ((const char *)*data, (gsize)(end - *data));
  *size -= (gsize)(end + 1 - *data);
  *data = end + 1;
  return g_utf8_validate (line, -1, NULL) ? g_strsplit (line, "\t", 0) : NULL;
}

static void
assert_plan (const RegImportPlan *plan)
{
  g_autofree char *summary = reg_import_plan_dup_summary (plan);
  g_autofree char *title = reg_import_plan_dup_title (plan, plan->n_users);
  g_autoptr (GPtrArray) rejects = reg_import_plan_list_rejects (plan);

  g_assert_true (g_utf8_validate (summary, -1, NULL) && *summary != '\0');
  g_assert_true (g_utf8_validate (title, -1, NULL) && *title != '\0');
  for (guint i = 0; i < plan->will->len; i++)
    {
      const RegImportItem *item = &g_array_index (plan->will, RegImportItem, i);
      g_autoptr (RegParams) params = reg_import_plan_dup_params (plan, item->detail);

      g_assert_nonnull (reg_import_plan_get_identifier (plan, item));
    }
  for (guint i = 0; i < rejects->len; i++)
    {
      const RegImportReject *reject = g_ptr_array_index (rejects, i);

      g_assert_cmpint (reject->line, >, 0);
      g_assert_true (g_utf8_validate (reject->identifier, -1, NULL));
      g_assert_true (g_utf8_validate (reject->reason, -1, NULL) && *reject->reason != '\0');
    }
}

static void
assert_error (const GError *error)
{
  g_assert_nonnull (error);
  if (error->domain == REG_IMPORT_ERROR)
    g_assert_cmpint (error->code, !=, REG_IMPORT_ERROR_INTERNAL);
  else
    fuzz_assert_refusal (error);
}

/* What is kept of corrections says the same when it is read again. */
static void
assert_kept (const RegImportEdits *edits)
{
  g_autofree char *text = reg_import_edits_to_text (edits);
  g_autoptr (RegImportEdits) again = reg_import_edits_from_text (text);
  g_autofree char *text_again = NULL;

  g_assert_nonnull (again);
  text_again = reg_import_edits_to_text (again);
  g_assert_cmpstr (text_again, ==, text);
}

/* Takes the first way out of one line, another one of the next, and so on. */
static void
take_fixes (RegImportPlan *plan, RegImportEdits *edits, char *date_order)
{
  g_autoptr (RegImportFixer) fixer = reg_import_fixer_new (plan);
  guint n_bad = MIN (plan->bad_lines->len, MAX_FIXED);
  gint64 lines[MAX_FIXED];
  g_autoptr (GHashTable) cells = NULL;

  for (guint i = 0; i < n_bad; i++)
    lines[i] = g_array_index (plan->bad_lines, RegImportBadLine, i).line;
  cells = reg_import_plan_read_cells (plan, NULL, lines, n_bad, NULL, NULL);
  g_assert_nonnull (cells);
  for (guint i = 0; i < n_bad; i++)
    {
      const RegImportBadLine *bad = &g_array_index (plan->bad_lines, RegImportBadLine, i);
      char **texts = g_hash_table_lookup (cells, &bad->line);
      g_autoptr (GPtrArray) fixes = NULL;

      g_assert_nonnull (texts);
      fixes = reg_import_fixer_list (fixer, bad, (const char *const *)texts);
      for (guint n = 0; n < fixes->len; n++)
        {
          const RegImportFix *fix = g_ptr_array_index (fixes, n);

          g_assert_true (g_utf8_validate (fix->label, -1, NULL) && *fix->label != '\0');
          if (n == i % fixes->len)
            reg_import_fix_apply (fix, (i & 1) != 0, plan, edits, date_order);
        }
    }
}

/* However lines are put right, each is still accounted for: the check sees to it, or says so. */
static void
check_fixed (RegImportRequest *request, RegImportPlan *plan)
{
  g_autoptr (RegImportEdits) edits = reg_import_edits_new ();
  g_autoptr (RegImportPlan) fixed = NULL;
  g_autoptr (GError) error = NULL;

  take_fixes (plan, edits, &request->date_order);
  assert_kept (edits);
  request->edits = edits;
  fixed = reg_import_check (request, site.fixture.directory, NULL, NULL, NULL, &error);
  if (fixed != NULL)
    assert_plan (fixed);
  else
    assert_error (error);
  request->edits = NULL;
}

static void
check_interchange (const RegInterchange *interchange, const RegImportRequest *request)
{
  g_autoptr (RegInterchangePlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  plan = reg_interchange_check (interchange, request, site.fixture.directory, NULL, NULL, NULL,
                                &error);
  if (plan == NULL)
    assert_error (error);
  for (guint i = 0; plan != NULL && i < plan->plans->len; i++)
    {
      const RegImportPlan *step = g_ptr_array_index (plan->plans, i);
      g_autoptr (GPtrArray) rejects = reg_import_plan_list_rejects (step);

      g_assert_true (reg_interchange_get_step_label (step) != NULL);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const gint64 courses[] = { 1, 3, 0 };
  static const RegPeopleRule peoples[] = { REG_PEOPLE_USUAL, REG_PEOPLE_BOTH, REG_PEOPLE_NEW,
                                           REG_PEOPLE_EXISTING };
  static const char orders[] = { 0, 'd', 'm' };
  g_autoptr (RegImportPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) mapping = NULL;
  const RegImportAction *actions;
  RegImportRequest request = { 0 };
  const RegInterchange *interchange = NULL;
  guint n_actions;
  guint way;
  guint8 how;

  if (size < 1)
    return 0;
  if (site.path == NULL)
    make_site ();
  how = *data++;
  size--;
  actions = reg_import_action_list (&n_actions);
  if ((how & 0x80) != 0)
    mapping = take_mapping (&data, &size);
  g_assert_cmpint (ftruncate (site.fd, 0), ==, 0);
  g_assert_cmpint (pwrite (site.fd, data, size, 0), ==, (gssize)size);
  way = (how & 0x1f) / n_actions;
  request = (RegImportRequest){
    .path = site.path,
    .action = actions[(how & 0x1f) % n_actions].name,
    .courses = (how & 0x40) != 0 ? courses : NULL,
    .mapping = (const char *const *)mapping,
    .empty = way % 2 == 1 ? REG_EMPTY_CLEAR : REG_EMPTY_LEAVE,
    .people = peoples[way % G_N_ELEMENTS (peoples)],
    .date_order = orders[way % G_N_ELEMENTS (orders)],
    .today = "2026-06-01",
    .now = 1780272000,
    .actor_id = 1,
    .actor_role = REG_ROLE_ADMINISTRATOR,
  };
  if ((how & 0x20) != 0)
    interchange = reg_interchange_detect (site.path, NULL);
  if (interchange != NULL)
    {
      check_interchange (interchange, &request);
      /* Who came with the file is in the directory now. */
      import_fixture_tear_down (&site.fixture, NULL);
      fill_site ();
      return 0;
    }
  plan = reg_import_check (&request, site.fixture.directory, NULL, NULL, NULL, &error);
  if (plan == NULL)
    {
      assert_error (error);
      return 0;
    }
  assert_plan (plan);
  check_fixed (&request, plan);
  return 0;
}
