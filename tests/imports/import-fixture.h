/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder for files, a small directory of people and courses, and checks on both. */
#pragma once

#include "imports/reg-import-check.h"

G_BEGIN_DECLS

typedef struct
{
  char *folder;
  RegDirectory *directory;
  GArray *enrollments; /* RegEnrollment, handed to the check course by course */
  GPtrArray *people;   /* RegUser, handed to the check when it asks for records */
  RegEmptyRule empty;
  RegPeopleRule people_rule;
  RegRole role; /* of who imports; an administrator by default */
  guint n_loads;
} ImportFixture;

void import_fixture_set_up (ImportFixture *self, gconstpointer data);
void import_fixture_tear_down (ImportFixture *self, gconstpointer data);

/* The record of somebody of the directory, to be changed. Groups are 31 "Drivers", 32 "Night Shift"
 * and 33 "Sales, North"; 34 is the team "Blue", 41 and 42 are the locations "Oslo" and "Bergen". */
RegUser *import_fixture_get_person (ImportFixture *self, gint64 user_id);
/* Ids of the courses: 1 is "C001 Induction", 2 "C002 Fire safety", 3 "C003 Induction" (drawing from
 * a pool with two licenses). */
char *import_fixture_write (ImportFixture *self, const char *name, const char *text);
RegImportPlan *import_fixture_check (ImportFixture *self,
                                     const char *action,
                                     const char *text,
                                     const gint64 *courses,
                                     const char *const *mapping,
                                     GError **error);
void import_fixture_add_enrollment (ImportFixture *self, gint64 user_id, gint64 course_id);
const RegImportBadLine *import_plan_find_bad (const RegImportPlan *plan, gint64 line);
char *import_plan_to_text (const RegImportPlan *plan);

G_END_DECLS
