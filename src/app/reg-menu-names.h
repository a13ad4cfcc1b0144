/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names for the entries of menus, where the toolkit gives them none. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void reg_menu_names_follow (GtkApplication *application);

G_END_DECLS
