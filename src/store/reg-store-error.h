/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define REG_STORE_ERROR (reg_store_error_quark ())

/**
 * RegStoreError:
 * @REG_STORE_ERROR_FAILED: SQLite refused; the message says why
 * @REG_STORE_ERROR_BUSY: another copy of the program holds the database
 * @REG_STORE_ERROR_NEWER: written by a newer version of the program
 * @REG_STORE_ERROR_CORRUPT: cannot be read; reg_store_salvage () saves the outbox and starts anew
 * @REG_STORE_ERROR_FULL: no room on the disk; nothing was written
 * @REG_STORE_ERROR_NOT_FOUND: no such row
 * @REG_STORE_ERROR_NOT_POSSIBLE: the row is in a state that does not allow it (undo of a sent
 * change)
 */
typedef enum
{
  REG_STORE_ERROR_FAILED,
  REG_STORE_ERROR_BUSY,
  REG_STORE_ERROR_NEWER,
  REG_STORE_ERROR_CORRUPT,
  REG_STORE_ERROR_FULL,
  REG_STORE_ERROR_NOT_FOUND,
  REG_STORE_ERROR_NOT_POSSIBLE,
} RegStoreError;

GQuark reg_store_error_quark (void);

G_END_DECLS
