/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The filters of lists: options of `users list` and `enrollments list`, KEY=VALUE of `do`. */
#pragma once

#include "cli/reg-cli.h"

G_BEGIN_DECLS

typedef struct
{
  char *search;
  char *status;
  char *role;
  char **groups; /* of these five, one of several is enough */
  char **teams;
  char **tags;
  char **locations;
  char **managers;
  char *source;
  char *assigned_by;
  char *requirement;
  char *access;
  char *due;
  char *session;
  gboolean waiting;
  RegPeopleFilter people; /* what queries point to */
} RegCliFilter;

/* The options of lists of people and of enrollments alike. */
#define REG_CLI_PEOPLE_OPTIONS(filter)                                                             \
  { "group",                                                                                       \
    0,                                                                                             \
    0,                                                                                             \
    G_OPTION_ARG_STRING_ARRAY,                                                                     \
    &(filter).groups,                                                                              \
    N_ ("Members of a group, or of any team or tag of that name; several times for any of them"),  \
    N_ ("GROUP") },                                                                                \
      { "team",                                                                                    \
        0,                                                                                         \
        0,                                                                                         \
        G_OPTION_ARG_STRING_ARRAY,                                                                 \
        &(filter).teams,                                                                           \
        N_ ("Members of a team; several times for any of them"),                                   \
        N_ ("TEAM") },                                                                             \
      { "tag",                                                                                     \
        0,                                                                                         \
        0,                                                                                         \
        G_OPTION_ARG_STRING_ARRAY,                                                                 \
        &(filter).tags,                                                                            \
        N_ ("People with a tag; several times for any of them"),                                   \
        N_ ("TAG") },                                                                              \
      { "location",                                                                                \
        0,                                                                                         \
        0,                                                                                         \
        G_OPTION_ARG_STRING_ARRAY,                                                                 \
        &(filter).locations,                                                                       \
        N_ ("People of a location; several times for any of them"),                                \
        N_ ("LOCATION") },                                                                         \
  {                                                                                                \
    "manager", 0, 0, G_OPTION_ARG_STRING_ARRAY, &(filter).managers,                                \
        N_ ("People who report to somebody; several times for any of them"), N_ ("USER")           \
  }

void reg_cli_filter_clear (RegCliFilter *self);
/* "status=active" */
gboolean reg_cli_filter_set (RegCliFilter *self, const char *text);
/* Each says on stderr what is wrong. */
gboolean reg_cli_filter_fill_users (RegCli *cli, RegCliFilter *self, RegUserQuery *query);
gboolean
reg_cli_filter_fill_enrollments (RegCli *cli, RegCliFilter *self, RegEnrollmentQuery *query);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RegCliFilter, reg_cli_filter_clear)

G_END_DECLS
