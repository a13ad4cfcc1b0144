-- SPDX-License-Identifier: GPL-3.0-or-later
-- The LMS's values of what can be changed in a course, while a change of it waits. All else in a
-- course's row is the LMS's.
CREATE TABLE course_base (
  id INTEGER PRIMARY KEY,
  auto_reassign_days INTEGER NOT NULL
);
