/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Training records that nobody works with any more, over all people: what was archived, and what
 * the LMS deleted because of a change made here, of which this computer keeps a copy. */
#pragma once

#include "rules/reg-operation.h"
#include "store/reg-id-list.h"
#include "store/reg-store.h"

G_BEGIN_DECLS

/* Bits of what is looked for. */
typedef enum
{
  REG_RECORDS_ARCHIVED = 1 << 0,
  REG_RECORDS_REMOVED = 1 << 1,
  REG_RECORDS_ALL = REG_RECORDS_ARCHIVED | REG_RECORDS_REMOVED,
} RegRecords;

/**
 * RegRecordRow:
 * @is_removed: whether the LMS has it no more
 * @removed_by: (nullable): the operation that removed it
 * @removed_at: unix seconds, 0 for what is archived; all times are
 * @user_name: as it was, where it was removed; so are the e-mail or employee ID and the title
 * @status: how far the person was, in words
 *
 * One assignment of a course to a person.
 */
typedef struct
{
  gboolean is_removed;
  const RegOperation *removed_by;
  gint64 removed_at;
  gint64 user_id;
  gint64 course_id;
  char *user_name;
  char *user_email;
  char *course_title;
  char *status;
  int attempt;
  int progress;
  gint64 assigned_at;
  gint64 completed_at;
  gint64 certificate_at;
} RegRecordRow;

void reg_record_row_free (RegRecordRow *self);
/* Why it is among the records, translated. */
const char *reg_record_row_get_kind (const RegRecordRow *self);

/* (transfer full) (nullable): what was removed, the last first, then what is archived, by name.
 * search: (nullable): words of names, e-mail, employee ID and title. */
RegIdList *reg_store_query_records (RegStore *self,
                                    RegRecords which,
                                    const char *search,
                                    GCancellable *cancellable,
                                    GError **error);
/* One row per id, in the order asked; NULL in the place of an id that is gone. */
GPtrArray *reg_store_get_record_rows (RegStore *self, const gint64 *ids, gsize n, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegRecordRow, reg_record_row_free)

G_END_DECLS
