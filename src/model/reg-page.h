/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/reg-course.h"
#include "model/reg-enrollment.h"
#include "model/reg-label.h"
#include "model/reg-license-pool.h"
#include "model/reg-session.h"
#include "model/reg-user.h"

G_BEGIN_DECLS

/* A row the LMS no longer shows. kind: "user", "course", "session", "label", "enrollment", "pool".
 */
typedef struct
{
  const char *kind;
  gint64 id; /* 0 for an enrollment */
  gint64 user_id;
  gint64 course_id;
} RegTombstone;

/* A row kept whole as JSON because nothing queries its fields: kind "attempt", "certificate" or
 * "preset". Strings point into the page's text. */
typedef struct
{
  const char *kind;
  gint64 id;
  gint64 revision;
  gint64 user_id;
  gint64 course_id;
  const char *json;
  gsize json_len;
} RegDocument;

/**
 * RegPage:
 * @users: (element-type RegUser): by value; their strings point into @text or are static
 * @cursor: where the next page begins
 * @more: whether there is one
 *
 * One page of changed rows, read in place: the records' strings live as long as the page and must
 * not be freed one by one. Records in it may therefore not be passed to reg_user_clear ().
 */
typedef struct
{
  GBytes *bytes;
  char *text;
  GArray *users;
  GArray *courses;
  GArray *sessions;
  GArray *labels;
  GArray *enrollments;
  GArray *pools;
  GArray *documents;
  GArray *tombstones;
  GStringChunk *strings;
  char *cursor;
  gboolean more;
} RegPage;

RegPage *reg_page_new (void);
void reg_page_free (RegPage *self);
gsize reg_page_get_n_rows (const RegPage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegPage, reg_page_free)

G_END_DECLS
