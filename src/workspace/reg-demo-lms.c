/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-workspace"

#include "workspace/reg-demo-lms.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <signal.h>

#define PROGRAM "registrar-sandbox"

struct _RegDemoLms
{
  GObject parent_instance;

  GSubprocess *process;
  char *url;
  char *token;
};

G_DEFINE_FINAL_TYPE (RegDemoLms, reg_demo_lms, G_TYPE_OBJECT)

/* Beside this program, in the build tree's folder for it, or installed. */
static char *
find_program (void)
{
  g_autofree char *own = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = own != NULL ? g_path_get_dirname (own) : g_strdup (".");
  char *places[] = { g_build_filename (folder, PROGRAM, NULL),
                     g_build_filename (folder, "..", "sandbox", PROGRAM, NULL),
                     g_build_filename (folder, "..", "libexec", PROGRAM, NULL) };
  char *found = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      if (found == NULL && g_file_test (places[i], G_FILE_TEST_IS_EXECUTABLE))
        found = g_steal_pointer (&places[i]);
      g_free (places[i]);
    }
  return found != NULL ? found : g_find_program_in_path (PROGRAM);
}

static gboolean
read_answer (RegDemoLms *self, const char *line, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object;

  if (!json_parser_load_from_data (parser, line, -1, error))
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           _ ("The demo LMS did not say where it is."));
      return FALSE;
    }
  object = json_node_get_object (json_parser_get_root (parser));
  self->url = g_strdup (json_object_get_string_member_with_default (object, "url", ""));
  self->token = g_strdup (json_object_get_string_member_with_default (object, "token", ""));
  return TRUE;
}

static void
on_line_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  RegDemoLms *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *line =
      g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, &error);

  if (line == NULL && error == NULL)
    error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED,
                                 _ ("The demo LMS could not be started."));
  if (error != NULL || !read_answer (self, line, &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_object_ref (self), g_object_unref);
}

static void
reg_demo_lms_finalize (GObject *object)
{
  RegDemoLms *self = REG_DEMO_LMS (object);

  if (self->process != NULL)
    g_subprocess_send_signal (self->process, SIGTERM);
  g_clear_object (&self->process);
  g_free (self->url);
  g_free (self->token);
  G_OBJECT_CLASS (reg_demo_lms_parent_class)->finalize (object);
}

static void
reg_demo_lms_class_init (RegDemoLmsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reg_demo_lms_finalize;
}

static void
reg_demo_lms_init (RegDemoLms *self)
{
}

/**
 * reg_demo_lms_start_async:
 *
 * Starts a sandbox with sample data. It ends with the object, and when this program ends.
 */
void
reg_demo_lms_start_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  RegDemoLms *self = g_object_new (REG_TYPE_DEMO_LMS, NULL);
  g_autofree char *program = find_program ();
  g_autoptr (GDataInputStream) lines = NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, reg_demo_lms_start_async);
  g_task_set_task_data (task, self, g_object_unref);
  if (program == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                               _ ("The program %s is missing. Install Registrar again."), PROGRAM);
      return;
    }
  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--port", "0",
                                    "--seed", "demo", "--exit-with-parent", NULL);
  if (self->process == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, cancellable, on_line_read_cb,
                                       g_steal_pointer (&task));
}

/**
 * reg_demo_lms_start_finish:
 *
 * Returns: (transfer full): the LMS, ready to be connected to
 */
RegDemoLms *
reg_demo_lms_start_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

const char *
reg_demo_lms_get_url (RegDemoLms *self)
{
  g_return_val_if_fail (REG_IS_DEMO_LMS (self), NULL);

  return self->url;
}

const char *
reg_demo_lms_get_token (RegDemoLms *self)
{
  g_return_val_if_fail (REG_IS_DEMO_LMS (self), NULL);

  return self->token;
}
