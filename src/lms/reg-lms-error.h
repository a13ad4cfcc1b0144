/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define REG_LMS_ERROR (reg_lms_error_quark ())

/**
 * RegLmsError:
 * @REG_LMS_ERROR_UNREACHABLE: no connection, no answer in time, or one (500, 502, 504) that leaves
 *   open whether anything was done: try again later, and ask about what was sent
 * @REG_LMS_ERROR_BUSY: 408, 429 or 503, nothing was done: try again after reg_lms_get_retry_after
 * ()
 * @REG_LMS_ERROR_AUTH: the token is wrong or has expired: sign in again
 * @REG_LMS_ERROR_REFUSED: the LMS refuses this request; trying again will not help
 * @REG_LMS_ERROR_GARBLED: the answer cannot be understood
 * @REG_LMS_ERROR_UNSUPPORTED: this LMS cannot do that
 *
 * Each code is a decision the caller takes. G_IO_ERROR_CANCELLED passes through as it is.
 */
typedef enum
{
  REG_LMS_ERROR_UNREACHABLE,
  REG_LMS_ERROR_BUSY,
  REG_LMS_ERROR_AUTH,
  REG_LMS_ERROR_REFUSED,
  REG_LMS_ERROR_GARBLED,
  REG_LMS_ERROR_UNSUPPORTED,
} RegLmsError;

GQuark reg_lms_error_quark (void);

G_END_DECLS
