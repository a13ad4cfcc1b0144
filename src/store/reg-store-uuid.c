/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-store-private.h"

#include <sys/random.h>

void
reg_store_make_uuid (guint8 uuid[16])
{
  gsize got = 0;

  /* Interrupted by a signal it may give less. */
  while (got < 16)
    {
      gssize n = getrandom (uuid + got, 16 - got, 0);

      if (n > 0)
        got += (gsize)n;
    }
  uuid[6] = (guint8)((uuid[6] & 0x0f) | 0x40);
  uuid[8] = (guint8)((uuid[8] & 0x3f) | 0x80);
}

char *
reg_store_uuid_to_text (const guint8 uuid[16])
{
  static const char digits[] = "0123456789abcdef";
  char *text = g_malloc (37);
  char *p = text;

  for (int i = 0; i < 16; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        *p++ = '-';
      *p++ = digits[uuid[i] >> 4];
      *p++ = digits[uuid[i] & 15];
    }
  *p = '\0';
  return text;
}
