/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-lms"

#include "lms/registrar/reg-registrar-json.h"

#include "lms/registrar/reg-registrar-record.h"
#include "model/reg-preset.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const RegField session_fields[] = {
  { "id", REG_FIELD_INT64, G_STRUCT_OFFSET (RegSession, id) },
  { "revision", REG_FIELD_INT64, G_STRUCT_OFFSET (RegSession, revision) },
  { "course_id", REG_FIELD_INT64, G_STRUCT_OFFSET (RegSession, course_id) },
  { "place", REG_FIELD_TEXT, G_STRUCT_OFFSET (RegSession, place) },
  { "starts_at", REG_FIELD_INT64, G_STRUCT_OFFSET (RegSession, starts_at) },
  { "ends_at", REG_FIELD_INT64, G_STRUCT_OFFSET (RegSession, ends_at) },
  { "seats", REG_FIELD_INT, G_STRUCT_OFFSET (RegSession, seats) },
  { "taken", REG_FIELD_INT, G_STRUCT_OFFSET (RegSession, taken) },
};

static const RegField label_fields[] = {
  { "id", REG_FIELD_INT64, G_STRUCT_OFFSET (RegLabel, id) },
  { "revision", REG_FIELD_INT64, G_STRUCT_OFFSET (RegLabel, revision) },
  { "kind", REG_FIELD_NICK, G_STRUCT_OFFSET (RegLabel, kind), reg_field_label_kind_from_nick },
  { "name", REG_FIELD_TEXT, G_STRUCT_OFFSET (RegLabel, name) },
};

static const RegField pool_fields[] = {
  { "id", REG_FIELD_INT64, G_STRUCT_OFFSET (RegLicensePool, id) },
  { "revision", REG_FIELD_INT64, G_STRUCT_OFFSET (RegLicensePool, revision) },
  { "kind", REG_FIELD_NICK, G_STRUCT_OFFSET (RegLicensePool, kind), reg_field_pool_kind_from_nick },
  { "name", REG_FIELD_TEXT, G_STRUCT_OFFSET (RegLicensePool, name) },
  { "total", REG_FIELD_INT64, G_STRUCT_OFFSET (RegLicensePool, total) },
  { "available", REG_FIELD_INT64, G_STRUCT_OFFSET (RegLicensePool, available) },
  { "expires", REG_FIELD_DATE, G_STRUCT_OFFSET (RegLicensePool, expires) },
};

static const RegField document_fields[] = {
  { "id", REG_FIELD_INT64, G_STRUCT_OFFSET (RegDocument, id) },
  { "revision", REG_FIELD_INT64, G_STRUCT_OFFSET (RegDocument, revision) },
  { "user_id", REG_FIELD_INT64, G_STRUCT_OFFSET (RegDocument, user_id) },
  { "course_id", REG_FIELD_INT64, G_STRUCT_OFFSET (RegDocument, course_id) },
};

static const RegField tombstone_fields[] = {
  { "kind", REG_FIELD_WORD, G_STRUCT_OFFSET (RegTombstone, kind) },
  { "id", REG_FIELD_INT64, G_STRUCT_OFFSET (RegTombstone, id) },
  { "user_id", REG_FIELD_INT64, G_STRUCT_OFFSET (RegTombstone, user_id) },
  { "course_id", REG_FIELD_INT64, G_STRUCT_OFFSET (RegTombstone, course_id) },
};

static const char *const kinds[] = { "user",       "course",  "session",     "label",  "pool",
                                     "enrollment", "attempt", "certificate", "preset", NULL };

/* One more record, zeroed, at the end of an array. */
static gpointer
append (GArray *array)
{
  guint size = g_array_get_element_size (array);

  g_array_set_size (array, array->len + 1);
  return array->data + (gsize)(array->len - 1) * size;
}

static void
read_users (RegJsonReader *reader, RegPage *page)
{
  while (reg_json_reader_next_element (reader))
    if (!reg_registrar_read_user (reader, append (page->users), page->strings))
      return;
}

static void
read_enrollments (RegJsonReader *reader, RegPage *page)
{
  while (reg_json_reader_next_element (reader))
    if (!reg_registrar_read_enrollment (reader, append (page->enrollments)))
      return;
}

static void
read_courses (RegJsonReader *reader, RegPage *page)
{
  while (reg_json_reader_next_element (reader))
    if (!reg_registrar_read_course (reader, append (page->courses), page->strings))
      return;
}

