/* SPDX-License-Identifier: GPL-3.0-or-later */
/* docs/operations.md is the table of operations, written out. With --print this writes the page; as
 * a test it compares the page with the file. */
#include "rules/reg-operation.h"

#include <stdio.h>
#include <string.h>

static const char *const status_words[] = { "Not Enrolled",  "Not Started", "Started",
                                            "XX% Completed", "Enrolled",    "Completed",
                                            "Unenrolled" };
G_STATIC_ASSERT (G_N_ELEMENTS (status_words) == REG_N_STATUSES);

static void
append_bits (GString *page, const char *title, guint bits, guint n, const char *(*word) (guint))
{
  gboolean is_first = TRUE;

  g_string_append_printf (page, "| %s | ", title);
  for (guint i = 0; i < n; i++)
    if ((bits & 1u << i) != 0)
      {
        g_string_append_printf (page, "%s%s", is_first ? "" : ", ", word (i));
        is_first = FALSE;
      }
  g_string_append (page, " |\n");
}

static const char *
get_status_word (guint value)
{
  return status_words[value];
}

static const char *
get_state_word (guint value)
{
  return reg_user_state_to_nick ((RegUserState)value);
}

static const char *
get_role_word (guint value)
{
  return reg_role_to_nick ((RegRole)value);
}

static const char *
get_kind_word (guint value)
{
  return reg_course_kind_to_nick ((RegCourseKind)value);
}

static void
append_row (GString *page, const char *title, const char *text)
{
  if (text != NULL)
    g_string_append_printf (page, "| %s | %s |\n", title, text);
}

static const char *
get_confirm_text (const RegOperation *operation, RegConfirm confirm)
{
  switch (confirm)
    {
    case REG_CONFIRM_UNDO:
      return operation->choice != NULL ? "a dialog with the choice below; a toast with Undo"
                                       : "none; a toast with Undo";
    case REG_CONFIRM_DIALOG:
      return "a dialog with the warning and the count";
    case REG_CONFIRM_IRREVERSIBLE:
      return "a dialog with the warning, the count and a tick; for more than 20 the count is typed";
    }
  g_return_val_if_reached ("");
}

static const char *
get_counter_text (const char *counter)
{
  return counter != NULL ? counter : "not possible once it was sent";
}

static const char *
get_target_text (RegTarget target)
{
  switch (target)
    {
    case REG_TARGET_USER:
      return "a user";
    case REG_TARGET_ENROLLMENT:
      return "a user's enrollment in a course";
    case REG_TARGET_COURSE:
      return "a course";
    case REG_TARGET_PRESET:
      return "a preset";
    }
  g_return_val_if_reached ("");
}

static void
append_operation (GString *page, const RegOperation *operation)
{
  g_autofree char *params = g_strjoinv (", ", (char **)operation->param_keys);

  g_string_append_printf (page, "\n## %s: %s\n\n| | |\n|---|---|\n", operation->name,
                          operation->label);
  append_row (page, "About", get_target_text (operation->target));
  append_bits (page, "Who may", operation->roles, REG_N_ROLES, get_role_word);
  if (operation->target == REG_TARGET_USER || operation->target == REG_TARGET_ENROLLMENT)
    append_bits (page, "While the user is", operation->states, REG_N_USER_STATES, get_state_word);
  if (operation->target == REG_TARGET_ENROLLMENT)
    append_bits (page, "While the status is", operation->statuses, REG_N_STATUSES, get_status_word);
  if (operation->kinds != 0)
    append_bits (page, "In courses that are", operation->kinds, REG_N_COURSE_KINDS, get_kind_word);
  append_row (page, "What happens", operation->effect);
  append_row (page, "Asked before", get_confirm_text (operation, operation->confirm));
  append_row (page, "Warning", operation->warning);
  append_row (page, "Said beforehand", operation->notice);
  append_row (page, "Said of who is not enrolled", operation->not_enrolled);
  append_row (page, "Button", operation->proceed);
  append_row (page, "Parameters", *params != '\0' ? params : "none");
  append_row (page, "Taken back after the sync by", get_counter_text (operation->counter));
  if (operation->choice == NULL)
    return;
  append_row (page, "Choice, off at first", operation->choice->label);
  append_row (page, "… parameter", operation->choice->key);
  append_row (page, "… what happens", operation->choice->effect);
  append_row (page, "… asked before", get_confirm_text (operation, operation->choice->confirm));
  append_row (page, "… warning", operation->choice->warning);
  append_row (page, "… taken back after the sync by",
              get_counter_text (operation->choice->counter));
}

static void
append_menus (GString *page)
{
  g_string_append (page,
                   "\n## Menus\n\nOf an administrator; what follows the dash stands apart. An "
                   "entry that has nothing to do with a row, or with a course of its kind, is left "
                   "out of its menu.\n\n"
                   "| Status | Entries |\n|---|---|\n");
  for (guint status = 0; status < REG_N_STATUSES; status++)
    {
      g_autoptr (GPtrArray) menu =
          reg_operation_list_for_status ((RegStatus)status, REG_ROLE_BIT (REG_ROLE_ADMINISTRATOR));
      gboolean is_apart = FALSE;

      g_string_append_printf (page, "| %s | ", status_words[status]);
      for (guint i = 0; i < menu->len; i++)
        {
          const RegOperation *operation = g_ptr_array_index (menu, i);
          const char *between = i == 0 ? "" : operation->is_apart && !is_apart ? " — " : ", ";

          is_apart |= operation->is_apart;
          g_string_append_printf (page, "%s%s", between, operation->label);
        }
      g_string_append (page, " |\n");
    }
}

static char *
dup_page (void)
{
  GString *page = g_string_new (
      "# Operations\n\n"
      "The table of `src/rules`, written out by `tests/rules/test-operations-page --print`. A test "
      "compares this page with it.\n\n"
      "Everything can be undone until it was synced; what is said below is how it is taken back "
      "afterwards.\n");
  guint n;
  const RegOperation *const *all = reg_operation_list (&n);

  for (guint i = 0; i < n; i++)
    append_operation (page, all[i]);
  append_menus (page);
  return g_string_free (page, FALSE);
}

static void
test_page (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "docs", "operations.md", NULL);
  g_autofree char *page = dup_page ();
  g_autofree char *committed = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &committed, NULL, &error);
  g_assert_no_error (error);
  if (strcmp (committed, page) == 0)
    return;
  g_test_message ("docs/operations.md is not the table any more; --print writes it anew");
  g_test_fail ();
}

int
main (int argc, char **argv)
{
  if (argc == 2 && strcmp (argv[1], "--print") == 0)
    {
      g_autofree char *page = dup_page ();

      fputs (page, stdout);
      return 0;
    }
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/operations-page", test_page);
  return g_test_run ();
}
