/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of the people that are made up. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "as written=in Latin letters for the e-mail address"; NULL-terminated lists. */
typedef struct
{
  guint weight;
  const char *const *given;
  const char *const *family;
} RegNamePool;

const RegNamePool *reg_sandbox_get_name_pool (guint number);
void reg_sandbox_split_name (const char *entry, char **written, char **latin);

G_END_DECLS
