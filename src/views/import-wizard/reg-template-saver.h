/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A template to fill in: where to, then written. */
#pragma once

#include "workspace/reg-workspace.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* text: what became of it, for the person */
typedef void (*RegTemplateSaved) (gpointer data, const char *text);

/**
 * RegTemplate:
 * @action: name of an action
 * @courses: (element-type RegCourse): those chosen
 * @is_matrix: whether it has a column for each of them, else one person a line
 * @with_people: whether it has a line for everybody it may be about
 * @format: "csv" or "xlsx"
 *
 * What is to be written.
 */
typedef struct
{
  const char *action;
  GPtrArray *courses;
  gboolean is_matrix;
  gboolean with_people;
  const char *format;
} RegTemplate;

/* Asks where to. saved is called with the origin, which lives as long as this takes. */
void reg_template_save (GtkWidget *origin,
                        RegWorkspace *workspace,
                        const RegTemplate *wanted,
                        RegTemplateSaved saved);

G_END_DECLS
