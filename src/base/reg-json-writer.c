/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-base"

#include "base/reg-json-writer.h"

#include <string.h>

static void
begin_value (RegJsonWriter *self)
{
  if (self->comma)
    g_string_append_c (self->out, ',');
  self->comma = TRUE;
}

/* bracket: '{' or '[' */
void
reg_json_writer_open (RegJsonWriter *self, char bracket)
{
  begin_value (self);
  g_string_append_c (self->out, bracket);
  self->comma = FALSE;
}

/* bracket: '}' or ']' */
void
reg_json_writer_close (RegJsonWriter *self, char bracket)
{
  g_string_append_c (self->out, bracket);
  self->comma = TRUE;
}

static void
append_escape (GString *out, unsigned char c)
{
  switch (c)
    {
    case '"':
      g_string_append (out, "\\\"");
      break;
    case '\\':
      g_string_append (out, "\\\\");
      break;
    case '\n':
      g_string_append (out, "\\n");
      break;
    case '\r':
      g_string_append (out, "\\r");
      break;
    case '\t':
      g_string_append (out, "\\t");
      break;
    default:
      g_string_append_printf (out, "\\u%04x", c);
      break;
    }
}

static void
append_text (GString *out, const char *text)
{
  const char *run = text;

  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      unsigned char c = (unsigned char)*p;

      if (G_LIKELY (c >= 0x20 && c != '"' && c != '\\'))
        continue;
      g_string_append_len (out, run, p - run);
      append_escape (out, c);
      run = p + 1;
    }
  g_string_append (out, run);
  g_string_append_c (out, '"');
}

void
reg_json_writer_key (RegJsonWriter *self, const char *key)
{
  begin_value (self);
  append_text (self->out, key);
  g_string_append_c (self->out, ':');
  self->comma = FALSE;
}

/**
 * reg_json_writer_text:
 * @self: a writer
 * @text: valid UTF-8
 */
void
reg_json_writer_text (RegJsonWriter *self, const char *text)
{
  begin_value (self);
  append_text (self->out, text);
}

void
reg_json_writer_int (RegJsonWriter *self, gint64 value)
{
  char digits[24];
  char *p = digits + sizeof digits;
  guint64 rest = value < 0 ? -(guint64)value : (guint64)value;

  do
    {
      *--p = '0' + rest % 10;
      rest /= 10;
    }
  while (rest > 0);
  if (value < 0)
    *--p = '-';
  begin_value (self);
  g_string_append_len (self->out, p, digits + sizeof digits - p);
}

void
reg_json_writer_boolean (RegJsonWriter *self, gboolean value)
{
  begin_value (self);
  g_string_append (self->out, value ? "true" : "false");
}

void
reg_json_writer_null (RegJsonWriter *self)
{
  begin_value (self);
  g_string_append_len (self->out, "null", 4);
}

/**
 * reg_json_writer_raw:
 * @self: a writer
 * @json: one value that is JSON already
 * @len: its length in bytes
 */
void
reg_json_writer_raw (RegJsonWriter *self, const char *json, gsize len)
{
  begin_value (self);
  g_string_append_len (self->out, json, len);
}

/* A key that is a plain word. */
static void
begin_member (RegJsonWriter *self, const char *key)
{
  begin_value (self);
  g_string_append_c (self->out, '"');
  g_string_append (self->out, key);
  g_string_append_len (self->out, "\":", 2);
  self->comma = FALSE;
}

void
reg_json_writer_add_text (RegJsonWriter *self, const char *key, const char *text)
{
  begin_member (self, key);
  reg_json_writer_text (self, text);
}

void
reg_json_writer_add_text_or_null (RegJsonWriter *self, const char *key, const char *text)
{
  begin_member (self, key);
  if (text == NULL || text[0] == '\0')
    reg_json_writer_null (self);
  else
    reg_json_writer_text (self, text);
}

void
reg_json_writer_add_int (RegJsonWriter *self, const char *key, gint64 value)
{
  begin_member (self, key);
  reg_json_writer_int (self, value);
}

void
reg_json_writer_add_int_or_null (RegJsonWriter *self, const char *key, gint64 value)
{
  begin_member (self, key);
  if (value == 0)
    reg_json_writer_null (self);
  else
    reg_json_writer_int (self, value);
}

void
reg_json_writer_add_boolean (RegJsonWriter *self, const char *key, gboolean value)
{
  begin_member (self, key);
  reg_json_writer_boolean (self, value);
}

/**
 * reg_json_writer_add_ids:
 * @self: a writer
 * @key: the member's name
 * @ids: ids as the records keep them, ",3,7," or ""
 */
void
reg_json_writer_add_ids (RegJsonWriter *self, const char *key, const char *ids)
{
  gsize len = strlen (ids);

  begin_member (self, key);
  reg_json_writer_open (self, '[');
  if (len > 2)
    g_string_append_len (self->out, ids + 1, len - 2);
  reg_json_writer_close (self, ']');
}
