/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/enrollments/reg-enrollment-export.h"

#include "sync/reg-import-job.h"
#include "views/common/reg-list-export.h"

#include <glib/gi18n-lib.h>

static char *
dup_saved (gsize n, const char *name)
{
  return g_strdup_printf (
      ngettext ("%'zu enrollment saved as “%s”", "%'zu enrollments saved as “%s”", n), n, name);
}

static const RegListExport kind = {
  .title = N_ ("Export Enrollments"),
  .writing = N_ ("Exporting enrollments…"),
  .problem = N_ ("The Enrollments Cannot Be Exported"),
  .dup_saved = dup_saved,
  .write = reg_import_job_export_enrollments,
};

void
reg_enrollment_export_present (GtkWidget *page,
                               RegWorkspace *workspace,
                               RegProgressRow *progress_row,
                               RegIdList *ids,
                               const char *title)
{
  /* Translators: the name of a file: a course or a person, and the date of today */
  g_autofree char *stem = g_strdup_printf (_ ("%s %s"), title, reg_workspace_get_today (workspace));
  g_autofree char *body = g_strdup_printf (
      ngettext ("The %'zu enrollment on show is written. The file can be imported again, with due "
                "dates changed, to assign or to unenroll.",
                "All %'zu enrollments on show are written. The file can be imported again, with "
                "due dates changed, to assign or to unenroll.",
                ids->n),
      ids->n);

  g_strdelimit (stem, "/\\:*?\"<>|", '-');
  reg_list_export_present (&kind, page, workspace, progress_row, ids, stem, body);
}
