/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be looked at about one enrollment beyond its row. It is read from the LMS on demand. */
#pragma once

#include "rules/reg-operation.h"

G_BEGIN_DECLS

/**
 * RegRead:
 * @name: the entry of the menus
 * @what: the word of the wire API and the command line
 * @label: menu label, to be translated
 * @title: of what is shown then, to be translated
 * @statuses: bits of RegStatus in which it is offered
 * @roles: bits of RegRole that may see it
 * @needs_scorm: only of courses with SCORM or xAPI content
 * @needs_quiz: only of courses with a quiz chapter
 */
typedef struct
{
  const char *name;
  const char *what;
  const char *label;
  const char *title;
  guint statuses;
  guint roles;
  gboolean needs_scorm;
  gboolean needs_quiz;
} RegRead;

const RegRead *reg_read_find (const char *name);
const RegRead *reg_read_find_what (const char *what);
const RegRead *reg_read_list (guint *n);
/* Whether the role may see it, and the course has it. */
gboolean reg_read_is_for (const RegRead *self, const RegCourse *course, guint roles);

/* An entry of an enrollment's menu: one of the two. */
typedef struct
{
  const RegOperation *operation;
  const RegRead *read;
} RegMenuEntry;

const char *reg_menu_entry_get_name (const RegMenuEntry *self);

/* (transfer full) (element-type RegMenuEntry): the whole menu of SPEC §2, in order */
GArray *reg_menu_list_for_enrollment (const RegEnrollment *enrollment,
                                      const RegCourse *course,
                                      guint roles);

G_END_DECLS
