/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first lines of a file, as they stand there, while the rest is read. */
#pragma once

#include "imports/reg-import-preview.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_PREVIEW_GRID (reg_preview_grid_get_type ())
G_DECLARE_FINAL_TYPE (RegPreviewGrid, reg_preview_grid, REG, PREVIEW_GRID, AdwBin)

/* NULL: nothing */
void reg_preview_grid_set_preview (RegPreviewGrid *self, const RegImportPreview *preview);

G_END_DECLS
