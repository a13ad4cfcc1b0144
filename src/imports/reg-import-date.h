/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One date cell. */
#pragma once

#include "model/reg-enrollment.h"

G_BEGIN_DECLS

typedef enum
{
  REG_DATE_INVALID,
  REG_DATE_CERTAIN,     /* @date holds it */
  REG_DATE_DAY_FIRST,   /* the same, and it shows that the column has the day first */
  REG_DATE_MONTH_FIRST, /* the same, and it shows that the column has the month first */
  REG_DATE_EITHER,      /* @date with the day first, @other with the month first */
} RegDateReading;

RegDateReading reg_import_date_read (const char *text, gsize len, RegDate date, RegDate other);

G_END_DECLS
