/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of import actions: a new one is one row. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a column of a file holds. */
typedef enum
{
  REG_COLUMN_UNNAMED,    /* no heading: nothing may stand there */
  REG_COLUMN_IGNORED,    /* left out because the person said so */
  REG_COLUMN_IDENTIFIER, /* e-mail or employee ID, whichever it is */
  REG_COLUMN_EMAIL,
  REG_COLUMN_EMPLOYEE_ID,
  REG_COLUMN_REQUIREMENT,
  REG_COLUMN_DUE_DATE,
  REG_COLUMN_MESSAGE,
  REG_COLUMN_COURSE,      /* x-marks under a course */
  REG_COLUMN_COURSE_NAME, /* the course a line is about */
  REG_COLUMN_GROUPS,
  REG_COLUMN_GIVEN_NAME,
  REG_COLUMN_FAMILY_NAME,
  REG_COLUMN_ROLE,
  REG_COLUMN_LOCATION,
  REG_COLUMN_MANAGER,
} RegColumnKind;

/* Whom an action on people may add and change. */
typedef enum
{
  REG_PEOPLE_USUAL, /* as the action says by itself */
  REG_PEOPLE_NEW,
  REG_PEOPLE_EXISTING,
  REG_PEOPLE_BOTH,
} RegPeopleRule;

/**
 * RegImportHeading:
 * @text: as it stands in a file, never translated
 * @is_optional: whether a file may leave the column out
 * @is_extra: whether the sample file leaves it out too
 */
typedef struct
{
  const char *text;
  RegColumnKind kind;
  gboolean is_optional;
  gboolean is_extra;
} RegImportHeading;

/**
 * RegImportAction:
 * @name: the word of the command line and of an import run
 * @label: for a list of actions, to be translated
 * @operation: the operation its lines become
 * @headings: (array length=n_headings): the columns of its list form; a file must have all that are
 *   not optional
 * @has_matrix: whether the x-marks form exists
 * @has_courses: whether its lines are about courses; else courses that were chosen do not matter
 * @people: REG_PEOPLE_USUAL for an action that neither adds people nor changes what is said of
 * them; else what it does by itself, and the person may say otherwise, RegImportRequest.people
 * @has_empty_rule: whether the person must say what an empty cell means, RegImportRequest.empty
 * @will_title: heading of those it will happen to, to be translated
 * @summary_…: the parts of the final check's summary, singular and plural, to be translated
 * @title_…: of the batch in Pending Changes: file name and number of people, to be translated
 * @cleared_title: (nullable): the heading where an empty cell takes something away from all of
 * them, and @mixed_title where it does from some; @summary_cleared_… and @title_cleared_… likewise
 */
typedef struct
{
  const char *name;
  const char *label;
  const char *operation;
  const RegImportHeading *headings;
  guint n_headings;
  gboolean has_matrix;
  gboolean has_courses;
  gboolean has_empty_rule;
  RegPeopleRule people;
  const char *will_title;
  const char *summary_will_one;
  const char *summary_will_many;
  const char *summary_cannot_one;
  const char *summary_cannot_many;
  const char *title_one;
  const char *title_many;
  const char *cleared_title;
  const char *mixed_title;
  const char *summary_cleared_one;
  const char *summary_cleared_many;
  const char *title_cleared_one;
  const char *title_cleared_many;
} RegImportAction;

const RegImportAction *reg_import_action_find (const char *name);
const RegImportAction *reg_import_action_list (guint *n);

G_END_DECLS
