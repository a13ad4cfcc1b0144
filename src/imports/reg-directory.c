/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Threads: filled and asked by one thread at a time. Looking up an id may build an index, so not
 * even reading is shared. */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-directory-private.h"
#include "imports/reg-directory-labels.h"
#include "imports/reg-text-table.h"

#include "base/reg-block.h"

#include "rules/reg-text.h"

#include <string.h>

#define MAX_EMPLOYEE_DIGITS 20
/* Nobody is found by a longer one; folded it may be thrice as long. */
#define MAX_EMAIL ((gsize)G_MAXUINT16 / 4)
/* So many slots, people and texts are waited for together. */
#define AT_ONCE 16
#define MAX_SHORT_KEY 320

typedef struct
{
  gint64 id;
  /* In the arena: key of the e-mail, employee ID, and the e-mail where it is not its own key. */
  guint32 texts;
  guint16 employee_id; /* so far behind the first text stands the second */
  guint16 state : 8;
  guint16 has_email : 1;    /* the third text is there */
  guint16 shares_email : 1; /* with users behind */
  guint16 shares_employee_id : 1;
} User;

/* Users by one of their texts; made when first asked. */
typedef struct
{
  RegTextSlots slots;
  guint32 n; /* of the first so many users */
} Keys;

struct _RegDirectory
{
  int ref_count;

  RegTextArena arena;
  User *users;
  guint32 n_users;
  guint32 n_users_allocated;
  Keys by_email;
  Keys by_employee;
  guint32 *by_id; /* the users in the order of their ids, where they do not stand in it */
  gboolean ids_ascend;
  GHashTable *team; /* (element-type gint64) */

  GArray *courses;         /* RegCourse */
  GHashTable *course_keys; /* folded text → index + 1, or SEVERAL */
  GHashTable *course_ids;  /* gint64 → index + 1 */
  GHashTable *pools;       /* gint64 → RegLicensePool */

  RegDirectoryLabels *labels;

  RegDirectoryVisit visit;
  gpointer visit_data;
  GDestroyNotify visit_destroy;

  RegDirectoryLoad load;
  gpointer load_data;
  GDestroyNotify load_destroy;
  guint32 loaded; /* the course whose enrollments are here */
  GArray *enrollments;
  guint32 *enrollment_of; /* by user: index into @enrollments + 1 */
  guint32 last_enrolled;  /* the user of the last one; REG_DIRECTORY_NONE + 1 is the first user */
};

/**
 * reg_directory_new:
 *
 * Returns: (transfer full): an empty directory
 */
RegDirectory *
reg_directory_new (void)
{
  RegDirectory *self = g_new0 (RegDirectory, 1);

  self->ref_count = 1;
  self->ids_ascend = TRUE;
  self->courses = g_array_new (FALSE, TRUE, sizeof (RegCourse));
  self->course_keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->course_ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->pools = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                       (GDestroyNotify)reg_license_pool_free);
  self->enrollments = g_array_new (FALSE, FALSE, sizeof (RegEnrollment));
  self->team = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->labels = reg_directory_labels_new ();
  self->loaded = REG_DIRECTORY_NONE;
  return self;
}

