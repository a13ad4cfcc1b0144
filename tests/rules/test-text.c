/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/reg-text.h"

static void
test_fold (void)
{
  static const struct
  {
    const char *text, *folded;
  } cases[] = {
    { "Müller", "muller" }, { "Mu\xCC\x88ller", "muller" },
    { "ÉLODIE", "elodie" }, { "Große", "grosse" },
    { "Ёлкина", "елкина" }, { "李", "李" },
    { "a\tb", "a b" },      { "", "" },
    { "ﬁx", "fix" },        { "zero\xE2\x80\x8Bwidth", "zerowidth" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folded = reg_text_fold (cases[i].text, -1);

      g_assert_cmpstr (folded, ==, cases[i].folded);
    }
}

static void
test_email_key (void)
{
  static const struct
  {
    const char *email, *key;
  } cases[] = {
    { " Anna@Example.COM ", "anna@example.com" }, { "\xC2\xA0x@y.org\xE3\x80\x80", "x@y.org" },
    { "\xEF\xBB\xBFx@y.org", "x@y.org" },         { "x\xE2\x80\x8B@y.org", "x@y.org" },
    { "JÜRGEN@y.org", "jürgen@y.org" },           { "   ", "" },
  };
  char small[4];
  gsize n;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *key = reg_email_key (cases[i].email, -1);

      g_assert_cmpstr (key, ==, cases[i].key);
    }
  g_assert_false (reg_email_key_into ("abcdef", 6, small, sizeof small, &n));
}

static void
test_email_valid (void)
{
  static const char *const good[] = { "a@b.org", "o'brien.x+y@mail.example.net",
                                      "jürgen@bücher.de" };
  static const char *const bad[] = { "",          "a",        "a@",       "@b.org",   "a@@b.org",
                                     "a x@b.org", "a@b..com", "a@.b.org", "a@-b.org", "a@b.org,",
                                     "<a@b.org>", "a@b",      ".a@b.org", "a.@b.org", "a..b@c.org",
                                     "a@b-.org",  "a@b.org.", "a b@c.org" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (reg_email_is_valid (good[i], -1));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("%s", bad[i]);
      g_assert_false (reg_email_is_valid (bad[i], -1));
    }
}

static void
test_dates (void)
{
  g_autofree char *day = reg_date_from_time (1798761599, "UTC");
  g_autofree char *next = reg_date_from_time (1798761599, "Europe/Berlin");

  g_assert_true (reg_date_is_valid ("2028-02-29"));
  g_assert_false (reg_date_is_valid ("2027-02-29"));
  g_assert_false (reg_date_is_valid ("2027-2-29"));
  g_assert_false (reg_date_is_valid ("2027-02-2"));
  g_assert_false (reg_date_is_valid ("2027-02-28x"));
  g_assert_false (reg_date_is_valid (""));
  g_assert_cmpstr (day, ==, "2026-12-31");
  g_assert_cmpstr (next, ==, "2027-01-01");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/text/fold", test_fold);
  g_test_add_func ("/rules/text/email-key", test_email_key);
  g_test_add_func ("/rules/text/email-valid", test_email_valid);
  g_test_add_func ("/rules/text/dates", test_dates);
  return g_test_run ();
}
