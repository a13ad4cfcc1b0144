/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random people with names of many scripts, the same ones for the same seed. */
#pragma once

#include "model/reg-user.h"
#include "store/reg-people-filter.h"
#include "store/reg-store-db.h"

G_BEGIN_DECLS

/* n_labels: labels 1 … n; the first ones are locations 1 … n_locations. */
typedef struct
{
  guint n_locations;
  guint n_labels;
  gint64 n_people;
} RegTestWorld;

RegUser *reg_test_make_person (const RegTestWorld *world, GRand *rand, gint64 id);
/* Writes the row as the store does, in place of the one that is there. */
void reg_test_write_person (RegStoreDb *db, const RegUser *user);
void reg_test_write_labels (RegStoreDb *db, const RegTestWorld *world);
/* One to five characters of a person, sometimes two words, as somebody might type them. */
char *reg_test_make_search (GRand *rand, const RegUser *user, guint n_chars);
/* Adds up to three ids, of some attributes; some of them belong to nobody. */
void reg_test_make_people_filter (const RegTestWorld *world, GRand *rand, RegPeopleFilter *people);
/* Whether the person is one of those; people: (nullable). */
gboolean reg_test_person_matches (const RegUser *user, const RegPeopleFilter *people);

G_END_DECLS