RegDirectory *
reg_directory_ref (RegDirectory *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
reg_directory_unref (RegDirectory *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  reg_directory_set_loader (self, NULL, NULL, NULL);
  reg_directory_set_people (self, NULL, NULL, NULL);
  reg_directory_labels_free (self->labels);
  for (guint i = 0; i < self->courses->len; i++)
    reg_course_clear (&g_array_index (self->courses, RegCourse, i));
  g_array_unref (self->courses);
  g_free (self->users);
  g_hash_table_unref (self->team);
  g_array_unref (self->enrollments);
  g_hash_table_unref (self->course_keys);
  g_hash_table_unref (self->course_ids);
  g_hash_table_unref (self->pools);
  reg_text_slots_clear (&self->by_email.slots);
  reg_text_slots_clear (&self->by_employee.slots);
  reg_text_arena_clear (&self->arena);
  g_free (self->by_id);
  g_free (self->enrollment_of);
  g_free (self);
}

/**
 * reg_directory_add_user:
 * @self: a directory
 * @id: the person's id
 * @state: whether they are active
 * @email: as typed; "" for none
 * @email_len: its bytes, or -1 where NUL ends it
 * @employee_id: "" for none
 * @employee_len: the same
 *
 * Adds a person. Two people may share an e-mail or an employee ID; asking for it then answers that
 * there are several.
 */
void
reg_directory_add_user (RegDirectory *self,
                        gint64 id,
                        RegUserState state,
                        const char *email,
                        gssize email_len,
                        const char *employee_id,
                        gssize employee_len)
{
  User user = { .id = id, .state = state };
  gsize len = email_len < 0 ? strlen (email) : (gsize)email_len;
  gsize id_len = employee_len < 0 ? strlen (employee_id) : (gsize)employee_len;
  char *key = reg_text_arena_reserve (&self->arena, len);
  gsize key_len;

  if (G_UNLIKELY (len > MAX_EMAIL))
    user.texts = reg_text_arena_commit (&self->arena, key_len = 0);
  else if (reg_email_key_into (email, len, key, len, &key_len))
    user.texts = reg_text_arena_commit (&self->arena, key_len);
  else
    {
      g_autofree char *long_key = reg_email_key (email, len);

      key_len = strlen (long_key);
      user.texts = reg_text_arena_add (&self->arena, long_key, key_len);
    }
  reg_text_strip (&employee_id, &id_len);
  user.employee_id = key_len + 1;
  reg_text_arena_add (&self->arena, employee_id, id_len);
  user.has_email = key_len != len || memcmp (self->arena.text + user.texts, email, len) != 0;
  if (user.has_email)
    reg_text_arena_add (&self->arena, email, len);

  self->ids_ascend &= self->n_users == 0 || self->users[self->n_users - 1].id < id;
  if (self->n_users == self->n_users_allocated)
    {
      gsize size = self->n_users_allocated * sizeof (User);

      self->n_users_allocated =
          (guint32)(reg_block_grow ((gpointer *)&self->users, size, size) / sizeof (User));
    }
  self->users[self->n_users++] = user;
  g_clear_pointer (&self->by_id, g_free);
  /* What was loaded has no place for this person. */
  self->loaded = REG_DIRECTORY_NONE;
}

/* Headings and course names are compared like this. */
char *
reg_directory_fold (const char *text, gsize len)
{
  g_autofree char *folded = NULL;
  GString *out;
  const char *p;
  gsize size;
  gboolean blank = FALSE;

  reg_text_strip (&text, &len);
  folded = reg_text_fold (text, len);
  p = folded;
  size = strlen (folded);
  reg_text_strip (&p, &size);
  out = g_string_sized_new (size);
  for (const char *end = p + size; p < end; p = g_utf8_next_char (p))
    if (g_unichar_isspace (g_utf8_get_char (p)))
      blank = TRUE;
    else
      {
        if (blank)
          g_string_append_c (out, ' ');
        blank = FALSE;
        g_string_append_len (out, p, g_utf8_next_char (p) - p);
      }
  return g_string_free (out, FALSE);
}

static void
add_course_key (RegDirectory *self, const char *text, guint index)
{
  char *key = reg_directory_fold (text, strlen (text));
  guint there = GPOINTER_TO_UINT (g_hash_table_lookup (self->course_keys, key));

  if (*key == '\0' || there == index + 1)
    g_free (key);
  else
    g_hash_table_insert (self->course_keys, key,
                         GUINT_TO_POINTER (there != 0 ? REG_DIRECTORY_SEVERAL : index + 1));
}

/**
 * reg_directory_add_course:
 * @self: a directory
 * @course: a course
 *
 * Adds a course, to be found by its code, its title, or both.
 */
void
reg_directory_add_course (RegDirectory *self, const RegCourse *course)
{
  guint index = self->courses->len;
  g_autofree char *both = g_strconcat (course->code, " ", course->title, NULL);
  RegCourse copy = *course;

  copy.code = g_strdup (course->code);
  copy.title = g_strdup (course->title);
  copy.items = g_strdup (course->items);
  copy.editions = g_strdup (course->editions);
  copy.units = g_strdup (course->units);
  g_array_append_val (self->courses, copy);
  g_hash_table_insert (self->course_ids, g_memdup2 (&course->id, sizeof course->id),
                       GUINT_TO_POINTER (index + 1));
  add_course_key (self, course->code, index);
  add_course_key (self, course->title, index);
  add_course_key (self, both, index);
}

void
reg_directory_add_pool (RegDirectory *self, const RegLicensePool *pool)
{
  g_hash_table_replace (self->pools, g_memdup2 (&pool->id, sizeof pool->id),
                        reg_license_pool_copy (pool));
}

/**
 * reg_directory_set_loader:
 * @self: a directory
 * @load: (nullable): adds the enrollments of a course
 * @data: passed to @load
 * @destroy: (nullable): frees @data
 */
void
reg_directory_set_loader (RegDirectory *self,
                          RegDirectoryLoad load,
                          gpointer data,
                          GDestroyNotify destroy)
{
  if (self->load_destroy != NULL)
    self->load_destroy (self->load_data);
  self->load = load;
  self->load_data = data;
  self->load_destroy = destroy;
}

/**
 * reg_directory_set_people:
 * @self: a directory
 * @visit: (nullable): hands over everybody's record
 * @data: passed to @visit
 * @destroy: (nullable): frees @data
 */
void
reg_directory_set_people (RegDirectory *self,
                          RegDirectoryVisit visit,
                          gpointer data,
                          GDestroyNotify destroy)
{
  if (self->visit_destroy != NULL)
    self->visit_destroy (self->visit_data);
  self->visit = visit;
  self->visit_data = data;
  self->visit_destroy = destroy;
}

gboolean
reg_directory_visit_people (RegDirectory *self,
                            RegDirectoryPerson person,
                            gpointer data,
                            GError **error)
{
  return self->visit == NULL || self->visit (person, data, self->visit_data, error);
}

/**
 * reg_directory_add_label:
 * @self: a directory
 * @label: a group, team, tag or location
 *
 * Adds a label, to be found by its name.
 */
void
reg_directory_add_label (RegDirectory *self, const RegLabel *label)
{
  reg_directory_labels_add (self->labels, label);
}

/**
 * reg_directory_get_label:
 * @self: a directory
 * @label_id: a label
 *
 * Returns: (nullable): the label
 */
const RegLabel *
reg_directory_get_label (RegDirectory *self, gint64 label_id)
{
  return reg_directory_labels_get (self->labels, label_id);
}

const RegLabel *
reg_directory_find_label (RegDirectory *self, guint kinds, const char *text, gsize len)
{
  return reg_directory_labels_find (self->labels, kinds, text, len);
}

const RegLabel *
reg_directory_find_near_label (RegDirectory *self, guint kinds, const char *text)
{
  return reg_directory_labels_find_near (self->labels, kinds, text);
}

static gint64
get_id (const RegDirectory *self, guint32 place)
{
  return self->users[self->by_id != NULL ? self->by_id[place] : place].id;
}

static int
compare_ids (gconstpointer a, gconstpointer b, gpointer data)
{
  const RegDirectory *self = data;
  gint64 one = self->users[*(const guint32 *)a].id;
  gint64 other = self->users[*(const guint32 *)b].id;

  return one < other ? -1 : one > other;
}

/* The local copy gives people in this order, so that there is nothing to do. */
static void
order_ids (RegDirectory *self)
{
  guint n = self->n_users;
  guint32 *by_id;

  if (self->ids_ascend || self->by_id != NULL)
    return;
  by_id = g_new (guint32, n);
  for (guint32 i = 0; i < n; i++)
    by_id[i] = i;
  g_qsort_with_data (by_id, (int)n, sizeof *by_id, compare_ids, self);
  self->by_id = by_id;
}

guint32
reg_directory_find_user_id (RegDirectory *self, gint64 id)
{
  guint32 low = 0, high = self->n_users;

  order_ids (self);
  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;

      if (get_id (self, middle) < id)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == self->n_users || get_id (self, low) != id)
    return REG_DIRECTORY_NONE;
  return self->by_id != NULL ? self->by_id[low] : low;
}

