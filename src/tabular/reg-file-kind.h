/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tabular/reg-input.h"

G_BEGIN_DECLS

typedef enum
{
  REG_FILE_KIND_TEXT,
  REG_FILE_KIND_ZIP,
} RegFileKind;

gboolean reg_file_kind_find (RegInput *input, RegFileKind *kind, GError **error);

G_END_DECLS
