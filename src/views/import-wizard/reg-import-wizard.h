/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a file to a started import: action, file and courses; the check; the final check; Start
 * import. Closing it sends nothing. */
#pragma once

#include "workspace/reg-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_IMPORT_WIZARD (reg_import_wizard_get_type ())
G_DECLARE_FINAL_TYPE (RegImportWizard, reg_import_wizard, REG, IMPORT_WIZARD, AdwWindow)

/* Signals: "started" (RegImportRun pointer): the import was staged; the window closes itself. */

/* file: (nullable): checked at once; course_id: the course it is for, or 0 */
GtkWidget *
reg_import_wizard_new (GtkWindow *parent, RegWorkspace *workspace, GFile *file, gint64 course_id);
/* The lines of an import that were not imported, as they stood in its file and were corrected. */
GtkWidget *
reg_import_wizard_new_for_run (GtkWindow *parent, RegWorkspace *workspace, gint64 run_id);
/* Cells that were copied in a spreadsheet. */
GtkWidget *
reg_import_wizard_new_for_clipboard (GtkWindow *parent, RegWorkspace *workspace, gint64 course_id);

/* file: (nullable): for a wizard that is open already */
void reg_import_wizard_open (RegImportWizard *self, GFile *file);

G_END_DECLS
