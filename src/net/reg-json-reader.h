/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A pull reader for the long lists of the wire API: it walks a JSON text in place and makes no
 * tree. Strings are unescaped where they stand and end in a NUL. Anything json-glib is good enough
 * for (single objects, errors, settings) is read with json-glib.
 *
 * An error sticks: after the first one every function answers FALSE or nothing, so that callers ask
 * once, at the end, with reg_json_reader_finish (). Threads: none of its own. */
#pragma once

#include "net/reg-net-error.h"

G_BEGIN_DECLS

#define REG_JSON_MAX_DEPTH 64

/* Private, on the caller's stack. */
typedef struct
{
  char *start;
  char *p;
  char *end;
  const char *what;
  const char *at;
  guint depth;
  gboolean first;
  char message[128];
} RegJsonReader;

/* What comes next. */
typedef enum
{
  REG_JSON_END, /* the text is at its end, or an error was met */
  REG_JSON_OBJECT,
  REG_JSON_ARRAY,
  REG_JSON_STRING,
  REG_JSON_NUMBER,
  REG_JSON_TRUE,
  REG_JSON_FALSE,
  REG_JSON_NULL,
} RegJsonType;

void reg_json_reader_init (RegJsonReader *self, char *text, gsize len);
gboolean reg_json_reader_finish (RegJsonReader *self, GError **error);
gboolean reg_json_reader_failed (const RegJsonReader *self);
void reg_json_reader_fail (RegJsonReader *self, const char *what);
void
reg_json_reader_fail_value (RegJsonReader *self, const char *what, const char *value, gsize len);

RegJsonType reg_json_reader_peek (RegJsonReader *self);

gboolean reg_json_reader_begin_object (RegJsonReader *self);
gboolean reg_json_reader_next_member (RegJsonReader *self, const char **name, gsize *len);
gboolean reg_json_reader_begin_array (RegJsonReader *self);
gboolean reg_json_reader_next_element (RegJsonReader *self);

char *reg_json_reader_get_string (RegJsonReader *self, gsize *len);
gint64 reg_json_reader_get_int64 (RegJsonReader *self);
gboolean reg_json_reader_get_boolean (RegJsonReader *self);
gboolean reg_json_reader_get_null (RegJsonReader *self);
const char *reg_json_reader_get_raw (RegJsonReader *self, gsize *len);
void reg_json_reader_skip (RegJsonReader *self);
void reg_json_reader_rewind (RegJsonReader *self, const char *raw);

G_END_DECLS
