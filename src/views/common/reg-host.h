/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a page, a row or a dialog may ask of the window it is in. Implemented by RegWindow; a page
 * finds it with reg_host_from (). */
#pragma once

#include "workspace/reg-workspace.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define REG_TYPE_HOST (reg_host_get_type ())
G_DECLARE_INTERFACE (RegHost, reg_host, REG, HOST, GtkWindow)

/**
 * RegHostInterface:
 * @get_workspace: (transfer none) (nullable): the account that is open
 * @toast: a line that goes away by itself, with an Undo button where undo_batch is not 0
 * @undo: takes a batch back and says so in a toast; 0 for the newest
 * @show_error: tells a person that something did not work; error may be %NULL
 * @announce: something long has ended: a desktop notification where the window is not active
 * @open_user: shows the user in Users, with the details
 * @open_enrollments: shows what the user is enrolled in
 * @open_course: shows the course's enrollments
 * @open_team: shows what the people of a label have in Courses
 * @open_import: (nullable) file, and a course or 0: opens the import wizard
 * @open_run: shows one import in Import Status; 0 for the list
 * @correct_run: opens the import wizard on the lines of an import that were not imported
 * @open_people: shows these people alone in Users; what: who they are, "Imported from list.csv"
 * @open_changes: shows one batch in Pending Changes; 0 for the list
 */
struct _RegHostInterface
{
  GTypeInterface parent_iface;

  RegWorkspace *(*get_workspace) (RegHost *self);
  void (*toast) (RegHost *self, const char *text, gint64 undo_batch);
  void (*undo) (RegHost *self, gint64 batch_id);
  void (*show_error) (RegHost *self, const char *heading, const GError *error);
  void (*announce) (RegHost *self, const char *title, const char *body);
  void (*open_user) (RegHost *self, gint64 user_id);
  void (*open_enrollments) (RegHost *self, gint64 user_id);
  void (*open_course) (RegHost *self, gint64 course_id);
  void (*open_team) (RegHost *self, gint64 label_id);
  void (*open_import) (RegHost *self, GFile *file, gint64 course_id);
  void (*open_run) (RegHost *self, gint64 run_id);
  void (*correct_run) (RegHost *self, gint64 run_id);
  void (*open_people) (RegHost *self, const gint64 *user_ids, gsize n, const char *what);
  void (*open_changes) (RegHost *self, gint64 batch_id);
};

RegHost *reg_host_from (GtkWidget *widget);

RegWorkspace *reg_host_get_workspace (RegHost *self);
void reg_host_toast (RegHost *self, const char *text, gint64 undo_batch);
void reg_host_undo (RegHost *self, gint64 batch_id);
void reg_host_show_error (RegHost *self, const char *heading, const GError *error);
void reg_host_announce (RegHost *self, const char *title, const char *body);
void reg_host_open_user (RegHost *self, gint64 user_id);
void reg_host_open_enrollments (RegHost *self, gint64 user_id);
void reg_host_open_course (RegHost *self, gint64 course_id);
void reg_host_open_team (RegHost *self, gint64 label_id);
void reg_host_open_import (RegHost *self, GFile *file, gint64 course_id);
void reg_host_open_run (RegHost *self, gint64 run_id);
void reg_host_correct_run (RegHost *self, gint64 run_id);
void reg_host_open_people (RegHost *self, const gint64 *user_ids, gsize n, const char *what);
void reg_host_open_changes (RegHost *self, gint64 batch_id);

G_END_DECLS
