/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-lms"

#include "lms/registrar/reg-registrar-json.h"

#include "lms/registrar/reg-registrar-record.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

/* Writing */

static void
add_params (JsonBuilder *builder, const char *name, const RegParams *params)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  for (guint i = 0; i < reg_params_get_size (params); i++)
    {
      const char *key = reg_params_get_key (params, i);

      json_builder_set_member_name (builder, key);
      json_builder_add_string_value (builder, reg_params_get (params, key));
    }
  json_builder_end_object (builder);
}

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_change (JsonBuilder *builder, const RegChange *change)
{
  json_builder_begin_object (builder);
  add_string (builder, "id", change->uuid);
  add_string (builder, "operation", change->operation);
  /* An id below 0 is of this program's making and means nothing to the LMS. */
  add_int (builder, "user_id", MAX (change->user_id, 0));
  add_int (builder, "course_id", MAX (change->course_id, 0));
  /* A preset is known by minus its id. */
  if (change->user_id == 0 && change->course_id < 0)
    add_int (builder, "preset_id", -change->course_id);
  add_params (builder, "params", change->params);
  add_params (builder, "base", change->base);
  add_int (builder, "base_revision", change->base_revision);
  add_string (builder, "note", change->note);
  json_builder_end_object (builder);
}

static GBytes *
build (JsonBuilder *builder)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  gsize len;
  char *text;

  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, &len);
  return g_bytes_new_take (text, len);
}

/**
 * reg_registrar_write_operations:
 * @changes: (element-type RegChange)
 *
 * Returns: (transfer full): the body of POST /v1/operations
 */
GBytes *
reg_registrar_write_operations (GPtrArray *changes, gboolean dry_run)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "dry_run");
  json_builder_add_boolean_value (builder, dry_run);
  json_builder_set_member_name (builder, "operations");
  json_builder_begin_array (builder);
  for (guint i = 0; i < changes->len; i++)
    add_change (builder, g_ptr_array_index (changes, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return build (builder);
}

/**
 * reg_registrar_write_questions:
 * @changes: (element-type RegChange)
 *
 * Returns: (transfer full): the body of POST /v1/operations/outcomes
 */
GBytes *
reg_registrar_write_questions (GPtrArray *changes)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "ids");
  json_builder_begin_array (builder);
  for (guint i = 0; i < changes->len; i++)
    {
      const RegChange *change = g_ptr_array_index (changes, i);

      json_builder_add_string_value (builder, change->uuid);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return build (builder);
}

/* Reading */

typedef struct
{
  char *id;
  RegOutcomeKind outcome;
  char *code;
  char *sentence;
  gboolean absent;
  RegParams *server;
  RegUser *user;
  RegEnrollment *enrollment;
  RegCourse *course;
  GStringChunk *strings;
} Draft;

static const RegField result_fields[] = {
  { "id", REG_FIELD_WORD, G_STRUCT_OFFSET (Draft, id) },
  { "outcome", REG_FIELD_NICK, G_STRUCT_OFFSET (Draft, outcome), reg_field_outcome_kind_from_nick },
  { "code", REG_FIELD_WORD, G_STRUCT_OFFSET (Draft, code) },
  { "sentence", REG_FIELD_WORD, G_STRUCT_OFFSET (Draft, sentence) },
  { "server", REG_FIELD_SPECIAL },
  { "user", REG_FIELD_SPECIAL },
  { "enrollment", REG_FIELD_SPECIAL },
  { "course", REG_FIELD_SPECIAL },
  { "absent", REG_FIELD_BOOLEAN, G_STRUCT_OFFSET (Draft, absent) },
};

static RegParams *
read_params (RegJsonReader *reader)
{
  g_autoptr (RegParams) params = reg_params_new ();
  const char *name;
  gsize len;

  reg_json_reader_begin_object (reader);
  while (reg_json_reader_next_member (reader, &name, &len))
    {
      g_autofree char *key = g_strndup (name, len);
      const char *value = reg_json_reader_get_string (reader, NULL);

      reg_params_set (params, key, value != NULL ? value : "");
    }
  return g_steal_pointer (&params);
}

