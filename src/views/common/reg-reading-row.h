/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a reading: headings, assignments and lines, and how each is shown. */
#pragma once

#include "sync/reg-reading.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * RegReadingItem:
 * @icon_name: (nullable): before the title
 * @icon_style: (nullable): a style class of it
 * @icon_label: (nullable): what the icon says
 * @title: what it is about
 * @subtitle: "" for none
 * @end: at the end of the row; "" for none
 * @progress: per cent, -1 for no bar
 * @certificate_id: of an assignment, or 0
 * @is_heading: whether it heads the rows below
 */
#define REG_TYPE_READING_ITEM (reg_reading_item_get_type ())
G_DECLARE_FINAL_TYPE (RegReadingItem, reg_reading_item, REG, READING_ITEM, GObject)

struct _RegReadingItem
{
  GObject parent_instance;

  const char *icon_name;
  const char *icon_style;
  const char *icon_label;
  char *title;
  char *subtitle;
  char *end;
  int progress;
  gint64 certificate_id;
  gboolean is_heading;
};

/* (transfer full): what is shown of a reading, top to bottom */
GListStore *reg_reading_rows_new (const RegReading *reading);
/* A factory of list rows; a row's button calls "reading.certificate" with the certificate. */
GtkListItemFactory *reg_reading_rows_create_factory (void);

G_END_DECLS
