/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define REG_NET_ERROR (reg_net_error_quark ())

/**
 * RegNetError:
 * @REG_NET_ERROR_ADDRESS: the address cannot or must not be used; the message says what to change
 * @REG_NET_ERROR_UNREACHABLE: no connection, or no whole answer in time
 * @REG_NET_ERROR_TOO_LARGE: the answer is larger than anything an LMS should send
 * @REG_NET_ERROR_GARBLED: the answer is not the JSON it should be
 *
 * An answer with an HTTP status of 400 and more is no error of this layer: it is a
 * RegHttpResponse.
 */
typedef enum
{
  REG_NET_ERROR_ADDRESS,
  REG_NET_ERROR_UNREACHABLE,
  REG_NET_ERROR_TOO_LARGE,
  REG_NET_ERROR_GARBLED,
} RegNetError;

GQuark reg_net_error_quark (void);

G_END_DECLS
