/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-test"

#include "reg-test-people.h"

#include "rules/reg-text.h"
#include "store/reg-store-private.h"

/* A line is a culture: its given names, then its family names. Composed and decomposed accents,
 * ligatures, an astral ideograph and odd capitals are meant. */
static const char *const given_names[][6] = {
  { "Anna", "Zoë", "zoe", "Søren", "MARIE-CLAIRE", "Łukasz" },
  { "Jose\xcc\x81", "José", "Núria", "Ángel", "Begoña", "Ãurea" },
  { "Иван", "Фёдор", "Анастасия", "ЛЮБОВЬ", "Юлия", "Й" },
  { "Αλέξανδρος", "Ελένη", "ΝΊΚΟΣ", "Σοφία", "Ιωάννης", "Μαρία" },
  { "小明", "偉", "秀英", "芳", "娜", "静" },
  { "さくら", "タロウ", "花子", "ﾊﾅｺ", "健", "ゆい" },
  { "민준", "서연", "지우", "현우", "수빈", "하은" },
  { "محمد", "فاطمة", "أحمد", "عَلِيّ", "مريم", "نور" },
  { "שרה", "דָּוִד", "נועה", "יוסף", "רחל", "אברהם" },
  { "प्रिया", "अर्जुन", "कविता", "राम", "सीता", "मोहन" },
  { "สมชาย", "ปราณี", "กิตติ", "นภา", "วิชัย", "อรุณ" },
  { "Nguyễn", "Thị", "Đức", "Hương", "Quốc", "Ánh" },
  { "İbrahim", "Ayşe", "Işıl", "Gül", "ÇAĞLA", "Ömer" },
  { "ﬁona", "Ⅷ", "Ａｎｎａ", "Ǆemal", "Straße", "STRASSE" },
  { "", "Li", "O", "Mary Ann", "d'Arc", "J.-P." },
};
static const char *const family_names[][6] = {
  { "Müller", "Mu\xcc\x88ller", "mueller", "van der Berg", "O'Brien", "Åström" },
  { "García", "Muñoz", "da Silva", "Peña-Nieto", "Ibáñez", "de la Cruz" },
  { "Иванов", "Ёлкин", "Щербаков", "Ильина", "Цой", "Ежов" },
  { "Παπαδόπουλος", "Νικολάου", "Γεωργίου", "Οικονόμου", "Βασιλείου", "Ά" },
  { "王", "李", "歐陽", "𠮷田", "陳", "司馬" },
  { "佐藤", "ヤマダ", "高橋", "たなか", "渡邊", "伊藤" },
  { "김", "이", "박", "최", "남궁", "정" },
  { "الحسن", "خوري", "عبد الله", "نصر", "حدّاد", "مالك" },
  { "כהן", "לוי", "מזרחי", "פרץ", "ביטון", "דהן" },
  { "शर्मा", "सिंह", "गुप्ता", "पटेल", "राव", "मेहता" },
  { "ใจดี", "สุขสันต์", "ทองคำ", "แสงจันทร์", "ศรี", "บุญมี" },
  { "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng" },
  { "Yıldız", "Şahin", "Çelik", "ÖZTÜRK", "Güneş", "Kılıç" },
  { "Weiß", "WEISS", "Æbelø", "Œuvray", "ǅ", "Müller" },
  { "", "X", "Smith", "smith", "SMITH", "Smi th" },
};

static const char *
pick (GRand *rand, const char *const names[6])
{
  return names[g_rand_int_range (rand, 0, 6)];
}

static char *
make_labels (const RegTestWorld *world, GRand *rand)
{
  GString *labels = g_string_new (NULL);

  for (guint id = world->n_locations + 1; id <= world->n_labels; id++)
    if (g_rand_int_range (rand, 0, (gint)world->n_labels) < 3)
      g_string_append_printf (labels, "%s%u,", labels->len == 0 ? "," : "", id);
  return g_string_free (labels, FALSE);
}

RegUser *
reg_test_make_person (const RegTestWorld *world, GRand *rand, gint64 id)
{
  gint culture = g_rand_int_range (rand, 0, G_N_ELEMENTS (given_names));
  RegUser *user = g_new0 (RegUser, 1);

  user->id = id;
  user->revision = 1;
  user->given_name = g_strdup (pick (rand, given_names[culture]));
  user->family_name = g_strdup (pick (rand, family_names[culture]));
  user->email = g_strdup_printf (g_rand_boolean (rand) ? "p%" G_GINT64_FORMAT "@example.com"
                                                       : "Fam.%" G_GINT64_FORMAT "@Mail.example",
                                 id % 13 == 0 ? id / 2 : id);
  if (g_rand_int_range (rand, 0, 10) > 0)
    user->employee_id = g_strdup_printf ("%06d", g_rand_int_range (rand, 0, 1000000));
  else
    user->employee_id = g_strdup ("");
  user->role = (RegRole)g_rand_int_range (rand, 0, REG_N_ROLES);
  user->state = (RegUserState)g_rand_int_range (rand, 0, REG_N_USER_STATES);
  user->location_id = g_rand_int_range (rand, 0, (gint)world->n_locations + 1);
  user->manager_id = g_rand_int_range (rand, 0, 3) == 0
                         ? 0
                         : g_rand_int_range (rand, 1, (gint)MIN (world->n_people, 50) + 1);
  user->labels = make_labels (world, rand);
  return user;
}

