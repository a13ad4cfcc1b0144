/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Presets; part of RegSandboxDb. Their items are kept as text and shown as JSON. */
#define G_LOG_DOMAIN "reg-sandbox"

#include "sandbox/reg-sandbox-rows.h"

RegPreset *
reg_sandbox_db_load_preset (RegSandboxDb *self, gint64 id)
{
  sqlite3_stmt *stmt =
      reg_sandbox_db_query (self, "SELECT revision, name, items FROM preset WHERE id = ?1");
  RegPreset *preset = reg_preset_new ();

  preset->id = id;
  sqlite3_bind_int64 (stmt, 1, id);
  if (reg_sandbox_db_step (self, stmt))
    {
      preset->revision = sqlite3_column_int64 (stmt, 0);
      g_free (preset->name);
      g_free (preset->items);
      preset->name = g_strdup ((const char *)sqlite3_column_text (stmt, 1));
      preset->items = g_strdup ((const char *)sqlite3_column_text (stmt, 2));
    }
  sqlite3_reset (stmt);
  return preset;
}

void
reg_sandbox_db_store_preset (RegSandboxDb *self, const RegPreset *preset)
{
  if (preset->name[0] != '\0')
    reg_sandbox_db_save_preset (self, preset->id, preset->name, preset->items);
  else
    reg_sandbox_db_remove_preset (self, preset->id);
}

void
reg_sandbox_write_preset (RegJsonWriter *writer, const RegPreset *preset)
{
  g_autoptr (GPtrArray) items = reg_preset_parse_items (preset->items);

  reg_json_writer_open (writer, '{');
  reg_json_writer_add_int (writer, "id", preset->id);
  reg_json_writer_add_int (writer, "revision", preset->revision);
  reg_json_writer_add_text (writer, "name", preset->name);
  reg_json_writer_key (writer, "items");
  reg_json_writer_open (writer, '[');
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      const RegPresetItem *item = g_ptr_array_index (items, i);

      reg_json_writer_open (writer, '{');
      reg_json_writer_add_int (writer, "course_id", item->course_id);
      reg_json_writer_add_text (writer, "requirement", reg_requirement_to_nick (item->requirement));
      reg_json_writer_add_int_or_null (writer, "due_days", item->due_days);
      reg_json_writer_add_text_or_null (writer, "edition", item->edition);
      reg_json_writer_add_text_or_null (writer, "mode", item->mode);
      reg_json_writer_add_text_or_null (writer, "units", item->units);
      reg_json_writer_close (writer, '}');
    }
  reg_json_writer_close (writer, ']');
  reg_json_writer_close (writer, '}');
}
