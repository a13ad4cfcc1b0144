/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The connector for an LMS that speaks our own wire API. */
#pragma once

#include "lms/reg-lms.h"

G_BEGIN_DECLS

#define REG_TYPE_REGISTRAR_LMS (reg_registrar_lms_get_type ())
G_DECLARE_FINAL_TYPE (RegRegistrarLms, reg_registrar_lms, REG, REGISTRAR_LMS, RegLms)

RegLms *reg_registrar_lms_new (const char *url, const char *token, GError **error);
/* Seconds to wait for a connection, and for the next byte of an answer. */
void reg_registrar_lms_set_timeout (RegRegistrarLms *self, guint seconds);

G_END_DECLS
