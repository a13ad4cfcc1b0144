-- SPDX-License-Identifier: GPL-3.0-or-later
-- What was read on demand about an enrollment, as it came, and when: for reading offline.
CREATE TABLE reading (
  user_id INTEGER NOT NULL,
  course_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  read_at INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (user_id, course_id, kind)
) WITHOUT ROWID;

-- A person's attempts and certificates in a course.
CREATE INDEX document_target ON document (user_id, course_id);
