/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index against plain loops over the same people. */
#include "store/reg-user-index.h"

#include "reg-test-people.h"

#include "rules/reg-text.h"
#include "store/reg-label-names.h"
#include "store/reg-radix-sort.h"
#include "store/reg-store-private.h"
#include "store/reg-text-scan.h"

#include <glib/gstdio.h>
#include <string.h>

#define N_PEOPLE 3000

static const RegTestWorld world = { .n_locations = 9, .n_labels = 30, .n_people = N_PEOPLE };

/* A person with what the naive search and sort read. */
typedef struct
{
  RegUser *user;
  char *name; /* folded, as it sorts */
  char *email;
  char *employee_id;
  char *email_key;
  char *location;
  char *groups;
  char *text; /* breaks ties as the index does */
} Person;

typedef struct
{
  char *folder;
  RegStoreDb db;
  RegUserIndex *index;
  GHashTable *people; /* id → Person */
  GRand *rand;
} Fixture;

static void
person_free (gpointer data)
{
  Person *self = data;

  reg_user_free (self->user);
  g_free (self->name);
  g_free (self->email);
  g_free (self->employee_id);
  g_free (self->email_key);
  g_free (self->location);
  g_free (self->groups);
  g_free (self->text);
  g_free (self);
}

static void
put (Fixture *fixture, RegUser *user)
{
  g_autofree char *full = g_strconcat (user->family_name, " ", user->given_name, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  Person *person = g_new0 (Person, 1);
  gsize key_at, key_len;

  person->user = user;
  person->name = reg_text_fold (full, -1);
  person->email = reg_text_fold (user->email, -1);
  person->employee_id = reg_text_fold (user->employee_id, -1);
  person->email_key = reg_email_key (user->email, -1);
  reg_store_make_search_text (user, text, &key_at, &key_len);
  person->text = g_strdup (text->str);
  g_hash_table_replace (fixture->people, &person->user->id, person);
  reg_test_write_person (&fixture->db, user);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  fixture->folder = g_dir_make_tmp ("registrar-test-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (fixture->folder, "users.db", NULL);
  reg_store_db_open (&fixture->db, path, TRUE, &error);
  g_assert_no_error (error);
  reg_store_schema_prepare (&fixture->db, &error);
  g_assert_no_error (error);
  reg_store_db_exec (&fixture->db, "PRAGMA synchronous = OFF", &error);
  g_assert_no_error (error);
  fixture->index = reg_user_index_new ();
  fixture->people = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, person_free);
  fixture->rand = g_rand_new_with_seed (20260901);

  reg_store_db_exec (&fixture->db, "BEGIN", &error);
  reg_test_write_labels (&fixture->db, &world);
  for (gint64 i = 1; i <= GPOINTER_TO_INT (data); i++)
    {
      /* some made offline, and gaps */
      gint64 id = i % 50 == 0 ? -i : i % 7 == 0 ? i * 1000003 : i;

      put (fixture, reg_test_make_person (&world, fixture->rand, id));
    }
  reg_store_db_exec (&fixture->db, "COMMIT", &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  reg_user_index_free (fixture->index);
  reg_store_db_close (&fixture->db);
  g_hash_table_unref (fixture->people);
  g_rand_free (fixture->rand);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

static gboolean
matches (const Person *person, const RegUserQuery *query)
{
  g_autofree char *fold = query->search != NULL ? reg_text_fold (query->search, -1) : NULL;
  g_auto (GStrv) words = fold != NULL ? g_strsplit (fold, " ", -1) : NULL;

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    if (strstr (person->name, words[i]) == NULL && strstr (person->email, words[i]) == NULL
        && strstr (person->employee_id, words[i]) == NULL)
      return FALSE;
  return (query->states == 0 || (query->states & 1u << person->user->state) != 0)
         && (query->roles == 0 || (query->roles & 1u << person->user->role) != 0)
         && reg_test_person_matches (person->user, query->people);
}

/* Texts, none last either way. */
static int
compare_texts (const char *a, const char *b, gboolean descending)
{
  if (*a == '\0' || *b == '\0')
    return (*a == '\0') - (*b == '\0');
  return descending ? strcmp (b, a) : strcmp (a, b);
}

static int
compare_people (gconstpointer a, gconstpointer b, gpointer data)
{
  const Person *first = *(const Person *const *)a;
  const Person *second = *(const Person *const *)b;
  const RegUserQuery *query = data;
  gboolean down = query->descending;
  int order = 0;
  int by_name = strcmp (first->text, second->text);

  if (by_name == 0)
    by_name = first->user->id < second->user->id ? -1 : 1;
  switch (query->sort)
    {
    case REG_USER_SORT_NAME:
      return down ? -by_name : by_name;
    case REG_USER_SORT_EMAIL:
      order = compare_texts (first->email_key, second->email_key, down);
      break;
    case REG_USER_SORT_EMPLOYEE_ID:
      order = compare_texts (first->user->employee_id, second->user->employee_id, down);
      break;
    case REG_USER_SORT_LOCATION:
      order = compare_texts (first->location, second->location, down);
      break;
    case REG_USER_SORT_GROUPS:
      order = compare_texts (first->groups, second->groups, down);
      break;
    case REG_USER_SORT_ROLE:
      order = ((int)first->user->role - (int)second->user->role) * (down ? -1 : 1);
      break;
    case REG_USER_SORT_STATE:
      order = ((int)first->user->state - (int)second->user->state) * (down ? -1 : 1);
      break;
    }
  return order != 0 ? order : by_name;
}

static GPtrArray *
find_naively (Fixture *fixture, const RegUserQuery *query)
{
  GPtrArray *found = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RegLabelNames) names = reg_label_names_new (&fixture->db, &error);
  GHashTableIter iter;
  Person *person;

  g_assert_no_error (error);
  g_hash_table_iter_init (&iter, fixture->people);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&person))
    {
      if (!matches (person, query))
        continue;
      g_free (person->location);
      g_free (person->groups);
      person->location = g_strdup (reg_label_names_get_fold (names, person->user->location_id));
      person->groups = reg_label_names_dup_groups_fold (names, person->user->labels);
      g_ptr_array_add (found, person);
    }
  g_ptr_array_sort_with_data (found, compare_people, (gpointer)query);
  return found;
}

