/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of a list to choose from: the whole row is a check box, or a radio button in a group. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

GtkWidget *reg_check_row_new (const char *title, const char *subtitle, GtkCheckButton *group);
GtkCheckButton *reg_check_row_get_check (GtkWidget *row);

G_END_DECLS
