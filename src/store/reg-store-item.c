/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-store-item-private.h"

/* sessions: (nullable): for an instructor-led course; their seats change as the step goes on. */
typedef struct
{
  GPtrArray *sessions;
  gboolean actor_is_instructor;
} Teaching;

static void
pool_free (gpointer data)
{
  if (data != NULL)
    reg_license_pool_free (data);
}

static gboolean
read_pool (RegStoreItems *self, gint64 id, RegLicensePool **pool, GError **error)
{
  sqlite3_stmt *stmt =
      reg_store_db_prepare (self->transaction->db, REG_SQL_POOLS "WHERE pool.id = ?1", error);
  gboolean row;

  *pool = NULL;
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, id);
  if (!reg_store_db_step (self->transaction->db, stmt, &row, error))
    return FALSE;
  if (row)
    {
      *pool = g_new0 (RegLicensePool, 1);
      reg_store_read_pool (stmt, 0, *pool);
      sqlite3_reset (stmt);
    }
  return TRUE;
}

gboolean
reg_store_items_get_pool (gpointer data, gint64 id, RegLicensePool **pool, GError **error)
{
  RegStoreItems *self = data;
  gpointer known;

  *pool = NULL;
  if (id == 0)
    return TRUE;
  if (g_hash_table_lookup_extended (self->pools, &id, NULL, &known))
    {
      *pool = known;
      return TRUE;
    }
  if (!read_pool (self, id, pool, error))
    return FALSE;
  g_hash_table_insert (self->pools, g_memdup2 (&id, sizeof id), *pool);
  return TRUE;
}

static void
teaching_free (gpointer data)
{
  Teaching *teaching = data;

  g_clear_pointer (&teaching->sessions, g_ptr_array_unref);
  g_free (teaching);
}

static gboolean
get_teaching (RegStoreItems *self,
              const RegCourse *course,
              const Teaching **teaching,
              GError **error)
{
  Teaching *found = g_hash_table_lookup (self->teaching, &course->id);

  *teaching = found;
  if (found != NULL)
    return TRUE;
  *teaching = found = g_new0 (Teaching, 1);
  g_hash_table_insert (self->teaching, g_memdup2 (&course->id, sizeof course->id), found);
  if (course->kind == REG_COURSE_ILT
      && (found->sessions = reg_store_read_sessions (self->transaction->db, course->id, error))
             == NULL)
    return FALSE;
  return reg_store_is_instructor (self->transaction, self->step->actor_id, course->id,
                                  &found->actor_is_instructor, error);
}

void
reg_store_items_note_made (RegStoreItems *self, const RegStoreItem *item)
{
  gsize index = (gsize)(item->target - self->step->targets);

  if (self->made == NULL)
    self->made = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_hash_table_insert (self->made, GSIZE_TO_POINTER (index + 1),
                       g_memdup2 (&item->user_id, sizeof item->user_id));
}

/* A target of somebody whom an earlier one made; G_MININT64 where that one was refused. */
static gint64
find_made (RegStoreItems *self, gsize place)
{
  const gint64 *id =
      self->made != NULL ? g_hash_table_lookup (self->made, GSIZE_TO_POINTER (place)) : NULL;

  return id != NULL ? *id : G_MININT64;
}

/* (transfer full) (nullable): the parameters with a manager whom an earlier target made; NULL where
 * that one was refused */
static RegParams *
dup_params_with_manager (RegStoreItems *self, const RegStepTarget *target)
{
  gint64 manager = find_made (self, target->manager_made_by);
  RegParams *params;

  if (manager == G_MININT64)
    return NULL;
  params = target->params != NULL ? reg_params_copy (target->params) : reg_params_new ();
  reg_params_set_int64 (params, "manager_id", manager);
  return params;
}

static gboolean
load_course_item (RegStoreItems *self, RegStoreItem *item, RegReason *reason, GError **error)
{
  if (!reg_store_load_course (self->transaction, item->target->course_id, &item->edited_course,
                              error))
    return FALSE;
  *reason = item->edited_course != NULL ? REG_REASON_NONE : REG_REASON_COURSE_UNKNOWN;
  item->subject = (RegSubject){ .course = item->edited_course,
                                .edited_course = item->edited_course,
                                .actor_id = self->step->actor_id,
                                .actor_role = self->step->actor_role,
                                .now = self->step->now };
  return TRUE;
}

static gboolean
load_user (RegStoreItems *self, RegStoreItem *item, GError **error)
{
  if (item->target->made_by != 0)
    item->user_id = find_made (self, item->target->made_by);
  if (item->operation->creates)
    {
      item->user = (RegUser){ .email = g_strdup (""),
                              .employee_id = g_strdup (""),
                              .given_name = g_strdup (""),
                              .family_name = g_strdup (""),
                              .labels = g_strdup ("") };
      item->user_found = TRUE;
    }
  else if (!reg_store_resolve_user (self->transaction, &item->user_id, error)
           || !reg_store_load_user (self->transaction, item->user_id, &item->user,
                                    &item->user_found, error))
    {
      return FALSE;
    }
  return !item->user_found
         || reg_store_find_same (self->transaction, &item->user, item->params, &item->same_email,
                                 &item->same_employee_id, error);
}

