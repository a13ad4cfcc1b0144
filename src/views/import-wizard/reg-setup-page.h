/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first page of the import wizard: what is to be done, with which file, in which courses; and
 * templates for those who have no file yet. */
#pragma once

#include "imports/reg-import-action.h"
#include "views/import-wizard/reg-import-setup.h"
#include "workspace/reg-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_SETUP_PAGE (reg_setup_page_get_type ())
G_DECLARE_FINAL_TYPE (RegSetupPage, reg_setup_page, REG, SETUP_PAGE, AdwBin)

/* Signals: "loaded" (string: what went wrong, or NULL): the courses have been read. "file-chosen"
 * (GFile): in the dialog. "check": the file shall be checked. */

/* setup: borrowed, and written to as things are chosen. course_id: ticked, 0 for none */
void reg_setup_page_set_up (RegSetupPage *self,
                            RegWorkspace *workspace,
                            RegImportSetup *setup,
                            gint64 course_id);
gboolean reg_setup_page_is_loaded (RegSetupPage *self);
const RegImportAction *reg_setup_page_get_action (RegSetupPage *self);
/* As the person would: by its place in reg_import_action_list (). */
void reg_setup_page_choose_action (RegSetupPage *self, guint place);
/* Whether the person chose it, so that the file does not decide it. */
gboolean reg_setup_page_is_action_chosen (RegSetupPage *self);
/* Shows what the setup says, as if it had been chosen here. courses: (nullable): ids, 0-terminated;
 * NULL for those that are ticked */
void reg_setup_page_show_setup (RegSetupPage *self, const gint64 *courses);
/* Writes down which courses are ticked. */
void reg_setup_page_take_courses (RegSetupPage *self);
/* (nullable) (element-type RegCourse): all there are, for actions with x-marks */
GPtrArray *reg_setup_page_get_columns (RegSetupPage *self);
/* hint: (nullable) */
void reg_setup_page_set_hint (RegSetupPage *self, const char *hint);
void reg_setup_page_set_file_name (RegSetupPage *self, const char *name);
/* Asks for a file, from whatever page is on show. */
void reg_setup_page_choose_file (RegSetupPage *self);
void reg_setup_page_focus_courses (RegSetupPage *self);

G_END_DECLS
