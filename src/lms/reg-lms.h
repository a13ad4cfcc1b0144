/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the engine asks of an LMS: a handful of blocking, cancellable verbs.
 *
 * Threads: an instance belongs to the one thread that made it (the sync worker). */
#pragma once

#include "lms/reg-lms-error.h"
#include "model/reg-change.h"
#include "model/reg-page.h"
#include "model/reg-site.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define REG_TYPE_LMS (reg_lms_get_type ())
G_DECLARE_DERIVABLE_TYPE (RegLms, reg_lms, REG, LMS, GObject)

/* The LMS's answer to one change; see RegOutcome of the store for the fields' meaning. */
typedef struct
{
  char *uuid;
  RegOutcomeKind kind;
  char *code;
  char *sentence;
  RegParams *server;
  RegUser *user;
  RegEnrollment *enrollment;
  RegCourse *course;
} RegLmsResult;

RegLmsResult *reg_lms_result_new (const char *uuid, RegOutcomeKind kind);
void reg_lms_result_free (RegLmsResult *self);

/**
 * RegLmsClass:
 * @describe: the site and the account
 * @pull: one page of what changed after @cursor; NULL or "" for everything
 * @push: sends changes; answers one RegLmsResult per change, in any order
 * @ask: what became of changes whose answer was lost, by uuid; a result of kind
 *   REG_OUTCOME_UNKNOWN means the LMS never saw it
 * @read: an on-demand read ("history", "certificate", …); NULL where the LMS has none
 */
struct _RegLmsClass
{
  GObjectClass parent_class;

  RegSite *(*describe) (RegLms *self, GCancellable *cancellable, GError **error);
  RegPage *(*pull) (RegLms *self,
                    const char *cursor,
                    guint limit,
                    GCancellable *cancellable,
                    GError **error);
  GPtrArray *(*push) (RegLms *self, GPtrArray *changes, GCancellable *cancellable, GError **error);
  GPtrArray *(*ask) (RegLms *self, GPtrArray *changes, GCancellable *cancellable, GError **error);
  GBytes *(*read) (RegLms *self,
                   const char *what,
                   gint64 user_id,
                   gint64 course_id,
                   GCancellable *cancellable,
                   GError **error);

  gpointer padding[4];
};

RegSite *reg_lms_describe (RegLms *self, GCancellable *cancellable, GError **error);
RegPage *reg_lms_pull (RegLms *self,
                       const char *cursor,
                       guint limit,
                       GCancellable *cancellable,
                       GError **error);
GPtrArray *
reg_lms_push (RegLms *self, GPtrArray *changes, GCancellable *cancellable, GError **error);
GPtrArray *
reg_lms_ask (RegLms *self, GPtrArray *changes, GCancellable *cancellable, GError **error);
GBytes *reg_lms_read (RegLms *self,
                      const char *what,
                      gint64 user_id,
                      gint64 course_id,
                      GCancellable *cancellable,
                      GError **error);

/* Seconds the LMS asked to wait with its last REG_LMS_ERROR_BUSY; 0 for none. */
guint reg_lms_get_retry_after (RegLms *self);
void reg_lms_set_retry_after (RegLms *self, guint seconds);

/* kind: "registrar". token is kept in memory only and never logged. */
RegLms *reg_lms_new (const char *kind, const char *url, const char *token, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegLmsResult, reg_lms_result_free)

G_END_DECLS
