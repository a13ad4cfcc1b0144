/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A session as a row: where, when, how many seats, and a mark where it is past. */
#pragma once

#include "model/reg-session.h"
#include "workspace/reg-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* In which order sessions are grouped. */
typedef enum
{
  REG_SESSION_AHEAD,
  REG_SESSION_RECENT, /* past, and may still be chosen */
  REG_SESSION_OLD,
} RegSessionAge;

/* (transfer full): the site's */
GTimeZone *reg_session_row_dup_time_zone (RegWorkspace *workspace);
RegSessionAge reg_session_row_get_age (const RegSession *session, GTimeZone *time_zone);
const char *reg_session_row_get_age_label (RegSessionAge age);
/* Those ahead first, the next one on top; then the past ones, the latest on top. */
void reg_session_row_sort (GPtrArray *sessions, GTimeZone *time_zone);

/* show_left: seats that are left, else those that are taken */
GtkWidget *
reg_session_row_new (const RegSession *session, GTimeZone *time_zone, gboolean show_left);
const RegSession *reg_session_row_get (GtkWidget *row);
/* Whether place or date contain all the words. */
gboolean reg_session_row_matches (GtkWidget *row, const char *search);

/* Headings between rows of different age, for gtk_list_box_set_header_func (). */
void reg_session_row_update_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data);

G_END_DECLS
