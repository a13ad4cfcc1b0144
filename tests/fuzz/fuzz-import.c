/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The check of an import. The first byte picks the action and whether courses are chosen; with its
 * highest bit, the first line is a mapping, one "Heading=field" after the other with tabs between.
 * The rest is the file, a text or a workbook. */
#include "fuzz.h"

#include "../imports/import-fixture.h"
#include "fuzz-rows.h"
#include "imports/reg-import-action.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static struct
{
  ImportFixture fixture;
  int fd; /* a file in memory */
  char *path;
} site;

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
  import_fixture_set_up (&site.fixture, NULL);
  import_fixture_add_enrollment (&site.fixture, 11, 1);
  import_fixture_add_enrollment (&site.fixture, 12, 2);
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

      g_assert_nonnull (reg_directory_get_email (plan->directory, item->user_id));
    }
  for (guint i = 0; i < rejects->len; i++)
    {
      const RegImportReject *reject = g_ptr_array_index (rejects, i);

      g_assert_cmpint (reject->line, >, 0);
      g_assert_true (g_utf8_validate (reject->identifier, -1, NULL));
      g_assert_true (g_utf8_validate (reject->reason, -1, NULL) && *reject->reason != '\0');
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const gint64 courses[] = { 1, 3, 0 };
  g_autoptr (RegImportPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) mapping = NULL;
  const RegImportAction *actions;
  RegImportRequest request = { 0 };
  guint n_actions;
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
  request = (RegImportRequest){
    .path = site.path,
    .action = actions[(how & 0x1f) % n_actions].name,
    .courses = (how & 0x40) != 0 ? courses : NULL,
    .mapping = (const char *const *)mapping,
    .today = "2026-06-01",
    .now = 1780272000,
    .actor_id = 1,
    .actor_role = REG_ROLE_ADMINISTRATOR,
  };
  plan = reg_import_check (&request, site.fixture.directory, NULL, NULL, NULL, &error);
  if (plan != NULL)
    assert_plan (plan);
  else if (error->domain == REG_IMPORT_ERROR)
    g_assert_cmpint (error->code, !=, REG_IMPORT_ERROR_INTERNAL);
  else
    fuzz_assert_refusal (error);
  return 0;
}