/**
 * reg_directory_add_enrollment:
 * @self: a directory, inside its loader
 * @enrollment: an enrollment of the course being loaded; of people who are not here it is left out
 */
void
reg_directory_add_enrollment (RegDirectory *self, const RegEnrollment *enrollment)
{
  guint32 user = self->last_enrolled + 1;

  /* A course that all are enrolled in gives them in their order. */
  if (user >= self->n_users || self->users[user].id != enrollment->user_id)
    user = reg_directory_find_user_id (self, enrollment->user_id);
  if (user == REG_DIRECTORY_NONE || !enrollment->present)
    return;
  g_return_if_fail (self->enrollment_of != NULL);

  self->last_enrolled = user;
  g_array_append_vals (self->enrollments, enrollment, 1);
  self->enrollment_of[user] = self->enrollments->len;
}

gboolean
reg_directory_load_course (RegDirectory *self, guint32 course, GError **error)
{
  if (self->loaded == course)
    return TRUE;
  g_array_set_size (self->enrollments, 0);
  g_clear_pointer (&self->enrollment_of, g_free);
  self->enrollment_of = g_new0 (guint32, self->n_users);
  self->loaded = self->last_enrolled = REG_DIRECTORY_NONE;
  if (self->load != NULL
      && !self->load (self, reg_directory_get_course_at (self, course)->id, self->load_data, error))
    return FALSE;
  self->loaded = course;
  return TRUE;
}

