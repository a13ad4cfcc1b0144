/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/reg-enums.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define REG_TYPE_PRESET (reg_preset_get_type ())

/* Ids are made where the preset is made: small enough for every JSON reader. */
#define REG_PRESET_ID_BITS 52

/**
 * RegPreset:
 * @name: "" for a preset that is not there
 * @items: its products as text; reg_preset_parse_items ()
 *
 * A combination of products that is assigned again and again.
 */
typedef struct
{
  gint64 id;
  gint64 revision;
  char *name;
  char *items;
} RegPreset;

/**
 * RegPresetItem:
 * @due_days: the due date is so many days after the assignment; 0 for none
 * @edition: number of the edition, or ""
 * @mode: "subscription", "units" or ""
 * @units: numbers of units with commas between them, or ""
 *
 * One product of a preset.
 */
typedef struct
{
  gint64 course_id;
  RegRequirement requirement;
  int due_days;
  char *edition;
  char *mode;
  char *units;
} RegPresetItem;

GType reg_preset_get_type (void);
RegPreset *reg_preset_new (void);
RegPreset *reg_preset_copy (const RegPreset *self);
void reg_preset_free (RegPreset *self);
void reg_preset_clear (RegPreset *self);
/* Never 0, and never twice for all that is likely. */
gint64 reg_preset_make_id (void);

RegPresetItem *reg_preset_item_new (gint64 course_id);
void reg_preset_item_free (RegPresetItem *self);
/* (element-type RegPresetItem) (nullable): NULL where the text is none of ours */
GPtrArray *reg_preset_parse_items (const char *text);
char *reg_preset_items_to_text (GPtrArray *items);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegPreset, reg_preset_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegPresetItem, reg_preset_item_free)

G_END_DECLS
