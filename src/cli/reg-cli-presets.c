/* SPDX-License-Identifier: GPL-3.0-or-later */
/* presets list, save and delete: combinations of products that are assigned again and again. */
#define G_LOG_DOMAIN "reg-cli"

#include "cli/reg-cli-table.h"
#include "cli/reg-cli.h"

#include "store/reg-store-outbox.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const RegCliColumn columns[] = {
  { "preset", N_ ("Preset"), REG_CELL_TEXT },
  { "course", N_ ("Course"), REG_CELL_TEXT },
  { "requirement", N_ ("Requirement"), REG_CELL_TEXT },
  { "due_days", N_ ("Due After"), REG_CELL_NUMBER },
  { "edition", N_ ("Edition"), REG_CELL_TEXT },
  { "mode", N_ ("Mode"), REG_CELL_TEXT },
  { "units", N_ ("Units"), REG_CELL_TEXT },
};

static gboolean
print_item (RegCli *self,
            RegCliTable *table,
            const RegPreset *preset,
            const RegPresetItem *item,
            GError **error)
{
  g_autoptr (RegCourse) course = reg_store_get_course (self->store, item->course_id, error);
  g_autofree char *days = g_strdup_printf ("%d", item->due_days);

  if (course == NULL)
    return FALSE;
  {
    const char *const cells[] = {
      preset->name,
      course->code,
      reg_requirement_to_nick (item->requirement),
      item->due_days > 0 ? days : "",
      item->edition,
      item->mode,
      item->units,
    };

    G_STATIC_ASSERT (G_N_ELEMENTS (cells) == G_N_ELEMENTS (columns));
    return reg_cli_table_add (table, cells, error);
  }
}

/* A line a product. */
RegExit
reg_cli_presets_list (RegCli *self, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) presets = NULL;
  g_autoptr (RegCliTable) table = NULL;

  if (!reg_cli_parse (self, "presets list", &argc, &argv, NULL, NULL))
    return REG_EXIT_USAGE;
  if (argc > 1)
    return reg_cli_misuse (_ ("“%s” is too much here."), argv[1]);
  if (!reg_cli_open (self, &error))
    return reg_cli_fail (error);
  presets = reg_store_list_presets (self->store, &error);
  if (presets != NULL)
    table = reg_cli_table_new (self, columns, G_N_ELEMENTS (columns), NULL, NULL, &error);
  for (guint i = 0; table != NULL && i < presets->len; i++)
    {
      const RegPreset *preset = g_ptr_array_index (presets, i);
      g_autoptr (GPtrArray) items = reg_preset_parse_items (preset->items);

      for (guint k = 0; items != NULL && k < items->len; k++)
        if (!print_item (self, table, preset, g_ptr_array_index (items, k), &error))
          return reg_cli_fail (error);
    }
  return table != NULL && reg_cli_table_finish (table, &error) ? REG_EXIT_DONE
                                                               : reg_cli_fail (error);
}

/**
 * reg_cli_find_preset:
 * @self: the command line
 * @name: of a preset
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the preset, %NULL also where there is none of that name
 */
RegPreset *
reg_cli_find_preset (RegCli *self, const char *name, GError **error)
{
  g_autoptr (GPtrArray) presets = reg_store_list_presets (self->store, error);

  for (guint i = 0; presets != NULL && i < presets->len; i++)
    if (strcmp (((RegPreset *)g_ptr_array_index (presets, i))->name, name) == 0)
      return reg_preset_copy (g_ptr_array_index (presets, i));
  return NULL;
}

static RegPresetItem *
find_item (GPtrArray *items, gint64 course_id)
{
  for (guint i = 0; i < items->len; i++)
    if (((RegPresetItem *)g_ptr_array_index (items, i))->course_id == course_id)
      return g_ptr_array_index (items, i);
  return NULL;
}

