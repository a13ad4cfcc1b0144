/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-lms"

#include "lms/reg-lms.h"

#include "lms/registrar/reg-registrar-lms.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  GThread *thread;
  guint retry_after;
} RegLmsPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (RegLms, reg_lms, G_TYPE_OBJECT)

static void
reg_lms_class_init (RegLmsClass *klass)
{
}

static void
reg_lms_init (RegLms *self)
{
  RegLmsPrivate *priv = reg_lms_get_instance_private (self);

  priv->thread = g_thread_self ();
}

/* Every verb comes through here: the thread that made the connector is the one that uses it. */
static gboolean
begin (RegLms *self)
{
  RegLmsPrivate *priv = reg_lms_get_instance_private (self);

  priv->retry_after = 0;
  return priv->thread == g_thread_self ();
}

static gboolean
check_supported (gboolean supported, GError **error)
{
  if (!supported)
    g_set_error_literal (error, REG_LMS_ERROR, REG_LMS_ERROR_UNSUPPORTED,
                         _ ("This LMS does not offer that."));
  return supported;
}

/**
 * reg_lms_describe:
 *
 * Returns: (transfer full): what the LMS says of itself and of the account; %NULL on error
 */
RegSite *
reg_lms_describe (RegLms *self, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (begin (self), NULL);
  if (!check_supported (REG_LMS_GET_CLASS (self)->describe != NULL, error))
    return NULL;
  return REG_LMS_GET_CLASS (self)->describe (self, cancellable, error);
}

/**
 * reg_lms_pull:
 * @cursor: (nullable): where the last page ended; %NULL or "" for everything
 * @limit: how many rows at most
 *
 * Returns: (transfer full): one page of what changed after @cursor; %NULL on error.
 *   REG_LMS_ERROR_REFUSED with a cursor means that the LMS does not know it any more
 */
RegPage *
reg_lms_pull (RegLms *self,
              const char *cursor,
              guint limit,
              GCancellable *cancellable,
              GError **error)
{
  g_return_val_if_fail (begin (self), NULL);
  if (!check_supported (REG_LMS_GET_CLASS (self)->pull != NULL, error))
    return NULL;
  return REG_LMS_GET_CLASS (self)->pull (self, cursor, limit, cancellable, error);
}

/**
 * reg_lms_push:
 * @changes: (element-type RegChange): at most RegSite.max_operations
 *
 * Returns: (transfer full) (element-type RegLmsResult): one per change, in any order; %NULL on
 *   error. After REG_LMS_ERROR_UNREACHABLE, _GARBLED and G_IO_ERROR_CANCELLED nobody knows whether
 *   the changes were applied
 */
GPtrArray *
reg_lms_push (RegLms *self, GPtrArray *changes, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (begin (self), NULL);
  if (!check_supported (REG_LMS_GET_CLASS (self)->push != NULL, error))
    return NULL;
  return REG_LMS_GET_CLASS (self)->push (self, changes, cancellable, error);
}

/**
 * reg_lms_ask:
 * @changes: (element-type RegChange): at most RegSite.max_operations
 *
 * Returns: (transfer full) (element-type RegLmsResult): what became of each; %NULL on error
 */
GPtrArray *
reg_lms_ask (RegLms *self, GPtrArray *changes, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (begin (self), NULL);
  if (!check_supported (REG_LMS_GET_CLASS (self)->ask != NULL, error))
    return NULL;
  return REG_LMS_GET_CLASS (self)->ask (self, changes, cancellable, error);
}

/**
 * reg_lms_read:
 * @what: "history", "chapters", "quiz" or "activity" of one enrollment, or "certificate/ID"
 *
 * Returns: (transfer full): JSON, or a PDF for a certificate; %NULL on error
 */
GBytes *
reg_lms_read (RegLms *self,
              const char *what,
              gint64 user_id,
              gint64 course_id,
              GCancellable *cancellable,
              GError **error)
{
  g_return_val_if_fail (begin (self), NULL);
  if (!check_supported (REG_LMS_GET_CLASS (self)->read != NULL, error))
    return NULL;
  return REG_LMS_GET_CLASS (self)->read (self, what, user_id, course_id, cancellable, error);
}

guint
reg_lms_get_retry_after (RegLms *self)
{
  RegLmsPrivate *priv = reg_lms_get_instance_private (self);

  return priv->retry_after;
}

/* For connectors. */
void
reg_lms_set_retry_after (RegLms *self, guint seconds)
{
  RegLmsPrivate *priv = reg_lms_get_instance_private (self);

  priv->retry_after = seconds;
}

RegLmsResult *
reg_lms_result_new (const char *uuid, RegOutcomeKind kind)
{
  RegLmsResult *self = g_new0 (RegLmsResult, 1);

  self->uuid = g_strdup (uuid);
  self->kind = kind;
  return self;
}

void
reg_lms_result_free (RegLmsResult *self)
{
  if (self == NULL)
    return;
  g_free (self->uuid);
  g_free (self->code);
  g_free (self->sentence);
  g_clear_pointer (&self->server, reg_params_free);
  g_clear_pointer (&self->user, reg_user_free);
  g_clear_pointer (&self->enrollment, reg_enrollment_free);
  g_clear_pointer (&self->course, reg_course_free);
  g_free (self);
}

/**
 * reg_lms_new:
 * @kind: "registrar"
 * @url: base address of the LMS
 * @token: (nullable): kept in memory only and never logged
 *
 * Returns: (transfer full): a connector, nothing sent yet; %NULL with REG_LMS_ERROR_UNSUPPORTED for
 *   another kind, or REG_LMS_ERROR_REFUSED where the address is not to be used
 */
RegLms *
reg_lms_new (const char *kind, const char *url, const char *token, GError **error)
{
  if (strcmp (kind, "registrar") == 0)
    return reg_registrar_lms_new (url, token, error);
  if (strcmp (kind, "moodle") == 0)
    g_set_error_literal (error, REG_LMS_ERROR, REG_LMS_ERROR_UNSUPPORTED,
                         _ ("This version cannot connect to Moodle yet. It connects to an LMS "
                            "with the Registrar interface."));
  else
    g_set_error (error, REG_LMS_ERROR, REG_LMS_ERROR_UNSUPPORTED,
                 _ ("“%s” is not a kind of LMS this version knows. It knows “registrar”."), kind);
  return NULL;
}
