/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that are dropped on a window, and cells that are pasted into it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Without a file and an error there was nothing to be pasted. */
typedef void (*RegFileTaken) (gpointer data, GFile *file, const GError *error);

void reg_file_intake_add_drop (GtkWidget *widget, RegFileTaken taken);
void reg_file_intake_paste (GtkWidget *widget, RegFileTaken taken);
gboolean reg_file_intake_is_local (GFile *file, GError **error);

G_END_DECLS
