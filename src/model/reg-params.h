/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parameters of an operation: a small sorted map of text to text, such as due_date =
 * 2026-12-31. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define REG_TYPE_PARAMS (reg_params_get_type ())

typedef struct _RegParams RegParams;

GType reg_params_get_type (void);
RegParams *reg_params_new (void);
RegParams *reg_params_new_from_text (const char *text, GError **error);
RegParams *reg_params_copy (const RegParams *self);
void reg_params_free (RegParams *self);
char *reg_params_to_text (const RegParams *self);
const char *reg_params_get (const RegParams *self, const char *key);
gboolean reg_params_get_boolean (const RegParams *self, const char *key);
gint64 reg_params_get_int64 (const RegParams *self, const char *key);
void reg_params_set (RegParams *self, const char *key, const char *value);
void reg_params_set_boolean (RegParams *self, const char *key, gboolean value);
void reg_params_set_int64 (RegParams *self, const char *key, gint64 value);
guint reg_params_get_size (const RegParams *self);
const char *reg_params_get_key (const RegParams *self, guint index);
gboolean reg_params_equal (const RegParams *a, const RegParams *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegParams, reg_params_free)

G_END_DECLS
