/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the window share. */
#pragma once

#include "app/reg-sync-button.h"
#include "app/reg-window.h"
#include "views/import-wizard/reg-import-wizard.h"
#include "views/common/reg-host.h"
#include "views/common/reg-progress-row.h"
#include "views/common/reg-refresh.h"
#include "views/common/reg-view.h"
#include "views/courses/reg-course-page.h"
#include "views/enrollments/reg-enrollments-page.h"
#include "views/import-status/reg-imports-page.h"
#include "views/pending-changes/reg-changes-page.h"
#include "views/users/reg-users-page.h"
#include "views/welcome/reg-welcome-page.h"

G_BEGIN_DECLS

/* The sidebar, in order: Alt+1 goes to the first. */
typedef enum
{
  REG_PLACE_USERS,
  REG_PLACE_COURSES,
  REG_PLACE_IMPORTS,
  REG_PLACE_CHANGES,
  REG_N_PLACES,
} RegPlace;

struct _RegWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *root;
  AdwStatusPage *opening;
  GtkSpinner *opening_spinner;
  GtkBox *failed_buttons;
  AdwBin *welcome;
  AdwLeaflet *leaflet;
  GtkBox *sidebar_box;
  GtkBox *content;
  AdwWindowTitle *site_title;
  GtkListBox *sidebar;
  GtkStack *pages;
  AdwWindowTitle *title;
  GtkButton *back;
  RegSyncButton *sync_button;
  GtkRevealer *notice_revealer;
  GtkLabel *notice;
  GtkButton *notice_button;
  GtkProgressBar *sync_bar;
  RegProgressRow *undo_progress;
  GtkRevealer *drop_hint;

  GSettings *settings;
  RegWorkspace *workspace;
  RegWelcomePage *welcome_page;
  RegUsersPage *users;
  RegImportsPage *imports;
  RegChangesPage *changes;
  RegEnrollmentsPage *enrollments; /* of one person */
  RegCoursePage *course;
  const char *course_from; /* (nullable): the page the course was opened from */
  GtkWidget *sidebar_counts[REG_N_PLACES];
  const char *place; /* (nullable): the page of the place that is shown */
  RegRefresh *counting;
  AdwToast *toast;     /* weak: the last one, while it is on show */
  GFile *waiting_file; /* to be imported when an account is open */
};

/* reg-window-pages.c */
void reg_window_add_places (RegWindow *self);
void reg_window_show_page (RegWindow *self, const char *page);
void reg_window_show_place (RegWindow *self, guint place);
/* words: (nullable): what the number means */
void reg_window_show_count (RegWindow *self, RegPlace place, gint64 n, const char *words);
/* (nullable): the page on show */
RegView *reg_window_get_view (RegWindow *self);
/* The course that is on show, or 0: a file dropped there is meant for it. */
gint64 reg_window_get_open_course (RegWindow *self);
void reg_window_show_wizard (RegWindow *self, GtkWidget *wizard);
RegImportWizard *reg_window_find_wizard (RegWindow *self);
/* What was archived or removed, over all people. */
void reg_window_show_records (RegWindow *self);
/* The person's enrollments or the records, or the course, were left. */
void reg_window_leave_enrollments (RegWindow *self);
void reg_window_leave_course (RegWindow *self);
/* The part of RegHost that shows pages. */
void reg_window_pages_init_host (RegHostInterface *iface);

/* reg-window-actions.c */
void reg_window_install_actions (GtkWidgetClass *widget_class);

/* reg-window-drop.c */
void reg_window_add_drop_target (RegWindow *self);

G_END_DECLS
