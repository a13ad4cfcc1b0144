/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes JSON into a GString, commas and escapes included: for answers of many thousand rows, which
 * json-glib would first hold as a tree. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RegJsonWriter:
 * @out: where the text goes
 * @comma: whether the next value follows another one
 *
 * Set up with `{ .out = g_string_new (NULL) }`. The caller closes what it opens.
 */
typedef struct
{
  GString *out;
  gboolean comma;
} RegJsonWriter;

void reg_json_writer_open (RegJsonWriter *self, char bracket);
void reg_json_writer_close (RegJsonWriter *self, char bracket);
void reg_json_writer_key (RegJsonWriter *self, const char *key);
void reg_json_writer_text (RegJsonWriter *self, const char *text);
void reg_json_writer_int (RegJsonWriter *self, gint64 value);
void reg_json_writer_boolean (RegJsonWriter *self, gboolean value);
void reg_json_writer_null (RegJsonWriter *self);
void reg_json_writer_raw (RegJsonWriter *self, const char *json, gsize len);

/* A key that is a plain word (it is not escaped) with its value; absent values ("" and 0) are
 * written as null by the _or_null forms. */
void reg_json_writer_add_text (RegJsonWriter *self, const char *key, const char *text);
void reg_json_writer_add_text_or_null (RegJsonWriter *self, const char *key, const char *text);
void reg_json_writer_add_int (RegJsonWriter *self, const char *key, gint64 value);
void reg_json_writer_add_int_or_null (RegJsonWriter *self, const char *key, gint64 value);
void reg_json_writer_add_boolean (RegJsonWriter *self, const char *key, gboolean value);
void reg_json_writer_add_ids (RegJsonWriter *self, const char *key, const char *ids);

G_END_DECLS
