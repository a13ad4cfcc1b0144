/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window asks of a page it shows beside the sidebar. Every function is optional for a page
 * but dup_title. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define REG_TYPE_VIEW (reg_view_get_type ())
G_DECLARE_INTERFACE (RegView, reg_view, REG, VIEW, GtkWidget)

/**
 * RegViewInterface:
 * @dup_title: what the header says: "Users", or the title of the course on show
 * @dup_subtitle: the line beneath: "1,204 of 100,000"; %NULL for none
 * @find: Ctrl+F: moves the focus into the page's search entry
 * @select_all: Ctrl+A outside of entries: everything that matches the page's filters
 * @delete: the Delete key outside of entries: the page's way to take the selection away
 * @can_go_back: whether the page has itself gone a step deeper than it began; %NULL where that is
 *   so whenever it is on show
 * @go_back: one step back; reg_view_close () for a page that was opened from another one
 *
 * A page emits "view-changed" (reg_view_changed ()) when an answer changes.
 */
struct _RegViewInterface
{
  GTypeInterface parent_iface;

  char *(*dup_title) (RegView *self);
  char *(*dup_subtitle) (RegView *self);
  void (*find) (RegView *self);
  void (*select_all) (RegView *self);
  void (*delete) (RegView *self);
  gboolean (*can_go_back) (RegView *self);
  void (*go_back) (RegView *self);
};

char *reg_view_dup_title (RegView *self);
char *reg_view_dup_subtitle (RegView *self);
void reg_view_find (RegView *self);
void reg_view_select_all (RegView *self);
void reg_view_delete (RegView *self);
gboolean reg_view_can_go_back (RegView *self);
void reg_view_go_back (RegView *self);
void reg_view_close (RegView *self);
void reg_view_changed (RegView *self);
/* Ctrl and a key, wherever in the window the focus is; action: (transfer full) */
void reg_view_add_shortcut (GtkWidget *page, guint keyval, GtkShortcutAction *action);

G_END_DECLS
