/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the request handlers share: the site, a request, and the reply to it. */
#pragma once

#include "base/reg-json-writer.h"
#include "rules/reg-operation.h"
#include "sandbox/reg-sandbox-db.h"
#include "sandbox/reg-sandbox-faults.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define REG_SANDBOX_MAX_OPERATIONS 500
#define REG_SANDBOX_PAGE_SIZE 5000
#define REG_SANDBOX_DEFAULT_PAGE 1000
#define REG_SANDBOX_MAX_BODY (8 * 1024 * 1024)

/**
 * RegSandboxSite:
 * @clock_offset: seconds the site's clock is ahead of the real one
 * @generation: changes when the database is a new one, so that old cursors are recognized
 */
typedef struct
{
  RegSandboxDb *db;
  RegSandboxFaults *faults;
  gint64 clock_offset;
  gint64 scheduled_at; /* when it last looked what it has to do by itself */
  gint64 actor_id;     /* whom the main token belongs to */
  char *token;
  char *name;
  char *time_zone;
  char *generation;
} RegSandboxSite;

gint64 reg_sandbox_site_now (const RegSandboxSite *self);

/**
 * RegSandboxRequest:
 * @ids: the numbers in the path, in order
 * @query: (nullable): parameters by name
 * @body: (nullable): the JSON object that was sent
 * @actor: who asks
 */
typedef struct
{
  gint64 ids[2];
  GHashTable *query;
  JsonObject *body;
  const RegUser *actor;
} RegSandboxRequest;

/**
 * RegSandboxReply:
 * @status: HTTP status
 * @content_type: (nullable): %NULL where there is no body
 * @body: the text so far
 * @allow: (nullable): the methods a 405 names
 * @retry_after: seconds, 0 for none
 */
typedef struct
{
  guint status;
  const char *content_type;
  GString *body;
  char *allow;
  guint retry_after;
} RegSandboxReply;

void reg_sandbox_reply_clear (RegSandboxReply *reply);
RegJsonWriter reg_sandbox_reply_begin (RegSandboxReply *reply);
void reg_sandbox_reply_problem (RegSandboxReply *reply,
                                guint status,
                                const char *code,
                                const char *format,
                                ...) G_GNUC_PRINTF (4, 5);
void reg_sandbox_reply_storage (RegSandboxReply *reply, GError *error);

/* Answers 404 where the site knows no such person or course. */
gboolean reg_sandbox_reply_has_enrollment (RegSandboxSite *site,
                                           const RegSandboxRequest *request,
                                           RegSandboxReply *reply,
                                           RegEnrollment **enrollment);

typedef void (*RegSandboxHandler) (RegSandboxSite *site,
                                   const RegSandboxRequest *request,
                                   RegSandboxReply *reply);

/* reg-sandbox-feed.c */
void reg_sandbox_get_site (RegSandboxSite *, const RegSandboxRequest *, RegSandboxReply *);
gboolean reg_sandbox_offers (RegSandboxSite *site, const RegOperation *operation);
gboolean reg_sandbox_is_instructor (RegSandboxDb *db, gint64 user_id, gint64 course_id);
void reg_sandbox_get_changes (RegSandboxSite *, const RegSandboxRequest *, RegSandboxReply *);
/* reg-sandbox-operations.c */
void reg_sandbox_post_operations (RegSandboxSite *, const RegSandboxRequest *, RegSandboxReply *);
void reg_sandbox_post_outcomes (RegSandboxSite *, const RegSandboxRequest *, RegSandboxReply *);
/* reg-sandbox-reads.c */
void reg_sandbox_get_history (RegSandboxSite *, const RegSandboxRequest *, RegSandboxReply *);
void reg_sandbox_get_chapters (RegSandboxSite *, const RegSandboxRequest *, RegSandboxReply *);
void reg_sandbox_get_quiz (RegSandboxSite *, const RegSandboxRequest *, RegSandboxReply *);
void reg_sandbox_get_activity (RegSandboxSite *, const RegSandboxRequest *, RegSandboxReply *);
void reg_sandbox_get_certificate (RegSandboxSite *, const RegSandboxRequest *, RegSandboxReply *);
/* reg-sandbox-control.c */
void reg_sandbox_get_mailbox (RegSandboxSite *, const RegSandboxRequest *, RegSandboxReply *);
void reg_sandbox_delete_mailbox (RegSandboxSite *, const RegSandboxRequest *, RegSandboxReply *);
void reg_sandbox_get_clock (RegSandboxSite *, const RegSandboxRequest *, RegSandboxReply *);
void reg_sandbox_post_clock (RegSandboxSite *, const RegSandboxRequest *, RegSandboxReply *);
void reg_sandbox_get_log (RegSandboxSite *, const RegSandboxRequest *, RegSandboxReply *);
void reg_sandbox_post_learn (RegSandboxSite *, const RegSandboxRequest *, RegSandboxReply *);
void reg_sandbox_post_settings (RegSandboxSite *, const RegSandboxRequest *, RegSandboxReply *);
void reg_sandbox_post_tokens (RegSandboxSite *, const RegSandboxRequest *, RegSandboxReply *);

/* reg-sandbox-effects.c: keeps what hangs on a changed row in step with it. */
void reg_sandbox_store_effects (RegSandboxSite *site,
                                const char *event,
                                const RegUser *actor,
                                const RegEnrollment *before,
                                RegEnrollment *after,
                                gboolean forget,
                                const char *detail);

/* reg-sandbox-schedule.c */
gboolean reg_sandbox_run_schedule (RegSandboxSite *site, GError **error);
gboolean reg_sandbox_run_daily_schedule (RegSandboxSite *site, GError **error);

/* reg-sandbox-people.c */
void reg_sandbox_find_same (RegSandboxDb *db,
                            const RegUser *user,
                            const RegParams *params,
                            RegUser **same_email,
                            RegUser **same_employee_id);
RegReason reg_sandbox_check_references (RegSandboxDb *db,
                                        const RegSubject *subject,
                                        const RegParams *params,
                                        char **sentence);

/* reg-sandbox-licenses.c */
void reg_sandbox_forget_access (RegSandboxDb *db, const RegEnrollment *enrollment);
/* Ids of the courses a user has access to. */
GArray *reg_sandbox_list_courses (RegSandboxDb *db, gint64 user_id);
gboolean reg_sandbox_is_accessed (RegSandboxDb *db, const RegEnrollment *enrollment);
RegReason reg_sandbox_move_licenses (RegSandboxDb *db, gint64 user_id, int direction);

G_END_DECLS
