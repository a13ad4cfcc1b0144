/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Add Product: a course, then the edition where there is more than one, then how it is assigned
 * where there is a choice. Pages without a choice are skipped. */
#pragma once

#include "store/reg-review.h"
#include "workspace/reg-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_PRODUCT_DIALOG (reg_product_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RegProductDialog, reg_product_dialog, REG, PRODUCT_DIALOG, AdwWindow)

/* Signals: "picked" (string title, string detail): reg_product_dialog_get_course_id () and
 * reg_product_dialog_dup_params () say what. */

/* rows: (element-type RegCourseRow): the courses to choose from; with_details: whether edition and
 * mode are asked for */
RegProductDialog *reg_product_dialog_new (GtkWindow *parent,
                                          RegWorkspace *workspace,
                                          GPtrArray *rows,
                                          gboolean with_details);
gint64 reg_product_dialog_get_course_id (RegProductDialog *self);
/* (transfer full): edition, mode and units; empty where there was no choice */
RegParams *reg_product_dialog_dup_params (RegProductDialog *self);

/* "Castellano · Subscription"; "" where the parameters say nothing of it */
char *reg_product_dup_detail (const RegCourse *course, const RegParams *params);

G_END_DECLS
