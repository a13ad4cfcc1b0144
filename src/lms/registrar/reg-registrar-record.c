/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-lms"

#include "lms/registrar/reg-registrar-record.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

/* What fits into the id of an enrollment (reg_enrollment_id ()). */
#define MAX_USER_ID ((G_GINT64_CONSTANT (1) << (REG_USER_ID_BITS - 1)) - 1)
#define MAX_COURSE_ID ((G_GINT64_CONSTANT (1) << (63 - REG_USER_ID_BITS)) - 1)

#define DEFINE_FROM_NICK(name, Type)                                                               \
  gboolean reg_field_##name##_from_nick (const char *nick, gssize len, int *value)                 \
  {                                                                                                \
    Type found;                                                                                    \
                                                                                                   \
    if (!reg_##name##_from_nick (nick, len, &found))                                               \
      return FALSE;                                                                                \
    *value = (int)found;                                                                           \
    return TRUE;                                                                                   \
  }

DEFINE_FROM_NICK (role, RegRole)
DEFINE_FROM_NICK (user_state, RegUserState)
DEFINE_FROM_NICK (course_kind, RegCourseKind)
DEFINE_FROM_NICK (label_kind, RegLabelKind)
DEFINE_FROM_NICK (access, RegAccess)
DEFINE_FROM_NICK (requirement, RegRequirement)
DEFINE_FROM_NICK (source, RegSource)
DEFINE_FROM_NICK (seat, RegSeat)
DEFINE_FROM_NICK (pool_kind, RegPoolKind)
DEFINE_FROM_NICK (outcome_kind, RegOutcomeKind)

/* The member's place in the table. Members come in the same order every time: the one after the
 * last found is looked at first. */
static const RegField *
find_field (const RegField *fields, guint n, guint *expected, const char *name, gsize len)
{
  for (guint k = 0; k < n; k++)
    {
      guint i = *expected + k < n ? *expected + k : *expected + k - n;

      if (strncmp (fields[i].name, name, len) == 0 && fields[i].name[len] == '\0')
        {
          *expected = i + 1 < n ? i + 1 : 0;
          return &fields[i];
        }
    }
  return NULL;
}

static int
compare_ids (const void *a, const void *b)
{
  gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;

  return x < y ? -1 : x > y;
}

static char *
read_ids (RegJsonReader *reader, gboolean sorted, GStringChunk *strings)
{
  gint64 few[32];
  gint64 *ids = few;
  gsize n = 0, size = G_N_ELEMENTS (few);
  g_autofree gint64 *many = NULL;
  g_autofree char *text = NULL;
  char *p;

  if (reg_json_reader_peek (reader) == REG_JSON_NULL)
    {
      reg_json_reader_get_null (reader);
      return (char *)"";
    }
  reg_json_reader_begin_array (reader);
  while (reg_json_reader_next_element (reader))
    {
      if (n == size)
        {
          gboolean moving = many == NULL;

          size *= 4;
          many = g_renew (gint64, many, size);
          if (moving)
            memcpy (many, few, sizeof few);
          ids = many;
        }
      ids[n++] = reg_json_reader_get_int64 (reader);
    }
  if (n == 0)
    return (char *)"";
  if (sorted)
    qsort (ids, n, sizeof *ids, compare_ids);
  p = text = g_malloc (n * 21 + 2);
  *p++ = ',';
  for (gsize i = 0; i < n; i++)
    {
      if (ids[i] <= 0)
        reg_json_reader_fail (reader, N_ ("an id below 1"));
      else if (!sorted || i == 0 || ids[i] != ids[i - 1])
        p += g_snprintf (p, 22, "%" G_GINT64_FORMAT ",", ids[i]);
    }
  return g_string_chunk_insert_len (strings, text, p - text);
}

static void
read_date (RegJsonReader *reader, char *date)
{
  gsize len;
  const char *text = reg_json_reader_get_string (reader, &len);

  if (text == NULL)
    return;
  if (len != sizeof (RegDate) - 1)
    reg_json_reader_fail_value (reader, "date", text, len);
  for (gsize i = 0; i < MIN (len, sizeof (RegDate) - 1); i++)
    if ((i == 4 || i == 7) ? text[i] != '-' : !g_ascii_isdigit (text[i]))
      reg_json_reader_fail_value (reader, "date", text, len);
  if (!reg_json_reader_failed (reader))
    memcpy (date, text, sizeof (RegDate));
}

static void
read_nick (RegJsonReader *reader, const RegField *field, int *value)
{
  gsize len;
  const char *text = reg_json_reader_get_string (reader, &len);

  if (text == NULL)
    {
      if (field->kind != REG_FIELD_NICK_OR_NULL)
        reg_json_reader_fail (reader, N_ ("null where a word belongs"));
    }
  else if (!field->from_nick (text, len, value))
    reg_json_reader_fail_value (reader, field->name, text, len);
}

static void
read_value (RegJsonReader *reader,
            const RegField *field,
            gpointer record,
            GStringChunk *strings,
            RegFieldRead read,
            gpointer data)
{
  gpointer value = (char *)record + field->offset;
  char *text;
  gint64 number;

  switch (field->kind)
    {
    case REG_FIELD_INT64:
      *(gint64 *)value = reg_json_reader_get_int64 (reader);
      break;
    case REG_FIELD_INT:
      number = reg_json_reader_get_int64 (reader);
      if (number < G_MININT || number > G_MAXINT)
        reg_json_reader_fail (reader, N_ ("a number that is too large"));
      *(int *)value = (int)number;
      break;
    case REG_FIELD_BOOLEAN:
      *(gboolean *)value = reg_json_reader_get_boolean (reader);
      break;
    case REG_FIELD_TEXT:
      text = reg_json_reader_get_string (reader, NULL);
      *(char **)value = text != NULL ? text : (char *)"";
      break;
    case REG_FIELD_WORD:
      *(char **)value = reg_json_reader_get_string (reader, NULL);
      break;
    case REG_FIELD_DATE:
      read_date (reader, value);
      break;
    case REG_FIELD_NICK:
    case REG_FIELD_NICK_OR_NULL:
      read_nick (reader, field, value);
      break;
    case REG_FIELD_LABELS:
    case REG_FIELD_IDS:
      *(char **)value = read_ids (reader, field->kind == REG_FIELD_LABELS, strings);
      break;
    case REG_FIELD_SPECIAL:
      read (reader, field, data);
      break;
    }
}

/**
 * reg_field_read_object:
 * @record: filled; texts that do not come stay as they are
 * @strings: (nullable): for lists of ids
 * @read: (nullable): for members of kind REG_FIELD_SPECIAL
 *
 * Members that the table does not name are passed over: a newer LMS may say more.
 */
void
reg_field_read_object (RegJsonReader *reader,
                       const RegField *fields,
                       guint n_fields,
                       gpointer record,
                       GStringChunk *strings,
                       RegFieldRead read,
                       gpointer data)
{
  const char *name;
  gsize len;
  guint expected = 0;

  reg_json_reader_begin_object (reader);
  while (reg_json_reader_next_member (reader, &name, &len))
    {
      const RegField *field = find_field (fields, n_fields, &expected, name, len);

      if (field != NULL)
        read_value (reader, field, record, strings, read, data);
      else
        reg_json_reader_skip (reader);
    }
}

static const RegField user_fields[] = {
  { "id", REG_FIELD_INT64, G_STRUCT_OFFSET (RegUser, id) },
  { "revision", REG_FIELD_INT64, G_STRUCT_OFFSET (RegUser, revision) },
  { "email", REG_FIELD_TEXT, G_STRUCT_OFFSET (RegUser, email) },
  { "employee_id", REG_FIELD_TEXT, G_STRUCT_OFFSET (RegUser, employee_id) },
  { "given_name", REG_FIELD_TEXT, G_STRUCT_OFFSET (RegUser, given_name) },
  { "family_name", REG_FIELD_TEXT, G_STRUCT_OFFSET (RegUser, family_name) },
  { "role", REG_FIELD_NICK, G_STRUCT_OFFSET (RegUser, role), reg_field_role_from_nick },
  { "state", REG_FIELD_NICK, G_STRUCT_OFFSET (RegUser, state), reg_field_user_state_from_nick },
  { "location_id", REG_FIELD_INT64, G_STRUCT_OFFSET (RegUser, location_id) },
  { "manager_id", REG_FIELD_INT64, G_STRUCT_OFFSET (RegUser, manager_id) },
  { "labels", REG_FIELD_LABELS, G_STRUCT_OFFSET (RegUser, labels) },
  { "approved_at", REG_FIELD_INT64, G_STRUCT_OFFSET (RegUser, approved_at) },
  { "notified_at", REG_FIELD_INT64, G_STRUCT_OFFSET (RegUser, notified_at) },
  { "archived_at", REG_FIELD_INT64, G_STRUCT_OFFSET (RegUser, archived_at) },
};

/**
 * reg_registrar_read_user:
 * @user: zeroed; its strings point into the text that is read, into @strings, or are static
 *
 * Returns: whether a whole user was read
 */
gboolean
reg_registrar_read_user (RegJsonReader *reader, RegUser *user, GStringChunk *strings)
{
  user->email = user->employee_id = user->given_name = user->family_name = user->labels =
      (char *)"";
  reg_field_read_object (reader, user_fields, G_N_ELEMENTS (user_fields), user, strings, NULL,
                         NULL);
  if (user->id <= 0 || user->id > MAX_USER_ID)
    reg_json_reader_fail (reader, N_ ("a user without a usable id"));
  return !reg_json_reader_failed (reader);
}

static const RegField course_fields[] = {
  { "id", REG_FIELD_INT64, G_STRUCT_OFFSET (RegCourse, id) },
  { "revision", REG_FIELD_INT64, G_STRUCT_OFFSET (RegCourse, revision) },
  { "code", REG_FIELD_TEXT, G_STRUCT_OFFSET (RegCourse, code) },
  { "title", REG_FIELD_TEXT, G_STRUCT_OFFSET (RegCourse, title) },
  { "kind", REG_FIELD_NICK, G_STRUCT_OFFSET (RegCourse, kind), reg_field_course_kind_from_nick },
  { "has_scorm", REG_FIELD_BOOLEAN, G_STRUCT_OFFSET (RegCourse, has_scorm) },
  { "has_quiz", REG_FIELD_BOOLEAN, G_STRUCT_OFFSET (RegCourse, has_quiz) },
  { "pool_id", REG_FIELD_INT64, G_STRUCT_OFFSET (RegCourse, pool_id) },
  { "auto_reassign_days", REG_FIELD_INT, G_STRUCT_OFFSET (RegCourse, auto_reassign_days) },
  { "items", REG_FIELD_IDS, G_STRUCT_OFFSET (RegCourse, items) },
  { "editions", REG_FIELD_SPECIAL, G_STRUCT_OFFSET (RegCourse, editions) },
  { "units", REG_FIELD_SPECIAL, G_STRUCT_OFFSET (RegCourse, units) },
};

typedef struct
{
  gint64 id;
  char *name;
} Part;

static const RegField part_fields[] = {
  { "id", REG_FIELD_INT64, G_STRUCT_OFFSET (Part, id) },
  { "name", REG_FIELD_TEXT, G_STRUCT_OFFSET (Part, name) },
};

typedef struct
{
  RegCourse *course;
  GStringChunk *strings;
} CourseDraft;

/* Editions and units: number and name of each, as text. */
static void
read_parts (RegJsonReader *reader, const RegField *field, gpointer data)
{
  CourseDraft *draft = data;
  g_autoptr (RegParams) parts = reg_params_new ();
  g_autofree char *text = NULL;

  if (reg_json_reader_peek (reader) == REG_JSON_NULL)
    {
      reg_json_reader_get_null (reader);
      return;
    }
  reg_json_reader_begin_array (reader);
  while (reg_json_reader_next_element (reader))
    {
      Part part = { .name = (char *)"" };
      char number[32];

      reg_field_read_object (reader, part_fields, G_N_ELEMENTS (part_fields), &part, NULL, NULL,
                             NULL);
      g_snprintf (number, sizeof number, "%" G_GINT64_FORMAT, part.id);
      if (part.id > 0)
        reg_params_set (parts, number, part.name);
    }
  if (reg_params_get_size (parts) == 0)
    return;
  text = reg_params_to_text (parts);
  G_STRUCT_MEMBER (char *, draft->course, field->offset) =
      g_string_chunk_insert (draft->strings, text);
}

/**
 * reg_registrar_read_course:
 * @course: zeroed; its strings point into the text that is read, into @strings, or are static
 *
 * Returns: whether a whole course was read
 */
gboolean
reg_registrar_read_course (RegJsonReader *reader, RegCourse *course, GStringChunk *strings)
{
  CourseDraft draft = { course, strings };

  course->code = course->title = course->items = (char *)"";
  course->editions = course->units = (char *)"";
  reg_field_read_object (reader, course_fields, G_N_ELEMENTS (course_fields), course, strings,
                         read_parts, &draft);
  if (course->id <= 0 || course->id > MAX_COURSE_ID)
    reg_json_reader_fail (reader, N_ ("a course without a usable id"));
  return !reg_json_reader_failed (reader);
}

#define FIELD(name, kind)                                                                          \
  {                                                                                                \
#name, REG_FIELD_##kind, G_STRUCT_OFFSET(RegEnrollment, name)                                  \
  }
/* clang-format off */
#define NICK(name)                                                                                 \
  { #name, REG_FIELD_NICK, G_STRUCT_OFFSET (RegEnrollment, name), reg_field_##name##_from_nick }
/* clang-format on */

static const RegField enrollment_fields[] = {
  FIELD (user_id, INT64),
  FIELD (course_id, INT64),
  FIELD (revision, INT64),
  NICK (access),
  NICK (requirement),
  NICK (source),
  FIELD (visible, BOOLEAN),
  FIELD (archived, BOOLEAN),
  FIELD (due_date, DATE),
  FIELD (assigned_by, INT64),
  FIELD (assigned_at, INT64),
  FIELD (attempt, INT),
  FIELD (started_at, INT64),
  FIELD (progress, INT),
  FIELD (completed_at, INT64),
  FIELD (session_id, INT64),
  { "seat", REG_FIELD_NICK_OR_NULL, G_STRUCT_OFFSET (RegEnrollment, seat),
    reg_field_seat_from_nick },
  FIELD (certificate_at, INT64),
  FIELD (is_instructor, BOOLEAN),
  FIELD (edition, SPECIAL),
  FIELD (mode, SPECIAL),
  FIELD (units, SPECIAL),
  FIELD (subscription_end, DATE),
};

/* Edition, mode and units. */
static void
read_product (RegJsonReader *reader, const RegField *field, gpointer data)
{
  G_STRUCT_MEMBER (const char *, data, field->offset) =
      reg_enrollment_intern (reg_json_reader_get_string (reader, NULL));
}

/**
 * reg_registrar_read_enrollment:
 * @enrollment: zeroed
 *
 * Returns: whether a whole enrollment was read
 */
gboolean
reg_registrar_read_enrollment (RegJsonReader *reader, RegEnrollment *enrollment)
{
  reg_field_read_object (reader, enrollment_fields, G_N_ELEMENTS (enrollment_fields), enrollment,
                         NULL, read_product, enrollment);
  enrollment->present = TRUE;
  if (enrollment->user_id <= 0 || enrollment->user_id > MAX_USER_ID || enrollment->course_id <= 0
      || enrollment->course_id > MAX_COURSE_ID)
    reg_json_reader_fail (reader, N_ ("an enrollment without usable ids"));
  return !reg_json_reader_failed (reader);
}
