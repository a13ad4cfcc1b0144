/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of imports in the window share: a file that is dropped, and the wizard over it. */
#pragma once

#include "reg-test-ui.h"

#include "views/common/reg-column-list.h"

G_BEGIN_DECLS

typedef struct
{
  RegTestUi ui;
  char *path; /* (nullable): of the file that was written last */
} Fixture;

/* The headings of a list. */
#define HEADINGS "Email ID,Employee ID,Requirement,Due Date,Message\n"

/* 200 people, 20 of them in a course. */
void set_up (Fixture *f, gconstpointer data);
void tear_down (Fixture *f, gconstpointer data);
void write_file (Fixture *f, const char *name, const char *text);
void write_bytes (Fixture *f, const char *name, const char *bytes, gssize len);

/* The wizard with the file, if there is one; course_id: 0 where the wizard shall ask */
void open_wizard (Fixture *f, gint64 course_id);
GtkWidget *get_wizard (void);
void close_wizard (void);

void wait_for_text (gpointer root, const char *part);
/* To the page before, of the wizard. */
void go_back (void);
/* A choice of the wizard by its title, which is waited for. */
AdwComboRow *get_combo (const char *title);
/* The list on show below root. */
RegColumnList *get_list (gpointer root);
guint count_rows (RegColumnList *list);
/* (nullable): NULL as long as it is not read */
gpointer get_row (RegColumnList *list, guint position);
/* The row is waited for. */
gint64 get_id (RegColumnList *list, guint position);
/* What is chosen in the menu of a row, which is waited for. */
void do_row (RegColumnList *list, guint position, const char *operation);
/* One of the three lists of the final check, its rows read; name: "will", "cannot" or "bad" */
RegColumnList *show_group (const char *name);

/* As a sync does it: what waits is taken and answered; the first n_refused are refused. */
void let_lms_answer (Fixture *f, guint n_refused);

G_END_DECLS