static RegIdList *
ask (Fixture *fixture, RegUserIndex *index, const RegUserQuery *query)
{
  g_autoptr (GError) error = NULL;
  RegIdList *ids;

  reg_user_index_refresh (index, &fixture->db, NULL, &error);
  g_assert_no_error (error);
  ids = reg_user_index_query (index, &fixture->db, query, NULL, &error);
  g_assert_no_error (error);
  return ids;
}

static void
check (Fixture *fixture, const RegUserQuery *query)
{
  g_autoptr (RegIdList) ids = ask (fixture, fixture->index, query);
  g_autoptr (GPtrArray) expected = find_naively (fixture, query);

  g_assert_cmpuint (ids->n, ==, expected->len);
  for (gsize i = 0; i < ids->n; i++)
    g_assert_cmpint (ids->ids[i], ==, ((const Person *)expected->pdata[i])->user->id);
}

static Person *
pick_person (Fixture *fixture)
{
  guint n = g_rand_int_range (fixture->rand, 0, (gint)g_hash_table_size (fixture->people));
  GHashTableIter iter;
  gpointer person = NULL;

  g_hash_table_iter_init (&iter, fixture->people);
  for (guint i = 0; i <= n; i++)
    g_hash_table_iter_next (&iter, NULL, &person);
  return person;
}

static void
test_search (Fixture *fixture, gconstpointer data)
{
  for (guint round = 0; round < 150; round++)
    {
      g_autofree char *search =
          reg_test_make_search (fixture->rand, pick_person (fixture)->user, 1 + round % 5);
      RegUserQuery query = { .search = search };

      check (fixture, &query);
    }
}

