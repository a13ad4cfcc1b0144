/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tabular/reg-row-reader.h"

/* What holds for every row, whatever the file is. line: of the row before, 0 at first. */
void fuzz_assert_row (const RegRow *row, guint64 *line);
/* A refusal is in words, and one of the readers'. */
void fuzz_assert_refusal (const GError *error);
