/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/**
 * RegEnrollmentsOf:
 * @REG_ENROLLMENTS_OF_COURSE: the people who have a course
 * @REG_ENROLLMENTS_OF_USER: the courses a person has
 *
 * Whose enrollments a page shows: what its rows are told apart by, and what it is searched for.
 */
typedef enum
{
  REG_ENROLLMENTS_OF_COURSE,
  REG_ENROLLMENTS_OF_USER,
} RegEnrollmentsOf;