guint
reg_directory_get_n_enrolled (RegDirectory *self)
{
  return self->enrollments->len;
}

const RegEnrollment *
reg_directory_get_enrollment_at (RegDirectory *self, guint32 user)
{
  guint32 at = self->enrollment_of[user];

  return at != 0 ? &g_array_index (self->enrollments, RegEnrollment, at - 1) : NULL;
}

/* Offset of the text in the arena. */
static guint32
get_text (RegDirectory *self, const Keys *keys, guint32 user)
{
  const User *record = &self->users[user];

  return keys == &self->by_email ? record->texts : record->texts + record->employee_id;
}

/* The first user with the text, or REG_DIRECTORY_NONE and the slot where it would stand. */
static guint32
probe (RegDirectory *self, const Keys *keys, const char *text, gsize len, guint32 hash, guint32 *at)
{
  guint32 number;

  for (*at = hash; (number = reg_text_slots_probe (&keys->slots, hash, at)) != 0; (*at)++)
    if (reg_text_arena_is_at (&self->arena, get_text (self, keys, number - 1), text, len))
      return number - 1;
  return REG_DIRECTORY_NONE;
}

static void
add_key (RegDirectory *self, Keys *keys, const char *text, gsize len, guint32 hash, guint32 user)
{
  guint32 at;
  guint32 there = probe (self, keys, text, len, hash, &at);

  if (there == REG_DIRECTORY_NONE)
    reg_text_slots_put (&keys->slots, hash, at, user);
  else if (keys == &self->by_email)
    self->users[there].shares_email = TRUE;
  else
    self->users[there].shares_employee_id = TRUE;
}

static void
add_keys (RegDirectory *self, Keys *keys, guint32 first, guint32 n)
{
  const char *texts[AT_ONCE];
  gsize lens[AT_ONCE];
  guint32 hashes[AT_ONCE];

  for (guint32 i = 0; i < n; i++)
    {
      texts[i] = self->arena.text + get_text (self, keys, first + i);
      lens[i] =
          keys == &self->by_email ? self->users[first + i].employee_id - 1u : strlen (texts[i]);
      hashes[i] = reg_text_hash (texts[i], lens[i]);
      reg_text_slots_prepare (&keys->slots, hashes[i]);
    }
  for (guint32 i = 0; i < n; i++)
    if (lens[i] > 0)
      add_key (self, keys, texts[i], lens[i], hashes[i], first + i);
}

