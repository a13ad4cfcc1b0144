/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person said once of a kind of file, to be said again by a name. */
#pragma once

#include "imports/reg-import-check.h"
#include "imports/reg-import-preview.h"

G_BEGIN_DECLS

/**
 * RegImportRecipe:
 * @name: what the person calls it
 * @headings: the headings it was made for, as of reg_import_preview_dup_headings_key ()
 * @courses: ids, 0-terminated
 * @mapping, @sheet, @encoding, @delimiter, @date_order: as of RegImportRequest; %NULL or 0 for what
 *   is found out
 *
 * The line with the headings is not part of it: next month the title above may be longer.
 */
typedef struct
{
  char *name;
  char *headings;
  char *action;
  gint64 *courses;
  char **mapping;
  char *sheet;
  char *encoding;
  char delimiter;
  char date_order;
  RegEmptyRule empty;
  RegPeopleRule people;
} RegImportRecipe;

RegImportRecipe *reg_import_recipe_new (const char *name, const RegImportRequest *request);
void reg_import_recipe_free (RegImportRecipe *self);
/* Everything it says is put into the request, which borrows it. */
void reg_import_recipe_fill_request (const RegImportRecipe *self, RegImportRequest *request);

char *reg_import_recipe_to_text (const RegImportRecipe *self);
RegImportRecipe *reg_import_recipe_from_text (const char *name, const char *text);

/* Files with the same headings, whatever their case and blanks, have the same key. */
char *reg_import_preview_dup_headings_key (const RegImportPreview *preview);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegImportRecipe, reg_import_recipe_free)

G_END_DECLS