static void
set_text (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

/* "required", "due=14", "edition=2", "subscription", "units=1,3", "whole" */
static gboolean
set_value (RegPresetItem *item, const char *word)
{
  const char *equals = strchr (word, '=');
  const char *value = equals != NULL ? equals + 1 : "";
  guint64 days;

  if (reg_requirement_from_nick (word, -1, &item->requirement))
    return TRUE;
  if (g_str_has_prefix (word, "due=")
      && g_ascii_string_to_unsigned (value, 10, 0, REG_MAX_AUTO_REASSIGN_DAYS, &days, NULL))
    {
      item->due_days = (int)days;
      /* As for any assignment: a due date makes it required. */
      if (days > 0)
        item->requirement = REG_REQUIREMENT_REQUIRED;
      return TRUE;
    }
  if (g_str_has_prefix (word, "edition="))
    {
      set_text (&item->edition, value);
      return TRUE;
    }
  if (strcmp (word, "whole") == 0 || strcmp (word, REG_MODE_SUBSCRIPTION) == 0
      || g_str_has_prefix (word, "units="))
    {
      set_text (&item->mode, *value != '\0'                ? REG_MODE_UNITS
                             : strcmp (word, "whole") == 0 ? ""
                                                           : REG_MODE_SUBSCRIPTION);
      set_text (&item->units, value);
      return *value != '\0' || equals == NULL;
    }
  return FALSE;
}

/* "IND-101:required:due=14": a product that is there keeps what is not said. */
static gboolean
change_item (RegCli *self, GPtrArray *items, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, ":", -1);
  gint64 course_id = words[0] != NULL ? reg_cli_find_course (self, words[0]) : 0;
  RegPresetItem *item;

  if (course_id == 0)
    return FALSE;
  item = find_item (items, course_id);
  if (item == NULL)
    {
      item = reg_preset_item_new (course_id);
      g_ptr_array_add (items, item);
    }
  for (guint i = 1; words[i] != NULL; i++)
    if (!set_value (item, words[i]))
      {
        reg_cli_misuse (
            _ ("“%s” is nothing a product of a preset has. COURSE:VALUE…, with required, "
               "optional, due=DAYS, edition=ID, whole, subscription or units=ID,… as "
               "values."),
            words[i]);
        return FALSE;
      }
  return TRUE;
}

static gboolean
change_items (RegCli *self, GPtrArray *items, char **changed, char **removed)
{
  for (; changed != NULL && *changed != NULL; changed++)
    if (!change_item (self, items, *changed))
      return FALSE;
  for (; removed != NULL && *removed != NULL; removed++)
    {
      gint64 course_id = reg_cli_find_course (self, *removed);
      RegPresetItem *item = course_id != 0 ? find_item (items, course_id) : NULL;

      if (item == NULL)
        {
          if (course_id != 0)
            reg_cli_misuse (_ ("“%s” is no product of the preset."), *removed);
          return FALSE;
        }
      g_ptr_array_remove (items, item);
    }
  return TRUE;
}

/* name "": deletes it */
static RegExit
stage (RegCli *self, gint64 id, const char *name, const char *items, const char *title)
{
  g_autoptr (RegParams) params = reg_params_new ();
  g_autoptr (GError) error = NULL;
  RegStepTarget target = { .course_id = -id };
  RegStepResult result = { 0 };
  RegExit exit = REG_EXIT_DONE;
  const RegStep step = { .operation = reg_operation_find ("save-preset"),
                         .params = params,
                         .targets = &target,
                         .n_targets = 1,
                         .title = title,
                         .actor_id = reg_cli_get_actor_id (self),
                         .actor_role = reg_cli_get_actor_role (self),
                         .now = reg_cli_get_now () };

  reg_params_set (params, "name", name);
  reg_params_set (params, "items", items);
  if (!reg_store_stage (self->store, &step, &result, NULL, NULL, NULL, &error))
    exit = reg_cli_fail (error);
  else if (result.refusals->len > 0)
    exit = reg_cli_misuse ("%s", g_array_index (result.refusals, RegRefusal, 0).sentence);
  else
    reg_cli_say (self, "%s",
                 _ ("Saved on this computer. Nothing is sent to the LMS until you sync."));
  reg_step_result_clear (&result);
  return exit;
}

