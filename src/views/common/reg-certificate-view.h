/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Certificates: shown by the desktop's viewer of PDFs, or saved. One that was read once is kept,
 * and so there offline. */
#pragma once

#include "store/reg-store-query.h"
#include "workspace/reg-workspace.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Entries of menus. */
#define REG_MENU_VIEW_CERTIFICATE "view-certificate"
#define REG_MENU_DOWNLOAD_CERTIFICATE "download-certificate"

/* That of the most recent attempt that has one. download: asks where to save it. */
void reg_certificate_view_open (GtkWindow *parent,
                                RegWorkspace *workspace,
                                const RegEnrollmentRow *row,
                                gboolean download);
/* file_name: (nullable): what the chooser proposes; NULL to look at it */
void reg_certificate_view_open_one (GtkWindow *parent,
                                    RegWorkspace *workspace,
                                    gint64 certificate_id,
                                    const char *file_name);

G_END_DECLS
