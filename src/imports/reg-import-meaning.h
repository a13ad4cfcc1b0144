/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a cell about a person means: names of groups, locations, roles and managers become values of
 * the operation. */
#pragma once

#include "imports/reg-directory.h"
#include "imports/reg-import-action.h"
#include "rules/reg-reason.h"

G_BEGIN_DECLS

/* A value of the operation, or why there is none. is_new: it is the manager of somebody, who comes
 * with the file and has no id yet. */
typedef struct
{
  RegReason reason;
  char *sentence;
  char *value;
  gboolean is_new;
} RegImportMeaning;

/**
 * RegImportMeanings:
 * @label_kinds: bits 1u << RegLabelKind that a column of groups may name
 * @is_new: whether somebody of that e-mail or employee ID comes with the file
 *
 * What cells are read against.
 */
typedef struct
{
  RegDirectory *directory;
  guint label_kinds;
  gboolean (*is_new) (const char *text, gpointer data);
  gpointer data;
} RegImportMeanings;

RegImportMeaning *
reg_import_meaning_read (const RegImportMeanings *self, RegColumnKind kind, const char *text);
void reg_import_meaning_free (gpointer meaning);

/* Whether cells of the column are the value themselves: an address, an ID, a name. */
gboolean reg_import_is_verbatim (RegColumnKind kind);

/* Bits 1u << RegLabelKind: whoever adds people to something may mean a team or a tag; a column of
 * groups replaces groups alone. */
guint reg_import_get_group_kinds (RegPeopleRule people);
gboolean reg_import_is_separator (char c);
/* (nullable): the longest text from here up to a separator that is the name of a label: names may
 * have separators in them. *end: behind it. */
const RegLabel *reg_import_find_longest_label (RegDirectory *directory,
                                               guint kinds,
                                               const char *text,
                                               const char **end);
/* Ids in their order, each once; and as a text: ",1,5,". */
void reg_import_add_id (GArray *ids, gint64 id);
char *reg_import_join_ids (GArray *ids);

G_END_DECLS