static void
read_special (RegJsonReader *reader, const RegField *field, gpointer data)
{
  Draft *draft = data;

  if (reg_json_reader_peek (reader) == REG_JSON_NULL)
    reg_json_reader_get_null (reader);
  else if (strcmp (field->name, "server") == 0)
    {
      g_clear_pointer (&draft->server, reg_params_free);
      draft->server = read_params (reader);
    }
  else if (strcmp (field->name, "user") == 0)
    {
      RegUser user = { 0 };

      g_clear_pointer (&draft->user, reg_user_free);
      if (reg_registrar_read_user (reader, &user, draft->strings))
        draft->user = reg_user_copy (&user);
    }
  else if (strcmp (field->name, "course") == 0)
    {
      RegCourse course = { 0 };

      g_clear_pointer (&draft->course, reg_course_free);
      if (reg_registrar_read_course (reader, &course, draft->strings))
        draft->course = reg_course_copy (&course);
    }
  else
    {
      RegEnrollment enrollment = { 0 };

      g_clear_pointer (&draft->enrollment, reg_enrollment_free);
      if (reg_registrar_read_enrollment (reader, &enrollment))
        draft->enrollment = reg_enrollment_copy (&enrollment);
    }
}

/* An enrollment that is gone says so; the pair it was comes from the change. */
static RegEnrollment *
new_absent (const RegChange *change)
{
  RegEnrollment *enrollment = reg_enrollment_new ();

  enrollment->user_id = change->user_id;
  enrollment->course_id = change->course_id;
  enrollment->present = FALSE;
  return enrollment;
}

/* Reads one result. An answer to something that was not asked is dropped; of two answers to one
 * change the first counts. */
static void
read_result (RegJsonReader *reader, GHashTable *waiting, GStringChunk *strings, GPtrArray *results)
{
  Draft draft = { .strings = strings, .outcome = REG_OUTCOME_UNKNOWN };
  const RegChange *change;
  RegLmsResult *result;

  reg_field_read_object (reader, result_fields, G_N_ELEMENTS (result_fields), &draft, NULL,
                         read_special, &draft);
  change = draft.id != NULL ? g_hash_table_lookup (waiting, draft.id) : NULL;
  if (change != NULL && change->user_id < 0 && draft.outcome <= REG_OUTCOME_SKIPPED
      && draft.user == NULL)
    reg_json_reader_fail (reader, N_ ("a user who was added without an id"));
  result = reg_lms_result_new (draft.id, draft.outcome);
  result->server = draft.server;
  result->user = draft.user;
  result->enrollment = draft.enrollment;
  result->course = draft.course;
  if (change == NULL || reg_json_reader_failed (reader))
    {
      reg_lms_result_free (result);
      return;
    }
  g_hash_table_remove (waiting, draft.id);
  result->code = g_strdup (draft.code);
  result->sentence = g_strdup (draft.sentence);
  if (draft.absent && result->enrollment == NULL)
    result->enrollment = new_absent (change);
  g_ptr_array_add (results, result);
}

/**
 * reg_registrar_read_results:
 * @text: (transfer full): an answer of POST /v1/operations, a NUL after its len bytes
 * @changes: (element-type RegChange): what was asked
 *
 * Returns: (transfer full) (element-type RegLmsResult): one per change; %NULL with
 *   REG_NET_ERROR_GARBLED, also where a change has no answer
 */
GPtrArray *
reg_registrar_read_results (char *text, gsize len, GPtrArray *changes, GError **error)
{
  g_autofree char *own = text;
  g_autoptr (GHashTable) waiting = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) results =
      g_ptr_array_new_with_free_func ((GDestroyNotify)reg_lms_result_free);
  GStringChunk *strings = g_string_chunk_new (1024);
  RegJsonReader reader;
  const char *name;
  gsize n;

  for (guint i = 0; i < changes->len; i++)
    {
      RegChange *change = g_ptr_array_index (changes, i);

      g_hash_table_insert (waiting, change->uuid, change);
    }
  reg_json_reader_init (&reader, own, len);
  reg_json_reader_begin_object (&reader);
  while (reg_json_reader_next_member (&reader, &name, &n))
    {
      if (n != strlen ("results") || memcmp (name, "results", n) != 0)
        {
          reg_json_reader_skip (&reader);
          continue;
        }
      reg_json_reader_begin_array (&reader);
      while (reg_json_reader_next_element (&reader))
        read_result (&reader, waiting, strings, results);
    }
  if (g_hash_table_size (waiting) > 0)
    reg_json_reader_fail (&reader, N_ ("an operation without a result"));
  g_string_chunk_free (strings);
  return reg_json_reader_finish (&reader, error) ? g_steal_pointer (&results) : NULL;
}
