/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* date: as typed, valid; never empty */
typedef void (*RegDueDateChosen) (const char *date, gpointer data);

void reg_due_date_dialog_present (GtkWindow *parent,
                                  const char *date,
                                  RegDueDateChosen chosen,
                                  gpointer data,
                                  GDestroyNotify destroy);

G_END_DECLS