static void
index_texts (RegDirectory *self, Keys *keys)
{
  if (keys->n == self->n_users && keys->slots.slots != NULL)
    return;
  if (reg_text_slots_is_full (&keys->slots, self->n_users))
    {
      reg_text_slots_clear (&keys->slots);
      reg_text_slots_init (&keys->slots, self->n_users);
      keys->n = 0;
    }
  while (keys->n < self->n_users)
    {
      guint32 n = MIN (AT_ONCE, self->n_users - keys->n);

      add_keys (self, keys, keys->n, n);
      keys->n += n;
    }
}

static guint32
find_hashed (RegDirectory *self, const Keys *keys, const char *text, gsize len, guint32 hash)
{
  const User *record;
  guint32 user, at;

  if (len == 0)
    return REG_DIRECTORY_NONE;
  user = probe (self, keys, text, len, hash, &at);
  if (user == REG_DIRECTORY_NONE)
    return user;
  record = &self->users[user];
  return (keys == &self->by_email ? record->shares_email : record->shares_employee_id)
             ? REG_DIRECTORY_SEVERAL
             : user;
}

static guint32
find_key (RegDirectory *self, Keys *keys, const char *text, gsize len)
{
  index_texts (self, keys);
  return find_hashed (self, keys, text, len, reg_text_hash (text, len));
}

guint32
reg_directory_find_email (RegDirectory *self, const char *key, gsize len)
{
  return find_key (self, &self->by_email, key, len);
}

/* n: AT_ONCE at most */
static void
find_some_emails (RegDirectory *self, RegDirectoryEmail *emails, guint n)
{
  const Keys *keys = &self->by_email;
  char texts[AT_ONCE][MAX_SHORT_KEY];
  gsize lens[AT_ONCE];
  guint32 hashes[AT_ONCE], users[AT_ONCE];
  gboolean is_short[AT_ONCE];

  for (guint i = 0; i < n; i++)
    {
      is_short[i] =
          reg_email_key_into (emails[i].text, emails[i].len, texts[i], MAX_SHORT_KEY, &lens[i]);
      hashes[i] = is_short[i] ? reg_text_hash (texts[i], lens[i]) : 0;
      reg_text_slots_prepare (&keys->slots, hashes[i]);
    }
  /* Most often the first one in question is the one. */
  for (guint i = 0; i < n; i++)
    {
      guint32 at = hashes[i];

      users[i] = reg_text_slots_probe (&keys->slots, hashes[i], &at);
      if (users[i] != 0)
        __builtin_prefetch (&self->users[users[i] - 1]);
    }
  for (guint i = 0; i < n; i++)
    if (users[i] != 0)
      __builtin_prefetch (self->arena.text + self->users[users[i] - 1].texts);
  for (guint i = 0; i < n; i++)
    if (is_short[i])
      emails[i].user = find_hashed (self, keys, texts[i], lens[i], hashes[i]);
    else
      {
        g_autofree char *key = reg_email_key (emails[i].text, (gssize)emails[i].len);

        emails[i].user = reg_directory_find_email (self, key, strlen (key));
      }
}

void
reg_directory_find_emails (RegDirectory *self, RegDirectoryEmail *emails, guint n)
{
  index_texts (self, &self->by_email);
  for (guint i = 0; i < n; i += AT_ONCE)
    find_some_emails (self, emails + i, MIN (AT_ONCE, n - i));
}

guint32
reg_directory_find_employee (RegDirectory *self, const char *employee_id, gsize len)
{
  return find_key (self, &self->by_employee, employee_id, len);
}

guint32
reg_directory_find_shortened (RegDirectory *self, const char *number, gsize len, guint *digits)
{
  char padded[MAX_EMPLOYEE_DIGITS];
  guint32 found = REG_DIRECTORY_NONE;

  for (gsize i = 0; i < len; i++)
    if (!g_ascii_isdigit (number[i]))
      return REG_DIRECTORY_NONE;
  for (gsize width = len + 1; len > 0 && width <= MAX_EMPLOYEE_DIGITS; width++)
    {
      guint32 user;

      memset (padded, '0', width - len);
      memcpy (padded + width - len, number, len);
      user = reg_directory_find_employee (self, padded, width);
      if (user == REG_DIRECTORY_NONE)
        continue;
      if (found != REG_DIRECTORY_NONE)
        return REG_DIRECTORY_SEVERAL;
      found = user;
      *digits = width;
    }
  return found;
}

