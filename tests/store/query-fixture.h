/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store with a few hundred random people in seven courses, and the records it was filled with. */
#pragma once

#include "store-fixture.h"

#include "reg-test-people.h"

#define N_PEOPLE 400
#define N_COURSES 7
#define QUERY_TODAY "2026-03-10"

typedef struct
{
  StoreFixture base;
  GRand *rand;
  GPtrArray *people;      /* RegUser, by id from 1 */
  GPtrArray *enrollments; /* RegEnrollment */
  GHashTable *ranks;      /* id → its place in the order of names */
} QueryFixture;

typedef struct
{
  const char *code, *title;
  RegCourseKind kind;
} QueryCourse;

extern const QueryCourse query_courses[N_COURSES];
extern const RegTestWorld query_world;

void query_fixture_set_up (QueryFixture *fixture, gconstpointer data);
void query_fixture_tear_down (QueryFixture *fixture, gconstpointer data);

#define QUERY_TEST(path, function)                                                                 \
  g_test_add (path, QueryFixture, NULL, query_fixture_set_up, function, query_fixture_tear_down)