static void
run (RegStoreDb *db, sqlite3_stmt *stmt)
{
  g_autoptr (GError) error = NULL;

  reg_store_db_run (db, stmt, &error);
  g_assert_no_error (error);
}

void
reg_test_write_person (RegStoreDb *db, const RegUser *user)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  gsize key_at, key_len;
  sqlite3_stmt *stmt;

  stmt = reg_store_db_prepare (db,
                               "INSERT OR REPLACE INTO user (" REG_SQL_USER
                               ", search_text, email_key) VALUES "
                               "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                               &error);
  g_assert_no_error (error);
  reg_store_make_search_text (user, text, &key_at, &key_len);
  reg_store_bind_user (stmt, user);
  reg_store_bind_text (stmt, REG_N_SQL_USER + 1, text->str);
  sqlite3_bind_text (stmt, REG_N_SQL_USER + 2, text->str + key_at, (int)key_len, SQLITE_STATIC);
  run (db, stmt);
}

void
reg_test_write_labels (RegStoreDb *db, const RegTestWorld *world)
{
  /* Not in the order of their ids; two with the same name. */
  static const char *const names[] = { "Überlingen", "berlin", "Zürich", "Ankara",
                                       "Berlin",     "東京",   "Oslo",   "ankara" };

  for (guint id = 1; id <= world->n_labels; id++)
    {
      g_autofree char *name = g_strdup_printf ("%s %u", names[id % G_N_ELEMENTS (names)], id % 5);
      g_autoptr (GError) error = NULL;
      sqlite3_stmt *stmt = reg_store_db_prepare (
          db, "INSERT OR REPLACE INTO label (id, revision, kind, name) VALUES (?, 1, ?, ?)",
          &error);

      g_assert_no_error (error);
      sqlite3_bind_int64 (stmt, 1, id);
      sqlite3_bind_int (stmt, 2,
                        id <= world->n_locations ? REG_LABEL_LOCATION
                        : id % 3 == 0            ? REG_LABEL_TAG
                                                 : REG_LABEL_GROUP);
      reg_store_bind_text (stmt, 3, name);
      run (db, stmt);
    }
}

static char *
cut (GRand *rand, const char *text, guint n_chars)
{
  glong len = g_utf8_strlen (text, -1);
  glong at;

  if (len == 0)
    return g_strdup ("");
  at = g_rand_int_range (rand, 0, (gint)len);
  return g_utf8_substring (text, at, MIN (len, at + (glong)n_chars));
}

char *
reg_test_make_search (GRand *rand, const RegUser *user, guint n_chars)
{
  const char *const fields[] = { user->family_name, user->given_name, user->email,
                                 user->employee_id };
  g_autofree char *part = cut (rand, fields[g_rand_int_range (rand, 0, 4)], n_chars);
  g_autofree char *other = NULL;

  switch (g_rand_int_range (rand, 0, 5))
    {
    case 0:
      return g_utf8_strup (part, -1);
    case 1:
      return g_utf8_normalize (part, -1, G_NORMALIZE_NFD);
    case 2:
      other = cut (rand, fields[g_rand_int_range (rand, 0, 4)], n_chars);
      return g_strdup_printf (" %s  %s ", part, other);
    default:
      return g_steal_pointer (&part);
    }
}

void
reg_test_make_people_filter (const RegTestWorld *world, GRand *rand, RegPeopleFilter *people)
{
  for (guint attribute = 0; attribute < REG_N_PEOPLE_ATTRIBUTES; attribute++)
    {
      gint64 first = attribute <= REG_PEOPLE_TAG ? world->n_locations + 1 : 1;
      gint64 end = attribute == REG_PEOPLE_MANAGER    ? 50
                   : attribute == REG_PEOPLE_LOCATION ? world->n_locations + 2
                                                      : world->n_labels + 2;

      for (int n = g_rand_int_range (rand, 0, 8) - 4; n > 0; n--)
        reg_people_filter_add (people, (RegPeopleAttribute)attribute,
                               g_rand_int_range (rand, (gint32)first, (gint32)end));
    }
}

gboolean
reg_test_person_matches (const RegUser *user, const RegPeopleFilter *people)
{
  for (guint kind = REG_PEOPLE_GROUP; people != NULL && kind <= REG_PEOPLE_TAG; kind++)
    {
      gboolean has_any = people->ids[kind] == NULL;

      for (guint i = 0; !has_any && i < people->ids[kind]->len; i++)
        has_any = reg_user_has_label (user, g_array_index (people->ids[kind], gint64, i));
      if (!has_any)
        return FALSE;
    }
  return people == NULL
         || (reg_people_filter_allows (people, REG_PEOPLE_LOCATION, user->location_id)
             && reg_people_filter_allows (people, REG_PEOPLE_MANAGER, user->manager_id));
}