static void
read_sessions (RegJsonReader *reader, RegPage *page)
{
  while (reg_json_reader_next_element (reader))
    {
      RegSession *session = append (page->sessions);

      session->place = (char *)"";
      reg_field_read_object (reader, session_fields, G_N_ELEMENTS (session_fields), session, NULL,
                             NULL, NULL);
      if (session->id <= 0)
        reg_json_reader_fail (reader, N_ ("a session without id"));
    }
}

static void
read_labels (RegJsonReader *reader, RegPage *page)
{
  while (reg_json_reader_next_element (reader))
    {
      RegLabel *label = append (page->labels);

      label->name = (char *)"";
      reg_field_read_object (reader, label_fields, G_N_ELEMENTS (label_fields), label, NULL, NULL,
                             NULL);
      if (label->id <= 0)
        reg_json_reader_fail (reader, N_ ("a label without id"));
    }
}

static void
read_pools (RegJsonReader *reader, RegPage *page)
{
  while (reg_json_reader_next_element (reader))
    {
      RegLicensePool *pool = append (page->pools);

      pool->name = (char *)"";
      reg_field_read_object (reader, pool_fields, G_N_ELEMENTS (pool_fields), pool, NULL, NULL,
                             NULL);
      if (pool->id <= 0)
        reg_json_reader_fail (reader, N_ ("a pool without id"));
    }
}

/* Kept as it came, so it is read twice: once to find its end, once for its ids. */
static void
read_documents (RegJsonReader *reader, RegPage *page, const char *kind)
{
  while (reg_json_reader_next_element (reader))
    {
      RegDocument *document = append (page->documents);
      const char *raw = reg_json_reader_get_raw (reader, &document->json_len);

      if (raw == NULL)
        return;
      /* Reading a member's name unescapes it where it stands. */
      document->kind = kind;
      document->json = memchr (raw, '\\', document->json_len) == NULL
                           ? raw
                           : g_string_chunk_insert_len (page->strings, raw, document->json_len);
      reg_json_reader_rewind (reader, raw);
      reg_field_read_object (reader, document_fields, G_N_ELEMENTS (document_fields), document,
                             NULL, NULL, NULL);
      if (document->id <= 0)
        reg_json_reader_fail (reader, N_ ("a row without id"));
    }
}

static void
read_removed (RegJsonReader *reader, RegPage *page)
{
  while (reg_json_reader_next_element (reader))
    {
      RegTombstone *tombstone = append (page->tombstones);

      tombstone->kind = NULL;
      reg_field_read_object (reader, tombstone_fields, G_N_ELEMENTS (tombstone_fields), tombstone,
                             NULL, NULL, NULL);
      if (tombstone->kind == NULL)
        reg_json_reader_fail (reader, N_ ("a removed row without kind"));
      else if (!g_strv_contains (kinds, tombstone->kind))
        reg_json_reader_fail_value (reader, "kind", tombstone->kind, strlen (tombstone->kind));
    }
}

/* A preset on its way. */
typedef struct
{
  gint64 id;
  gint64 revision;
  char *name;
  GPtrArray *items;
} PresetDraft;

typedef struct
{
  gint64 course_id;
  int requirement;
  int due_days;
  char *edition;
  char *mode;
  char *units;
} ItemDraft;

static const RegField preset_item_fields[] = {
  { "course_id", REG_FIELD_INT64, G_STRUCT_OFFSET (ItemDraft, course_id) },
  { "requirement", REG_FIELD_NICK, G_STRUCT_OFFSET (ItemDraft, requirement),
    reg_field_requirement_from_nick },
  { "due_days", REG_FIELD_INT, G_STRUCT_OFFSET (ItemDraft, due_days) },
  { "edition", REG_FIELD_TEXT, G_STRUCT_OFFSET (ItemDraft, edition) },
  { "mode", REG_FIELD_TEXT, G_STRUCT_OFFSET (ItemDraft, mode) },
  { "units", REG_FIELD_TEXT, G_STRUCT_OFFSET (ItemDraft, units) },
};

static const RegField preset_fields[] = {
  { "id", REG_FIELD_INT64, G_STRUCT_OFFSET (PresetDraft, id) },
  { "revision", REG_FIELD_INT64, G_STRUCT_OFFSET (PresetDraft, revision) },
  { "name", REG_FIELD_TEXT, G_STRUCT_OFFSET (PresetDraft, name) },
  { "items", REG_FIELD_SPECIAL },
};