static void
test_search_examples (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *given, *family, *search;
    gboolean found;
  } cases[] = {
    { "Zoë", "Müller", "zoe muller", TRUE },
    { "Zoë", "Müller", "MÜLLER", TRUE },
    { "Jose\xcc\x81", "García", "josé gar", TRUE },
    { "José", "García", "jose\xcc\x81", TRUE },
    { "Hans", "Straße", "strasse", TRUE },
    { "王", "小明", "小", TRUE },
    { "Ａｎｎａ", "Smith", "anna", TRUE },
    { "ΝΊΚΟΣ", "Ά", "νικος", TRUE },
    { "عَلِيّ", "نصر", "علي", TRUE },
    { "Anna", "Smith", "annasmith", FALSE },
    { "Anna", "Smith", "h a", TRUE },
    { "Anna", "Smith", "   ", TRUE },
    { "Anna", "Smith", "smithx", FALSE },
    { "Anna", "Smith", "\xff", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RegIdList) ids = NULL;
      RegUser *user = reg_user_new ();
      RegUserQuery query = { .search = cases[i].search };

      user->id = 1;
      g_free (user->given_name);
      g_free (user->family_name);
      user->given_name = g_strdup (cases[i].given);
      user->family_name = g_strdup (cases[i].family);
      put (fixture, user);
      reg_user_index_invalidate_users (fixture->index, &user->id, 1);
      ids = ask (fixture, fixture->index, &query);
      g_assert_cmpuint (ids->n, ==, cases[i].found ? 1 : 0);
    }
}

static RegUserQuery
make_query (Fixture *fixture, const char *search, RegPeopleFilter *people)
{
  GRand *rand = fixture->rand;
  RegUserQuery query = { .search = search };

  if (g_rand_boolean (rand))
    query.states = g_rand_int_range (rand, 0, 1 << REG_N_USER_STATES);
  if (g_rand_boolean (rand))
    query.roles = g_rand_int_range (rand, 0, 1 << REG_N_ROLES);
  reg_test_make_people_filter (&world, rand, people);
  query.people = people;
  query.sort = (RegUserSort)g_rand_int_range (rand, 0, REG_USER_SORT_STATE + 1);
  query.descending = g_rand_boolean (rand);
  return query;
}

static void
test_filters_and_orders (Fixture *fixture, gconstpointer data)
{
  for (int sort = REG_USER_SORT_NAME; sort <= REG_USER_SORT_STATE; sort++)
    for (int descending = 0; descending < 2; descending++)
      {
        RegUserQuery query = { .sort = (RegUserSort)sort, .descending = descending };

        check (fixture, &query);
      }
  for (guint round = 0; round < 150; round++)
    {
      g_autofree char *search =
          reg_test_make_search (fixture->rand, pick_person (fixture)->user, 1);
      g_auto (RegPeopleFilter) people = { 0 };
      RegUserQuery query = make_query (fixture, round % 2 == 0 ? search : NULL, &people);

      check (fixture, &query);
    }
}

/* Adds, changes and removes somebody; the index hears of it. */
static void
change_somebody (Fixture *fixture, GArray *ids)
{
  gint64 id = pick_person (fixture)->user->id;
  g_autoptr (GError) error = NULL;
  RegUser *user;

  switch (g_rand_int_range (fixture->rand, 0, 5))
    {
    case 0: /* new */
      id = 5000000 + g_rand_int_range (fixture->rand, 0, 1000000);
      put (fixture, reg_test_make_person (&world, fixture->rand, id));
      break;
    case 1: /* gone */
      {
        sqlite3_stmt *stmt =
            reg_store_db_prepare (&fixture->db, "DELETE FROM user WHERE id = ?", &error);

        sqlite3_bind_int64 (stmt, 1, id);
        reg_store_db_run (&fixture->db, stmt, &error);
        g_assert_no_error (error);
        g_hash_table_remove (fixture->people, &id);
      }
      break;
    case 2: /* another name */
      put (fixture, reg_test_make_person (&world, fixture->rand, id));
      break;
    case 3: /* the same name and so on, another state and place */
      user = reg_user_copy (pick_person (fixture)->user);
      id = user->id;
      user->state = REG_USER_STATE_ARCHIVED;
      user->location_id = 3;
      g_free (user->labels);
      user->labels = g_strdup (",11,29,");
      put (fixture, user);
      break;
    default: /* an employee ID that is searched alike but sorts otherwise */
      user = reg_user_copy (pick_person (fixture)->user);
      id = user->id;
      g_free (user->employee_id);
      user->employee_id = g_strdup (g_rand_boolean (fixture->rand) ? "ABC" : "abc");
      put (fixture, user);
      break;
    }
  g_array_append_val (ids, id);
}

