/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Escape in a search entry: it would end there. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void reg_escape_from_searches (GtkWindow *window);

G_END_DECLS
