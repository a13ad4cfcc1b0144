/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RegTabularError:
 * @REG_TABULAR_ERROR_NOT_A_SPREADSHEET: the file is something else (PDF, web page, plain zip, …)
 * @REG_TABULAR_ERROR_UNSUPPORTED: a spreadsheet of a kind or with a feature that is not read here
 * @REG_TABULAR_ERROR_OLD_XLS: a .xls file of before 2007
 * @REG_TABULAR_ERROR_ENCRYPTED: protected with a password
 * @REG_TABULAR_ERROR_TRUNCATED: the file ends too early
 * @REG_TABULAR_ERROR_DAMAGED: the contents contradict themselves
 * @REG_TABULAR_ERROR_TOO_LARGE: a limit was passed: rows, columns, one cell, unpacked size
 * @REG_TABULAR_ERROR_BAD_TEXT: bytes that are no text in the file's encoding
 * @REG_TABULAR_ERROR_UNCLOSED_QUOTE: a quotation mark of a CSV file is never closed
 * @REG_TABULAR_ERROR_NO_SHEET: the workbook has no sheet, or none of the wanted name
 *
 * Why a spreadsheet cannot be read or written. The messages are whole translated sentences that
 * also say what to do. Trouble with the file itself (not found, no permission, disk full,
 * cancelled) is reported in %G_IO_ERROR.
 */
typedef enum
{
  REG_TABULAR_ERROR_NOT_A_SPREADSHEET,
  REG_TABULAR_ERROR_UNSUPPORTED,
  REG_TABULAR_ERROR_OLD_XLS,
  REG_TABULAR_ERROR_ENCRYPTED,
  REG_TABULAR_ERROR_TRUNCATED,
  REG_TABULAR_ERROR_DAMAGED,
  REG_TABULAR_ERROR_TOO_LARGE,
  REG_TABULAR_ERROR_BAD_TEXT,
  REG_TABULAR_ERROR_UNCLOSED_QUOTE,
  REG_TABULAR_ERROR_NO_SHEET,
} RegTabularError;

#define REG_TABULAR_ERROR (reg_tabular_error_quark ())
GQuark reg_tabular_error_quark (void);

G_END_DECLS