static void
test_updates_equal_a_new_index (Fixture *fixture, gconstpointer data)
{
  for (guint round = 0; round < 40; round++)
    {
      g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autoptr (RegUserIndex) anew = reg_user_index_new ();
      guint n = round % 10 == 9 ? 2500 : 1 + round;

      for (guint i = 0; i < n; i++)
        change_somebody (fixture, ids);
      reg_user_index_invalidate_users (fixture->index, (const gint64 *)(gpointer)ids->data,
                                       ids->len);
      for (int sort = REG_USER_SORT_NAME; sort <= REG_USER_SORT_STATE; sort++)
        {
          RegUserQuery query = { .sort = (RegUserSort)sort, .states = round % 3 == 0 ? 8 : 0 };
          g_autoptr (RegIdList) updated = ask (fixture, fixture->index, &query);
          g_autoptr (RegIdList) expected = ask (fixture, anew, &query);

          g_assert_cmpmem (updated->ids, updated->n * sizeof (gint64), expected->ids,
                           expected->n * sizeof (gint64));
        }
      {
        g_auto (RegPeopleFilter) people = { 0 };
        RegUserQuery query = make_query (fixture, NULL, &people);

        check (fixture, &query);
      }
    }
}

static void
test_ranks (Fixture *fixture, gconstpointer data)
{
  RegUserQuery all = { 0 };
  RegUserQuery some = { .search = "a", .states = 1u << REG_USER_STATE_ACTIVE };
  g_autoptr (RegIdList) ids = ask (fixture, fixture->index, &all);
  g_autoptr (GPtrArray) found = find_naively (fixture, &some);
  g_autofree guint64 *bits = reg_user_index_match (fixture->index, &some);
  guint n = 0;

  g_assert_cmpuint (reg_user_index_get_size (fixture->index), ==, ids->n);
  for (gsize i = 0; i < ids->n; i++)
    {
      g_assert_cmpuint (reg_user_index_get_rank (fixture->index, ids->ids[i]), ==, i);
      g_assert_cmpint (reg_user_index_get_id (fixture->index, i), ==, ids->ids[i]);
      n += (bits[i / 64] >> (i % 64) & 1) != 0;
    }
  g_assert_cmpuint (n, ==, found->len);
  g_assert_cmpuint (reg_user_index_get_rank (fixture->index, 999999999), ==, REG_USER_RANK_NONE);
  g_assert_false (reg_user_index_is_filter (&all));
  g_assert_true (reg_user_index_is_filter (&some));
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  RegUserQuery query = { 0 };

  /* more people than are read between two looks at the cancellable */
  for (gint64 id = 10000; id < 15000; id++)
    {
      RegUser *user = reg_user_new ();

      user->id = id;
      put (fixture, user);
    }
  g_cancellable_cancel (cancellable);
  g_assert_false (reg_user_index_refresh (fixture->index, &fixture->db, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  check (fixture, &query);
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  for (int sort = REG_USER_SORT_NAME; sort <= REG_USER_SORT_STATE; sort++)
    {
      RegUserQuery query = { .sort = (RegUserSort)sort, .search = "a" };

      check (fixture, &query);
      query.search = NULL;
      check (fixture, &query);
    }
}

static void
test_labels_renamed (Fixture *fixture, gconstpointer data)
{
  RegUserQuery by_location = { .sort = REG_USER_SORT_LOCATION };
  RegUserQuery by_groups = { .sort = REG_USER_SORT_GROUPS, .descending = TRUE };
  g_autoptr (GError) error = NULL;

  check (fixture, &by_location);
  reg_store_db_exec (&fixture->db,
                     "UPDATE label SET name = 'Aachen' WHERE id % 4 = 0;"
                     "DELETE FROM label WHERE id = 2",
                     &error);
  g_assert_no_error (error);
  reg_user_index_invalidate_labels (fixture->index);
  check (fixture, &by_location);
  check (fixture, &by_groups);
}

static void
test_scan (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (guint round = 0; round < 3000; round++)
    {
      char text[100], word[8];
      gsize len = g_rand_int_range (rand, 0, 100);
      gsize word_len = g_rand_int_range (rand, 1, 6);

      for (gsize i = 0; i < len; i++)
        text[i] = "abc"[g_rand_int_range (rand, 0, 3)];
      for (gsize i = 0; i < word_len; i++)
        word[i] = "abc"[g_rand_int_range (rand, 0, 3)];
      g_assert_true (reg_text_scan (text, text + len, word, word_len)
                     == memmem (text, len, word, word_len));
    }
}

static void
test_sort (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (6);

  for (guint round = 0; round < 40; round++)
    {
      gsize n = g_rand_int_range (rand, 0, round % 2 == 0 ? 60 : 3000);
      g_autofree RegSortItem *items = g_new (RegSortItem, n + 1);
      g_autofree RegSortItem *scratch = g_new (RegSortItem, n + 1);

      for (gsize i = 0; i < n; i++)
        {
          gint64 number = round % 4 < 2
                              ? g_rand_int_range (rand, -50, 50)
                              : (gint64)((guint64)g_rand_int (rand) << 32 | g_rand_int (rand));

          items[i].key = reg_radix_key_from_int64 (number);
          items[i].value = i;
        }
      reg_radix_sort (items, scratch, n);
      for (gsize i = 1; i < n; i++)
        g_assert_true (
            items[i - 1].key < items[i].key
            || (items[i - 1].key == items[i].key && items[i - 1].value < items[i].value));
    }
}

static void
test_sort_texts (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);
  gsize n = 2000;
  g_autofree guint32 *starts = g_new (guint32, n + 1);
  g_autofree RegSortItem *items = g_new (RegSortItem, n);
  g_autofree RegSortItem *scratch = g_new (RegSortItem, n);

  for (gsize i = 0; i < n; i++)
    {
      /* long common beginnings, and many that are the beginning of others */
      GString *row = g_string_new (i % 3 == 0 ? "common beginning of " : "");

      for (gint left = g_rand_int_range (rand, 0, 12); left > 0; left--)
        g_string_append_c (row, "ab\xc3"[g_rand_int_range (rand, 0, 3)]);
      starts[i] = text->len;
      items[i].value = i;
      g_string_append (text, row->str);
      g_ptr_array_add (rows, g_string_free (row, FALSE));
    }
  starts[n] = text->len;
  reg_radix_sort_texts (items, scratch, n, text->str, starts);
  for (gsize i = 1; i < n; i++)
    {
      int order = strcmp (rows->pdata[items[i - 1].value], rows->pdata[items[i].value]);

      g_assert_true (order < 0 || (order == 0 && items[i - 1].value < items[i].value));
    }
}

#define ADD(path, n, function)                                                                     \
  g_test_add ("/store/user-index/" path, Fixture, GINT_TO_POINTER (n), set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/text-scan/like-memmem", test_scan);
  g_test_add_func ("/store/radix-sort/numbers", test_sort);
  g_test_add_func ("/store/radix-sort/texts", test_sort_texts);
  ADD ("search", N_PEOPLE, test_search);
  ADD ("search-examples", 0, test_search_examples);
  ADD ("filters-and-orders", N_PEOPLE, test_filters_and_orders);
  ADD ("updates-equal-a-new-index", N_PEOPLE, test_updates_equal_a_new_index);
  ADD ("ranks", N_PEOPLE, test_ranks);
  ADD ("cancelled", 100, test_cancelled);
  ADD ("empty", 0, test_empty);
  ADD ("labels-renamed", N_PEOPLE, test_labels_renamed);
  return g_test_run ();
}
