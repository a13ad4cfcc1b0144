/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known and was said of the file in the wizard: from here the requests are made. */
#pragma once

#include "imports/reg-import-preview.h"
#include "imports/reg-import-recipe.h"
#include "sync/reg-import-copy.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RegImportSetup:
 * @name: (nullable): what the file is called, where not by its path
 * @action: name of an action
 * @courses: ids, 0-terminated
 * @mapping, @sheet, @encoding, @delimiter, @heading_line, @date_order: as of RegImportRequest
 * @empty, @people: likewise; @people REG_PEOPLE_USUAL for an action that has no such choice
 * @edits: what was corrected since the last check was shown
 * @corrects: the import whose lines are read once more; 0 for none
 * @n_readings: how often it was said anew what the file is, or how it is read
 * @rejects: (nullable) (element-type RegImportReject): what was not imported of them
 * @sample: (nullable): a text that shows whether the encoding is right
 * @headings: (nullable): what recipes for the file are found by
 * @interchange: (nullable): the other system whose file it is
 * @is_list: whether the person said that it is none
 * @recipe: (nullable): name of the recipe that says all of this
 * @is_recipe_found: whether it was used because the headings are its own
 * @declines_recipe: whether the person does not want that
 */
typedef struct
{
  GFile *file;
  char *name;
  const char *action;
  gint64 *courses;
  char **mapping;
  char *sheet;
  char *encoding;
  char delimiter;
  gint64 heading_line;
  char date_order;
  RegEmptyRule empty;
  RegPeopleRule people;
  RegImportEdits *edits;
  gint64 corrects;
  guint n_readings;
  GPtrArray *rejects;
  char *sample;
  char *headings;
  const RegInterchange *interchange;
  gboolean is_list;
  char *recipe;
  gboolean is_recipe_found;
  gboolean declines_recipe;
} RegImportSetup;

/* Forgets everything said of another file. */
void reg_import_setup_take_file (RegImportSetup *self, GFile *file);
void reg_import_setup_clear (RegImportSetup *self);
/* Another way to read it: corrections are by line and column, so they go. */
void reg_import_setup_set_reading (RegImportSetup *self,
                                   const char *sheet,
                                   const char *encoding,
                                   char delimiter,
                                   gint64 heading_line);
/* mapping: (transfer full) (nullable) */
void reg_import_setup_take_mapping (RegImportSetup *self, char **mapping);
void reg_import_setup_take_preview (RegImportSetup *self, const RegImportPreview *preview);
void reg_import_setup_take_recipe (RegImportSetup *self, const RegImportRecipe *recipe);
/* What is said from here on is that recipe. name: (nullable) */
void reg_import_setup_set_recipe_name (RegImportSetup *self, const char *name);
/* The lines of an import that were not imported. */
void reg_import_setup_take_copy (RegImportSetup *self, const RegImportCopy *copy);
/* (transfer full): what the file is called, for the person */
char *reg_import_setup_dup_name (const RegImportSetup *self);
/* (transfer full): the words for each action of reg_import_action_list () */
GListModel *reg_import_setup_list_actions (void);
/* The place of its action there. */
guint reg_import_setup_find_action (const RegImportSetup *self);
/* The request borrows everything. */
void reg_import_setup_fill_request (const RegImportSetup *self, RegImportRequest *request);

/* Cells that were pasted, as a file of their own that only this person can read. */
GFile *reg_pasted_file_new (const char *text, GError **error);
/* Removes it, if it is one. */
void reg_pasted_file_remove (GFile *file);

G_END_DECLS
