/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/reg-enrollment.h"
#include "model/reg-params.h"
#include "model/reg-site.h"
#include "model/reg-user.h"

static void
test_enrollment_id (void)
{
  static const gint64 users[] = { 1, 7, 1000000, -1, -500, (G_GINT64_CONSTANT (1) << 39) - 1 };
  static const gint64 courses[] = { 1, 3, 10000, (1 << 22) };

  for (guint i = 0; i < G_N_ELEMENTS (users); i++)
    for (guint k = 0; k < G_N_ELEMENTS (courses); k++)
      {
        gint64 id = reg_enrollment_id (users[i], courses[k]);

        g_assert_cmpint (reg_enrollment_id_get_user (id), ==, users[i]);
        g_assert_cmpint (reg_enrollment_id_get_course (id), ==, courses[k]);
        g_assert_cmpint (id, >=, courses[k] << REG_USER_ID_BITS);
        g_assert_cmpint (id, <, (courses[k] + 1) << REG_USER_ID_BITS);
      }
}

static void
test_params (void)
{
  g_autoptr (RegParams) params = reg_params_new ();
  g_autoptr (RegParams) back = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  reg_params_set (params, "message", "it's \"x\"\n\\ {'a': 'b'} 李");
  reg_params_set (params, "due_date", "2026-12-31");
  reg_params_set_int64 (params, "n", -5);
  reg_params_set (params, "due_date", "2027-01-01");
  reg_params_set (params, "gone", "1");
  reg_params_set (params, "gone", NULL);
  text = reg_params_to_text (params);
  back = reg_params_new_from_text (text, &error);
  g_assert_no_error (error);
  g_assert_true (reg_params_equal (params, back));
  g_assert_cmpint (reg_params_get_int64 (back, "n"), ==, -5);
  g_assert_cmpstr (reg_params_get_key (back, 0), ==, "due_date");
  g_assert_null (reg_params_get (back, "gone"));
  g_assert_null (reg_params_new_from_text ("{1:2}", &error));
  g_assert_nonnull (error);
}

static void
test_site (void)
{
  static const char *const operations[] = { "assign", "archive", NULL };
  g_autoptr (RegSite) site = reg_site_new ();
  g_autoptr (RegSite) back = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_free (site->name);
  site->name = g_strdup ("Ünïversity; a=b\n[x]");
  g_strfreev (site->operations);
  site->operations = g_strdupv ((char **)operations);
  site->actor_role = REG_ROLE_MANAGER;
  text = reg_site_to_text (site);
  back = reg_site_new_from_text (text, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (back->name, ==, site->name);
  g_assert_cmpint (back->actor_role, ==, REG_ROLE_MANAGER);
  g_assert_true (reg_site_can (back, "archive"));
  g_assert_false (reg_site_can (back, "reassign"));
  g_assert_false (reg_site_can (NULL, "archive"));
}

static void
test_user (void)
{
  g_autoptr (RegUser) user = reg_user_new ();
  g_autoptr (RegUser) copy = NULL;
  g_autofree char *name = NULL;

  user->labels = (g_free (user->labels), g_strdup (",3,17,"));
  g_assert_true (reg_user_has_label (user, 17));
  g_assert_false (reg_user_has_label (user, 1));
  user->email = (g_free (user->email), g_strdup ("x@y.org"));
  name = reg_user_dup_name (user);
  g_assert_cmpstr (name, ==, "x@y.org");
  copy = reg_user_copy (user);
  g_assert_true (reg_user_equal (user, copy));
  copy->state = REG_USER_STATE_ARCHIVED;
  g_assert_false (reg_user_equal (user, copy));
}

static void
test_nicks (void)
{
  RegRole role = REG_ROLE_LEARNER;
  RegSeat seat;

  g_assert_true (reg_role_from_nick ("primary-admin!", 13, &role));
  g_assert_cmpint (role, ==, REG_ROLE_PRIMARY_ADMIN);
  g_assert_false (reg_role_from_nick ("primary", -1, &role));
  g_assert_false (reg_role_from_nick (NULL, -1, &role));
  g_assert_true (reg_seat_from_nick (reg_seat_to_nick (REG_SEAT_NO_SHOW), -1, &seat));
  g_assert_cmpint (seat, ==, REG_SEAT_NO_SHOW);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/enrollment/id", test_enrollment_id);
  g_test_add_func ("/model/params", test_params);
  g_test_add_func ("/model/site", test_site);
  g_test_add_func ("/model/user", test_user);
  g_test_add_func ("/model/nicks", test_nicks);
  return g_test_run ();
}