guint32
reg_directory_find_course (RegDirectory *self, const char *text, gsize len)
{
  g_autofree char *key = reg_directory_fold (text, len);
  guint found = GPOINTER_TO_UINT (g_hash_table_lookup (self->course_keys, key));

  if (found == 0)
    return REG_DIRECTORY_NONE;
  return found == REG_DIRECTORY_SEVERAL ? found : found - 1;
}

guint32
reg_directory_find_course_id (RegDirectory *self, gint64 id)
{
  guint found = GPOINTER_TO_UINT (g_hash_table_lookup (self->course_ids, &id));

  return found != 0 ? found - 1 : REG_DIRECTORY_NONE;
}

gint64
reg_directory_get_user_id_at (RegDirectory *self, guint32 user)
{
  return self->users[user].id;
}

RegUserState
reg_directory_get_state_at (RegDirectory *self, guint32 user)
{
  return (RegUserState)self->users[user].state;
}

const char *
reg_directory_get_email_at (RegDirectory *self, guint32 user)
{
  const User *record = &self->users[user];
  const char *text = self->arena.text + record->texts;

  if (record->has_email)
    {
      text += record->employee_id;
      text += strlen (text) + 1;
    }
  return text;
}

const char *
reg_directory_get_email_key_at (RegDirectory *self, guint32 user)
{
  return self->arena.text + get_text (self, &self->by_email, user);
}

const char *
reg_directory_get_employee_id_at (RegDirectory *self, guint32 user)
{
  return self->arena.text + get_text (self, &self->by_employee, user);
}

const RegCourse *
reg_directory_get_course_at (RegDirectory *self, guint32 course)
{
  return &g_array_index (self->courses, RegCourse, course);
}

guint
reg_directory_get_n_courses (RegDirectory *self)
{
  return self->courses->len;
}

guint
reg_directory_get_n_users (RegDirectory *self)
{
  return self->n_users;
}

const RegLicensePool *
reg_directory_get_pool (RegDirectory *self, gint64 pool_id)
{
  return g_hash_table_lookup (self->pools, &pool_id);
}

/**
 * reg_directory_get_email:
 * @self: a directory
 * @user_id: a person
 *
 * Returns: (nullable): their e-mail as typed
 */
const char *
reg_directory_get_email (RegDirectory *self, gint64 user_id)
{
  guint32 user = reg_directory_find_user_id (self, user_id);

  return user != REG_DIRECTORY_NONE ? reg_directory_get_email_at (self, user) : NULL;
}

/**
 * reg_directory_get_employee_id:
 * @self: a directory
 * @user_id: a person
 *
 * Returns: (nullable): their employee ID
 */
const char *
reg_directory_get_employee_id (RegDirectory *self, gint64 user_id)
{
  guint32 user = reg_directory_find_user_id (self, user_id);

  return user != REG_DIRECTORY_NONE ? reg_directory_get_employee_id_at (self, user) : NULL;
}

/**
 * reg_directory_get_course:
 * @self: a directory
 * @course_id: a course
 *
 * Returns: (nullable): the course
 */
const RegCourse *
reg_directory_get_course (RegDirectory *self, gint64 course_id)
{
  guint32 course = reg_directory_find_course_id (self, course_id);

  return course != REG_DIRECTORY_NONE ? reg_directory_get_course_at (self, course) : NULL;
}

void
reg_directory_set_team (RegDirectory *self, const gint64 *ids, gsize n)
{
  g_hash_table_remove_all (self->team);
  for (gsize i = 0; i < n; i++)
    g_hash_table_add (self->team, g_memdup2 (&ids[i], sizeof ids[i]));
}

gboolean
reg_directory_is_in_team (RegDirectory *self, gint64 user_id)
{
  return g_hash_table_size (self->team) > 0 && g_hash_table_contains (self->team, &user_id);
}
