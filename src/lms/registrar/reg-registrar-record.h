/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads one JSON object into one record by a table of its members, in place. */
#pragma once

#include "model/reg-page.h"
#include "net/reg-json-reader.h"

G_BEGIN_DECLS

typedef enum
{
  REG_FIELD_INT64,
  REG_FIELD_INT,
  REG_FIELD_BOOLEAN,
  REG_FIELD_TEXT,         /* char *; "" for null; points into the text */
  REG_FIELD_WORD,         /* char *; NULL for null; points into the text */
  REG_FIELD_DATE,         /* RegDate; "" for null */
  REG_FIELD_NICK,         /* an enum, by from_nick */
  REG_FIELD_NICK_OR_NULL, /* the same; null leaves the record's value */
  REG_FIELD_LABELS,       /* char *: list of ids as sorted text ",3,7," */
  REG_FIELD_IDS,          /* char *: list of ids as text, in its order */
  REG_FIELD_SPECIAL,      /* read by the caller's function */
} RegFieldKind;

/**
 * RegField:
 * @name: of the member
 * @offset: of the value in the record
 * @from_nick: for REG_FIELD_NICK
 */
typedef struct
{
  const char *name;
  RegFieldKind kind;
  gsize offset;
  gboolean (*from_nick) (const char *nick, gssize len, int *value);
} RegField;

/* Reads the value of a member of kind REG_FIELD_SPECIAL. */
typedef void (*RegFieldRead) (RegJsonReader *reader, const RegField *field, gpointer data);

void reg_field_read_object (RegJsonReader *reader,
                            const RegField *fields,
                            guint n_fields,
                            gpointer record,
                            GStringChunk *strings,
                            RegFieldRead read,
                            gpointer data);

gboolean reg_registrar_read_user (RegJsonReader *reader, RegUser *user, GStringChunk *strings);
gboolean
reg_registrar_read_course (RegJsonReader *reader, RegCourse *course, GStringChunk *strings);
gboolean reg_registrar_read_enrollment (RegJsonReader *reader, RegEnrollment *enrollment);

/* For tables. */
gboolean reg_field_role_from_nick (const char *nick, gssize len, int *value);
gboolean reg_field_user_state_from_nick (const char *nick, gssize len, int *value);
gboolean reg_field_course_kind_from_nick (const char *nick, gssize len, int *value);
gboolean reg_field_label_kind_from_nick (const char *nick, gssize len, int *value);
gboolean reg_field_access_from_nick (const char *nick, gssize len, int *value);
gboolean reg_field_requirement_from_nick (const char *nick, gssize len, int *value);
gboolean reg_field_source_from_nick (const char *nick, gssize len, int *value);
gboolean reg_field_seat_from_nick (const char *nick, gssize len, int *value);
gboolean reg_field_pool_kind_from_nick (const char *nick, gssize len, int *value);
gboolean reg_field_outcome_kind_from_nick (const char *nick, gssize len, int *value);

G_END_DECLS
