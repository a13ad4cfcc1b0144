/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GString *
reg_sandbox_pdf_new (const char *site, const char *name, const char *course, const char *date);

G_END_DECLS
