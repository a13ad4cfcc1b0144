/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The wire API's JSON, both ways: answers become records, changes become a request. */
#pragma once

#include "lms/reg-lms.h"

G_BEGIN_DECLS

/* text: (transfer full): a NUL after its len bytes. Errors are REG_NET_ERROR_GARBLED. */
RegPage *reg_registrar_read_page (char *text, gsize len, GError **error);
RegSite *reg_registrar_read_site (char *text, gsize len, GError **error);
GPtrArray *reg_registrar_read_results (char *text, gsize len, GPtrArray *changes, GError **error);

GBytes *reg_registrar_write_operations (GPtrArray *changes, gboolean dry_run);
GBytes *reg_registrar_write_questions (GPtrArray *changes);

G_END_DECLS
