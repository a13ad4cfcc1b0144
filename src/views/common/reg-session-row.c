/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-session-row.h"

#include "rules/reg-seat.h"
#include "rules/reg-text.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* Of a row. */
typedef struct
{
  RegSession *session;
  RegSessionAge age;
  char *fold; /* what a search looks at */
} Data;

#define DATA_KEY "reg-session-row"

static void
data_free (gpointer pointer)
{
  Data *data = pointer;

  reg_session_free (data->session);
  g_free (data->fold);
  g_free (data);
}

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

GTimeZone *
reg_session_row_dup_time_zone (RegWorkspace *workspace)
{
  const RegSite *site = reg_workspace_get_site (workspace);
  GTimeZone *zone =
      site != NULL && site->time_zone != NULL ? g_time_zone_new_identifier (site->time_zone) : NULL;

  return zone != NULL ? zone : g_time_zone_new_utc ();
}

RegSessionAge
reg_session_row_get_age (const RegSession *session, GTimeZone *time_zone)
{
  if (!reg_session_is_past (session, get_now ()))
    return REG_SESSION_AHEAD;
  return reg_session_is_open (session, get_now (), time_zone) ? REG_SESSION_RECENT
                                                              : REG_SESSION_OLD;
}

const char *
reg_session_row_get_age_label (RegSessionAge age)
{
  switch (age)
    {
    case REG_SESSION_AHEAD:
      return _ ("Upcoming");
    case REG_SESSION_RECENT:
      return _ ("Past, within 90 days");
    case REG_SESSION_OLD:
      return _ ("Past, more than 90 days ago");
    }
  g_return_val_if_reached ("");
}

static int
compare_sessions (gconstpointer a, gconstpointer b, gpointer data)
{
  const RegSession *x = *(RegSession *const *)a, *y = *(RegSession *const *)b;
  RegSessionAge age_x = reg_session_row_get_age (x, data);
  RegSessionAge age_y = reg_session_row_get_age (y, data);
  int order = x->starts_at < y->starts_at ? -1 : x->starts_at > y->starts_at;

  if (age_x != age_y)
    return (int)age_x - (int)age_y;
  return age_x == REG_SESSION_AHEAD ? order : -order;
}

void
reg_session_row_sort (GPtrArray *sessions, GTimeZone *time_zone)
{
  g_ptr_array_sort_with_data (sessions, compare_sessions, time_zone);
}

/* "2026-12-02, 09:00–16:00", or with two days where it takes longer */
static char *
dup_when (const RegSession *session, GTimeZone *time_zone)
{
  g_autoptr (GDateTime) start_utc = g_date_time_new_from_unix_utc (session->starts_at);
  g_autoptr (GDateTime) end_utc = g_date_time_new_from_unix_utc (session->ends_at);
  g_autoptr (GDateTime) start = NULL, end = NULL;
  g_autofree char *from = NULL, *to = NULL;
  gboolean same_day;

  if (start_utc == NULL || end_utc == NULL)
    return g_strdup ("");
  start = g_date_time_to_timezone (start_utc, time_zone);
  end = g_date_time_to_timezone (end_utc, time_zone);
  same_day = g_date_time_get_day_of_year (start) == g_date_time_get_day_of_year (end)
             && g_date_time_get_year (start) == g_date_time_get_year (end);
  from = g_date_time_format (start, "%Y-%m-%d, %H:%M");
  to = g_date_time_format (end, same_day ? "%H:%M" : "%Y-%m-%d, %H:%M");
  return g_strdup_printf (same_day ? "%s–%s" : "%s – %s", from, to);
}

static char *
dup_seats (const RegSession *session, gboolean show_left)
{
  int left = MAX (0, session->seats - session->taken);

  if (session->seats == 0)
    return g_strdup_printf (
        ngettext ("%'d seat taken, no limit", "%'d seats taken, no limit", session->taken),
        session->taken);
  if (!show_left)
    return g_strdup_printf (_ ("%'d of %'d seats taken"), session->taken, session->seats);
  if (left == 0)
    return g_strdup (_ ("No seat left"));
  return g_strdup_printf (_ ("%'d of %'d seats left"), left, session->seats);
}

/* "Ended 12 days ago" */
static char *
dup_age (const RegSession *session, RegSessionAge age, GTimeZone *time_zone)
{
  gint64 days = reg_session_get_days_past (session, get_now (), time_zone);

  if (age != REG_SESSION_AHEAD)
    return days <= 0 ? g_strdup (_ ("Ended today"))
                     : g_strdup_printf (ngettext ("Ended %" PRIi64 " day ago",
                                                  "Ended %" PRIi64 " days ago", (gulong)days),
                                        days);
  if (days >= 0)
    return g_strdup (_ ("Today"));
  return g_strdup_printf (ngettext ("In %" PRIi64 " day", "In %" PRIi64 " days", (gulong)-days),
                          -days);
}

static void
add_mark (GtkWidget *row, const char *text, RegSessionAge age)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (text);

  if (age != REG_SESSION_AHEAD)
    {
      GtkWidget *icon = gtk_image_new_from_icon_name ("document-open-recent-symbolic");

      gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ ("Past"), -1);
      gtk_box_append (GTK_BOX (box), icon);
      gtk_widget_add_css_class (box, "reg-past");
    }
  else
    {
      gtk_widget_add_css_class (label, "dim-label");
    }
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), box);
}

/**
 * reg_session_row_new:
 * @session: copied
 * @time_zone: the site's
 * @show_left: whether it says how many seats are left, and not how many are taken
 *
 * Returns: (transfer floating): an AdwActionRow
 */
GtkWidget *
reg_session_row_new (const RegSession *session, GTimeZone *time_zone, gboolean show_left)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *when = dup_when (session, time_zone);
  g_autofree char *seats = dup_seats (session, show_left);
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", when, seats);
  g_autofree char *text = g_strdup_printf ("%s %s", session->place, when);
  Data *data = g_new0 (Data, 1);
  g_autofree char *mark = NULL;

  data->session = reg_session_copy (session);
  data->age = reg_session_row_get_age (session, time_zone);
  data->fold = reg_text_fold (text, -1);
  g_object_set_data_full (G_OBJECT (row), DATA_KEY, data, data_free);
  mark = dup_age (session, data->age, time_zone);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 *session->place != '\0' ? session->place : _ ("Session"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  add_mark (row, mark, data->age);
  return row;
}

const RegSession *
reg_session_row_get (GtkWidget *row)
{
  return ((Data *)g_object_get_data (G_OBJECT (row), DATA_KEY))->session;
}

gboolean
reg_session_row_matches (GtkWidget *row, const char *search)
{
  const Data *data = g_object_get_data (G_OBJECT (row), DATA_KEY);
  g_autofree char *fold = reg_text_fold (search, -1);
  g_auto (GStrv) words = g_strsplit (fold, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (data->fold, words[i]) == NULL)
      return FALSE;
  return TRUE;
}

void
reg_session_row_update_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  const Data *own = g_object_get_data (G_OBJECT (row), DATA_KEY);
  const Data *last = before != NULL ? g_object_get_data (G_OBJECT (before), DATA_KEY) : NULL;
  GtkWidget *label;

  if (last != NULL && last->age == own->age)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (reg_session_row_get_age_label (own->age));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "reg-list-heading");
  gtk_list_box_row_set_header (row, label);
}
