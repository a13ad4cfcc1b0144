/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The codes of the reason catalogue, a line each, for the test of what the walks go through. */
#include "rules/reg-reason.h"

int
main (void)
{
  for (guint i = REG_REASON_NONE + 1; i < REG_N_REASONS; i++)
    g_print ("%s\n", reg_reason_to_code ((RegReason)i));
  return 0;
}
