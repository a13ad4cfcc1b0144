/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tabular/reg-row-reader.h"

G_BEGIN_DECLS

/* A file in a folder of its own, which goes away with it */
typedef struct
{
  char *folder;
  char *path;
} TestFile;

TestFile *test_file_new (const char *name, const void *bytes, gsize len);
void test_file_free (TestFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestFile, test_file_free)

char *read_rows (RegRowReader *reader, GError **error);
char *read_file (const char *path, const RegReadOptions *options, GError **error);
void assert_rows (const void *bytes, gsize len, const char *expected);
void assert_refused (const void *bytes, gsize len, int code, const char *words);

G_END_DECLS
