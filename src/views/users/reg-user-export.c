/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/users/reg-user-export.h"

#include "rules/reg-operation.h"
#include "sync/reg-import-job.h"
#include "views/common/reg-host.h"
#include "views/common/reg-list-export.h"

#include <glib/gi18n-lib.h>

static char *
dup_saved (gsize n, const char *name)
{
  return g_strdup_printf (
      ngettext ("%'zu active user saved as “%s”", "%'zu active users saved as “%s”", n), n, name);
}

static const RegListExport kind = {
  .title = N_ ("Export Users"),
  .writing = N_ ("Exporting users…"),
  .problem = N_ ("The Users Cannot Be Exported"),
  .dup_saved = dup_saved,
  .write = reg_import_job_export_people,
};

static const RegUserQuery active_users = { .states = REG_STATE_BIT (REG_USER_STATE_ACTIVE) };

typedef struct
{
  GtkWidget *page;
  RegProgressRow *progress_row;
} Question;

static void
question_free (gpointer data)
{
  Question *self = data;

  g_object_unref (self->page);
  g_object_unref (self->progress_row);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
show_dialog (const Question *self, RegWorkspace *workspace, RegIdList *ids)
{
  /* Translators: the name of a file, with the date of today */
  g_autofree char *stem = g_strdup_printf (_ ("Users %s"), reg_workspace_get_today (workspace));
  g_autofree char *body = g_strdup_printf (
      ngettext ("The %'zu active user is written, whatever the list is filtered by. Users who are "
                "not active are left out.",
                "All %'zu active users are written, whatever the list is filtered by. Users who "
                "are not active are left out.",
                ids->n),
      ids->n);

  reg_list_export_present (&kind, self->page, workspace, self->progress_row, ids, stem, body);
}

static void
on_counted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegIdList) ids =
      reg_workspace_query_users_finish (REG_WORKSPACE (source), result, &error);

  if (reg_host_from (self->page) == NULL
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (ids != NULL)
    show_dialog (self, REG_WORKSPACE (source), ids);
  else
    reg_host_show_error (reg_host_from (self->page), _ ("Could Not Look Up Users"), error);
}

void
reg_user_export_present (GtkWidget *page, RegWorkspace *workspace, RegProgressRow *progress_row)
{
  Question *self = g_new0 (Question, 1);

  self->page = g_object_ref (page);
  self->progress_row = g_object_ref (progress_row);
  reg_workspace_query_users_async (workspace, &active_users, NULL, on_counted_cb, self);
}
