/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes a list to a file: says what is written, asks for the file type and the place. */
#pragma once

#include "views/common/reg-progress-row.h"
#include "workspace/reg-workspace.h"

G_BEGIN_DECLS

/**
 * RegListExport:
 * @title: of the dialog, as all texts to be translated
 * @writing: while it is written
 * @problem: heading where that fails
 * @dup_saved: what is said afterwards, with the number and the name of the file
 * @write: a worker's: ids in the order of the list; the path ends in .xlsx or .csv
 *
 * A kind of list.
 */
typedef struct
{
  const char *title;
  const char *writing;
  const char *problem;
  char *(*dup_saved) (gsize n, const char *name);
  gboolean (*write) (RegStore *store,
                     const gint64 *ids,
                     gsize n,
                     const char *path,
                     RegImportProgress progress,
                     gpointer progress_data,
                     GCancellable *cancellable,
                     GError **error);
} RegListExport;

/* page: what it is asked over; progress_row: where one can see how far it is, and stop it; stem: of
 * the name that is proposed; body: what is written, translated */
void reg_list_export_present (const RegListExport *kind,
                              GtkWidget *page,
                              RegWorkspace *workspace,
                              RegProgressRow *progress_row,
                              RegIdList *ids,
                              const char *stem,
                              const char *body);

G_END_DECLS