static gboolean
load_preset_item (RegStoreItems *self, RegStoreItem *item, RegReason *reason, GError **error)
{
  *reason = REG_REASON_NONE;
  if (!reg_store_load_preset (self->transaction, -item->target->course_id, &item->preset, error))
    return FALSE;
  item->subject = (RegSubject){ .preset = item->preset,
                                .actor_id = self->step->actor_id,
                                .actor_role = self->step->actor_role,
                                .now = self->step->now };
  return TRUE;
}

static gboolean
load_item (RegStoreItems *self, RegStoreItem *item, RegReason *reason, GError **error)
{
  const RegStepTarget *target = item->target;
  const RegCourse *course = NULL;
  const Teaching *teaching = NULL;
  RegLicensePool *pool = NULL;

  if (item->operation->target == REG_TARGET_COURSE)
    return load_course_item (self, item, reason, error);
  if (self->step->operation->target == REG_TARGET_PRESET)
    return load_preset_item (self, item, reason, error);
  *reason = REG_REASON_NONE;
  if (!load_user (self, item, error))
    return FALSE;
  if (!item->user_found)
    *reason = REG_REASON_USER_UNKNOWN;
  if (item->operation->target == REG_TARGET_ENROLLMENT)
    {
      if (!reg_store_transaction_get_course (self->transaction, target->course_id, &course, error))
        return FALSE;
      if (course == NULL && *reason == REG_REASON_NONE)
        *reason = REG_REASON_COURSE_UNKNOWN;
      if (course != NULL
          && (!reg_store_items_get_pool (self, course->pool_id, &pool, error)
              || !get_teaching (self, course, &teaching, error)))
        return FALSE;
      if (!reg_store_load_enrollment (self->transaction, item->user_id, target->course_id,
                                      &item->enrollment, error))
        return FALSE;
    }
  item->subject =
      (RegSubject){ .user = &item->user,
                    .course = course,
                    .enrollment = course != NULL ? &item->enrollment : NULL,
                    .pool = pool,
                    .sessions = teaching != NULL ? teaching->sessions : NULL,
                    .time_zone = self->time_zone,
                    .same_email = item->same_email.id != 0 ? &item->same_email : NULL,
                    .same_employee_id =
                        item->same_employee_id.id != 0 ? &item->same_employee_id : NULL,
                    .actor_id = self->step->actor_id,
                    .actor_role = self->step->actor_role,
                    .actor_is_instructor = teaching != NULL && teaching->actor_is_instructor,
                    .now = self->step->now };
  return TRUE;
}

void
reg_store_items_init (RegStoreItems *self, RegStoreTransaction *transaction, const RegStep *step)
{
  *self = (RegStoreItems){
    .transaction = transaction,
    .step = step,
    .pools = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, pool_free),
    .teaching = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, teaching_free),
    .time_zone = reg_store_read_time_zone (transaction->db),
  };
}

void
reg_store_items_clear (RegStoreItems *self)
{
  g_clear_pointer (&self->pools, g_hash_table_unref);
  g_clear_pointer (&self->teaching, g_hash_table_unref);
  g_clear_pointer (&self->made, g_hash_table_unref);
  g_clear_pointer (&self->time_zone, g_time_zone_unref);
}

gboolean
reg_store_items_load (RegStoreItems *self,
                      const RegStepTarget *target,
                      RegStoreItem *item,
                      RegReason *reason,
                      GError **error)
{
  const RegStep *step = self->step;

  *item =
      (RegStoreItem){ .target = target,
                      .user_id = target->user_id,
                      .operation = target->operation != NULL ? target->operation : step->operation,
                      .params = target->params != NULL ? target->params : step->params };
  if (target->manager_made_by != 0
      && (item->own_params = dup_params_with_manager (self, target)) != NULL)
    item->params = item->own_params;
  return load_item (self, item, reason, error);
}

void
reg_store_item_clear (RegStoreItem *self)
{
  g_clear_pointer (&self->own_params, reg_params_free);
  reg_user_clear (&self->user);
  g_clear_pointer (&self->preset, reg_preset_free);
  g_clear_pointer (&self->edited_course, reg_course_free);
  reg_user_clear (&self->same_email);
  reg_user_clear (&self->same_employee_id);
}

gint64
reg_store_pick_user_id (const RegOperation *operation, gint64 user_id)
{
  return operation->target == REG_TARGET_COURSE || operation->target == REG_TARGET_PRESET ? 0
                                                                                          : user_id;
}

gint64
reg_store_pick_course_id (const RegOperation *operation, gint64 course_id)
{
  return operation->target == REG_TARGET_USER ? 0 : course_id;
}

gint64
reg_store_item_get_revision (const RegStoreItem *self)
{
  switch (self->operation->target)
    {
    case REG_TARGET_USER:
      return self->user.revision;
    case REG_TARGET_ENROLLMENT:
      return self->enrollment.revision;
    case REG_TARGET_COURSE:
      return self->edited_course->revision;
    case REG_TARGET_PRESET:
      return self->preset->revision;
    }
  g_return_val_if_reached (0);
}