static void
read_preset_items (RegJsonReader *reader, const RegField *field, gpointer data)
{
  PresetDraft *draft = data;

  reg_json_reader_begin_array (reader);
  while (reg_json_reader_next_element (reader))
    {
      ItemDraft part = { .edition = (char *)"", .mode = (char *)"", .units = (char *)"" };
      RegPresetItem *item;

      reg_field_read_object (reader, preset_item_fields, G_N_ELEMENTS (preset_item_fields), &part,
                             NULL, NULL, NULL);
      item = reg_preset_item_new (part.course_id);
      item->requirement = (RegRequirement)part.requirement;
      item->due_days = part.due_days;
      g_free (item->edition);
      g_free (item->mode);
      g_free (item->units);
      item->edition = g_strdup (part.edition);
      item->mode = g_strdup (part.mode);
      item->units = g_strdup (part.units);
      g_ptr_array_add (draft->items, item);
    }
}

/* Kept as the text of their parameters, so that a change can be laid over them. */
static void
read_presets (RegJsonReader *reader, RegPage *page)
{
  while (reg_json_reader_next_element (reader))
    {
      RegDocument *document = append (page->documents);
      g_autoptr (GPtrArray) items =
          g_ptr_array_new_with_free_func ((GDestroyNotify)reg_preset_item_free);
      PresetDraft draft = { .name = (char *)"", .items = items };
      g_autoptr (RegParams) params = reg_params_new ();
      g_autofree char *list = NULL, *text = NULL;

      reg_field_read_object (reader, preset_fields, G_N_ELEMENTS (preset_fields), &draft, NULL,
                             read_preset_items, &draft);
      list = reg_preset_items_to_text (items);
      reg_params_set (params, "name", draft.name);
      reg_params_set (params, "items", list);
      text = reg_params_to_text (params);
      *document = (RegDocument){ .kind = "preset",
                                 .id = draft.id,
                                 .revision = draft.revision,
                                 .json = g_string_chunk_insert (page->strings, text),
                                 .json_len = strlen (text) };
    }
}

static gboolean
is (const char *name, gsize len, const char *word)
{
  return strlen (word) == len && memcmp (name, word, len) == 0;
}

/* One list of rows; FALSE where the name is none of theirs. */
static gboolean
read_list (RegJsonReader *reader, RegPage *page, const char *name, gsize len)
{
  static const struct
  {
    const char *name;
    void (*read) (RegJsonReader *reader, RegPage *page);
    const char *document;
  } lists[] = {
    { "labels", read_labels },       { "users", read_users },
    { "courses", read_courses },     { "sessions", read_sessions },
    { "pools", read_pools },         { "enrollments", read_enrollments },
    { "attempts", NULL, "attempt" }, { "certificates", NULL, "certificate" },
    { "presets", read_presets },     { "removed", read_removed },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (is (name, len, lists[i].name))
      {
        reg_json_reader_begin_array (reader);
        if (lists[i].read != NULL)
          lists[i].read (reader, page);
        else
          read_documents (reader, page, lists[i].document);
        return TRUE;
      }
  return FALSE;
}

/**
 * reg_registrar_read_page:
 * @text: (transfer full): an answer of GET /v1/changes, a NUL after its len bytes
 *
 * Returns: (transfer full): its rows, whose strings point into the text the page now owns; %NULL
 *   with REG_NET_ERROR_GARBLED
 */
RegPage *
reg_registrar_read_page (char *text, gsize len, GError **error)
{
  g_autoptr (RegPage) page = reg_page_new ();
  gboolean ended = FALSE;
  RegJsonReader reader;
  const char *name;
  gsize n;

  page->text = text;
  reg_json_reader_init (&reader, text, len);
  reg_json_reader_begin_object (&reader);
  while (reg_json_reader_next_member (&reader, &name, &n))
    if (is (name, n, "cursor"))
      {
        g_free (page->cursor);
        page->cursor = g_strdup (reg_json_reader_get_string (&reader, NULL));
      }
    else if (is (name, n, "more"))
      {
        page->more = reg_json_reader_get_boolean (&reader);
        ended = TRUE;
      }
    else if (!read_list (&reader, page, name, n))
      reg_json_reader_skip (&reader);
  if (!ended || page->cursor == NULL || *page->cursor == '\0')
    reg_json_reader_fail (&reader, N_ ("a page without cursor"));
  if (!reg_json_reader_finish (&reader, error))
    return NULL;
  return g_steal_pointer (&page);
}
