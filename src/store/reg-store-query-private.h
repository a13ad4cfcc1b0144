/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of queries share. All with the reader's lock held. */
#pragma once

#include "store/reg-store-private.h"
#include "store/reg-store-query.h"
#include "store/reg-user-index.h"

G_BEGIN_DECLS

/* Courses are few: kind and place in the order of titles, by id. */
typedef struct
{
  GHashTable *courses; /* id → RegCoursePlace */
} RegCoursePlaces;

typedef struct
{
  gint64 id;
  guint32 place;
  RegCourseKind kind;
  char *fold; /* title and code, as they are searched */
} RegCoursePlace;

RegCoursePlaces *reg_course_places_new (RegStoreDb *db, GError **error);
void reg_course_places_free (RegCoursePlaces *self);
const RegCoursePlace *reg_course_places_get (RegCoursePlaces *self, gint64 id);

gboolean reg_store_next_row (RegStoreDb *db, sqlite3_stmt *stmt, gboolean *ok, GError **error);
GPtrArray *reg_store_read_courses (RegStoreDb *db, GError **error);
GPtrArray *reg_store_read_pools (RegStoreDb *db, GError **error);
gboolean reg_text_has_words (const char *fold, const char *search);
gboolean reg_course_has_words (const RegCourse *course, const char *search);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegCoursePlaces, reg_course_places_free)

G_END_DECLS