static RegExit
may_save (RegCli *self)
{
  if (self->site == NULL || reg_site_can (self->site, "save-preset"))
    return REG_EXIT_DONE;
  return reg_cli_misuse (_ ("The LMS does not offer %s to this account."), "save-preset");
}

static RegExit
save (RegCli *self, const char *name, const char *new_name, char **changed, char **removed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegPreset) preset = reg_cli_find_preset (self, name, &error);
  g_autoptr (GPtrArray) items = preset != NULL ? reg_preset_parse_items (preset->items) : NULL;
  g_autofree char *text = NULL, *title = NULL;

  if (error != NULL)
    return reg_cli_fail (error);
  if (preset == NULL && new_name != NULL)
    return reg_cli_misuse (_ ("There is no preset “%s”. presets list shows them."), name);
  if (items == NULL)
    items = g_ptr_array_new_with_free_func ((GDestroyNotify)reg_preset_item_free);
  if (!change_items (self, items, changed, removed))
    return REG_EXIT_USAGE;
  if (items->len == 0)
    return reg_cli_misuse (_ ("A preset needs a product: --item COURSE:VALUE…"));
  text = reg_preset_items_to_text (items);
  title = g_strdup_printf (_ ("Save Preset · %s"), new_name != NULL ? new_name : name);
  return stage (self, preset != NULL ? preset->id : reg_preset_make_id (),
                new_name != NULL ? new_name : name, text, title);
}

RegExit
reg_cli_presets_save (RegCli *self, int argc, char **argv)
{
  g_auto (GStrv) changed = NULL;
  g_auto (GStrv) removed = NULL;
  g_autofree char *new_name = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "item", 0, 0, G_OPTION_ARG_STRING_ARRAY, &changed,
      N_ ("A product, with required, optional, due=DAYS, edition=ID, whole, subscription or "
          "units=ID,…; may be given again"),
      N_ ("COURSE:VALUE…") },
    { "remove", 0, 0, G_OPTION_ARG_STRING_ARRAY, &removed,
      N_ ("A product that goes; may be given again"), N_ ("COURSE") },
    { "rename", 0, 0, G_OPTION_ARG_STRING, &new_name, N_ ("Another name"), N_ ("NAME") },
    G_OPTION_ENTRY_NULL,
  };
  RegExit exit;

  if (!reg_cli_parse (self, "presets save", &argc, &argv, entries, NULL))
    return REG_EXIT_USAGE;
  if (argc != 2 || *argv[1] == '\0' || (new_name != NULL && *new_name == '\0'))
    return reg_cli_misuse (_ ("presets save needs one name."));
  if (!reg_cli_open (self, &error))
    return reg_cli_fail (error);
  exit = may_save (self);
  return exit == REG_EXIT_DONE ? save (self, argv[1], new_name, changed, removed) : exit;
}

RegExit
reg_cli_presets_delete (RegCli *self, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegPreset) preset = NULL;
  RegExit exit;

  if (!reg_cli_parse (self, "presets delete", &argc, &argv, NULL, NULL))
    return REG_EXIT_USAGE;
  if (argc != 2)
    return reg_cli_misuse (_ ("presets delete needs one name."));
  if (!reg_cli_open (self, &error))
    return reg_cli_fail (error);
  exit = may_save (self);
  if (exit != REG_EXIT_DONE)
    return exit;
  preset = reg_cli_find_preset (self, argv[1], &error);
  if (error != NULL)
    return reg_cli_fail (error);
  if (preset == NULL)
    return reg_cli_misuse (_ ("There is no preset “%s”. presets list shows them."), argv[1]);
  return stage (self, preset->id, "", "", _ ("Delete Preset"));
}
