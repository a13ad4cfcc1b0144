/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Operations on presets. */
#define G_LOG_DOMAIN "reg-rules"

#include "rules/reg-operation-private.h"

#include <glib/gi18n-lib.h>

static RegReason
save_preset_check (const RegSubject *subject, const RegParams *params, char **sentence)
{
  const char *name = reg_params_get (params, "name");
  const char *items = reg_params_get (params, "items");
  g_autoptr (GPtrArray) parsed =
      items != NULL && *items != '\0' ? reg_preset_parse_items (items) : NULL;

  if (name == NULL || *name == '\0' ? subject->preset->name[0] != '\0' : parsed != NULL)
    return REG_REASON_NONE;
  if (name == NULL || *name == '\0')
    return REG_REASON_NOTHING_TO_DO;
  if (sentence != NULL)
    *sentence =
        reg_reason_dup_sentence (REG_REASON_VALUE_INVALID, items != NULL ? items : "", NULL);
  return REG_REASON_VALUE_INVALID;
}

static void
set_text (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value != NULL ? value : "");
}

static void
save_preset_apply (RegSubject *subject, const RegParams *params)
{
  set_text (&subject->preset->name, reg_params_get (params, "name"));
  set_text (&subject->preset->items, reg_params_get (params, "items"));
}

static const char *const save_preset_params[] = { "items", "name", NULL };

const RegOperation reg_operation_save_preset = {
  .name = "save-preset",
  .label = N_ ("Save Preset"),
  .target = REG_TARGET_PRESET,
  .roles = REG_ROLES_ADMIN,
  .confirm = REG_CONFIRM_UNDO,
  .effect = N_ ("Makes a preset, or changes it; without a name it is deleted. What was assigned by "
                "it stays as it is."),
  PLURAL_ (.done_one = "%d preset saved", .done_many = "%d presets saved"),
  .counter = "save-preset",
  .param_keys = save_preset_params,
  .fields = REG_FIELDS_ALL,
  .check = save_preset_check,
  .apply = save_preset_apply,
};
