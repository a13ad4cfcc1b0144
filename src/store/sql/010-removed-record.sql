-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the LMS deleted because of a change made here, as it was last known: an attempt a row. People
-- and courses may go; their names stay.
CREATE TABLE removed_record (
  id INTEGER PRIMARY KEY,
  removed_at INTEGER NOT NULL,
  change_id INTEGER NOT NULL,
  operation TEXT NOT NULL,
  user_id INTEGER NOT NULL,
  course_id INTEGER NOT NULL,
  user_name TEXT NOT NULL,
  user_email TEXT NOT NULL,
  course_title TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  assigned_at INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  progress INTEGER NOT NULL,
  completed_at INTEGER NOT NULL,
  certificate_at INTEGER NOT NULL
);

CREATE INDEX enrollment_archived ON enrollment (user_id) WHERE archived <> 0;
CREATE INDEX user_archived ON user (id) WHERE state = 3;
