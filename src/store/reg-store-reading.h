/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of an enrollment beyond its row: what was read of it on demand, its attempts and
 * its certificates. */
#pragma once

#include "store/reg-store.h"

G_BEGIN_DECLS

gboolean reg_store_put_reading (RegStore *self,
                                gint64 user_id,
                                gint64 course_id,
                                const char *kind,
                                gint64 read_at,
                                const char *body,
                                gsize len,
                                GError **error);
/* *body: (transfer full) (nullable): NULL where it was never read */
gboolean reg_store_get_reading (RegStore *self,
                                gint64 user_id,
                                gint64 course_id,
                                const char *kind,
                                gint64 *read_at,
                                char **body,
                                GError **error);

/**
 * RegAttempt:
 * @ended_by: what ended it; "" for the one that goes on
 * @is_kept: whether its records were kept
 * @certificate_id: of the certificate issued for it, or 0; one that was removed does not count
 *
 * One assignment of a course to a person, from the beginning.
 */
typedef struct
{
  int number;
  gint64 assigned_at;
  gint64 started_at;
  int progress;
  gint64 completed_at;
  char *ended_by;
  gboolean is_kept;
  gint64 certificate_id;
  gint64 certificate_at;
} RegAttempt;

void reg_attempt_free (RegAttempt *self);

/* (element-type RegAttempt): newest first; the one that goes on, of which the enrollment tells, is
 * the first where the person is enrolled. */
GPtrArray *
reg_store_list_attempts (RegStore *self, gint64 user_id, gint64 course_id, GError **error);

/* The certificate of the most recent attempt that has one; 0 where there is none. */
gboolean reg_store_find_certificate (RegStore *self,
                                     gint64 user_id,
                                     gint64 course_id,
                                     gint64 *id,
                                     int *attempt,
                                     GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegAttempt, reg_attempt_free)

G_END_DECLS
