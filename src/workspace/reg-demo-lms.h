/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A private LMS for trying things out: a registrar-sandbox of its own on 127.0.0.1 with a token
 * nobody else knows, which ends with the program. Main thread only. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define REG_TYPE_DEMO_LMS (reg_demo_lms_get_type ())
G_DECLARE_FINAL_TYPE (RegDemoLms, reg_demo_lms, REG, DEMO_LMS, GObject)

void
reg_demo_lms_start_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
RegDemoLms *reg_demo_lms_start_finish (GAsyncResult *result, GError **error);
const char *reg_demo_lms_get_url (RegDemoLms *self);
const char *reg_demo_lms_get_token (RegDemoLms *self);

G_END_DECLS
