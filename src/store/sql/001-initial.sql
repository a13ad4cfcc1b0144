-- SPDX-License-Identifier: GPL-3.0-or-later
-- Enums are small integers in the order of model/reg-enums.h. Times are unix seconds, 0 for never.

CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- What the screen shows: server truth plus waiting changes.
CREATE TABLE user (
  id INTEGER PRIMARY KEY,
  revision INTEGER NOT NULL,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  employee_id TEXT NOT NULL,
  given_name TEXT NOT NULL,
  family_name TEXT NOT NULL,
  role INTEGER NOT NULL,
  state INTEGER NOT NULL,
  location_id INTEGER NOT NULL,
  manager_id INTEGER NOT NULL,
  labels TEXT NOT NULL,
  approved_at INTEGER NOT NULL,
  notified_at INTEGER NOT NULL,
  archived_at INTEGER NOT NULL,
  -- folded family name, space, folded given name, U+001F, e-mail key, U+001F, folded employee id
  search_text TEXT NOT NULL
);
CREATE INDEX user_email_key ON user (email_key);
CREATE INDEX user_employee_id ON user (employee_id) WHERE employee_id <> '';

-- Server truth of users with open changes. present = 0: the LMS no longer shows the user.
CREATE TABLE user_base (
  id INTEGER PRIMARY KEY,
  revision INTEGER NOT NULL,
  email TEXT NOT NULL,
  employee_id TEXT NOT NULL,
  given_name TEXT NOT NULL,
  family_name TEXT NOT NULL,
  role INTEGER NOT NULL,
  state INTEGER NOT NULL,
  location_id INTEGER NOT NULL,
  manager_id INTEGER NOT NULL,
  labels TEXT NOT NULL,
  approved_at INTEGER NOT NULL,
  notified_at INTEGER NOT NULL,
  archived_at INTEGER NOT NULL,
  present INTEGER NOT NULL
);

CREATE TABLE course (
  id INTEGER PRIMARY KEY,
  revision INTEGER NOT NULL,
  code TEXT NOT NULL,
  title TEXT NOT NULL,
  kind INTEGER NOT NULL,
  has_scorm INTEGER NOT NULL,
  has_quiz INTEGER NOT NULL,
  pool_id INTEGER NOT NULL,
  auto_reassign_days INTEGER NOT NULL,
  items TEXT NOT NULL
);

CREATE TABLE session (
  id INTEGER PRIMARY KEY,
  revision INTEGER NOT NULL,
  course_id INTEGER NOT NULL,
  place TEXT NOT NULL,
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  seats INTEGER NOT NULL,
  taken INTEGER NOT NULL
);
CREATE INDEX session_course ON session (course_id);

CREATE TABLE label (
  id INTEGER PRIMARY KEY,
  revision INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  name TEXT NOT NULL
);

CREATE TABLE pool (
  id INTEGER PRIMARY KEY,
  revision INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  name TEXT NOT NULL,
  total INTEGER NOT NULL,
  available INTEGER NOT NULL
);

-- id = course_id << 40 | user_id: one course's enrollments are one range. Only present ones.
CREATE TABLE enrollment (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL,
  course_id INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  access INTEGER NOT NULL,
  requirement INTEGER NOT NULL,
  source INTEGER NOT NULL,
  visible INTEGER NOT NULL,
  archived INTEGER NOT NULL,
  due_date TEXT NOT NULL,
  assigned_by INTEGER NOT NULL,
  assigned_at INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  progress INTEGER NOT NULL,
  completed_at INTEGER NOT NULL,
  session_id INTEGER NOT NULL,
  seat INTEGER NOT NULL,
  certificate_at INTEGER NOT NULL
);
CREATE INDEX enrollment_user ON enrollment (user_id);

-- Server truth of enrollments with open changes. present = 0: not enrolled there.
CREATE TABLE enrollment_base (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL,
  course_id INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  access INTEGER NOT NULL,
  requirement INTEGER NOT NULL,
  source INTEGER NOT NULL,
  visible INTEGER NOT NULL,
  archived INTEGER NOT NULL,
  due_date TEXT NOT NULL,
  assigned_by INTEGER NOT NULL,
  assigned_at INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  progress INTEGER NOT NULL,
  completed_at INTEGER NOT NULL,
  session_id INTEGER NOT NULL,
  seat INTEGER NOT NULL,
  certificate_at INTEGER NOT NULL,
  present INTEGER NOT NULL
);

-- Attempts, certificates and presets, whole.
CREATE TABLE document (
  kind TEXT NOT NULL,
  id INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  course_id INTEGER NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY (kind, id)
) WITHOUT ROWID;

-- One undo step. Its changes are the ids first_change … last_change; n_… counts them by state.
-- counter_of: the batch this one takes back; undone_by: the batch that takes this one back.
CREATE TABLE batch (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  operation TEXT NOT NULL,
  title TEXT NOT NULL,
  note TEXT,
  params TEXT,
  run_id INTEGER,
  actor_id INTEGER NOT NULL,
  actor_role INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  first_change INTEGER NOT NULL,
  last_change INTEGER NOT NULL,
  counter_of INTEGER,
  undone_by INTEGER,
  n_pending INTEGER NOT NULL DEFAULT 0,
  n_sending INTEGER NOT NULL DEFAULT 0,
  n_unknown INTEGER NOT NULL DEFAULT 0,
  n_done INTEGER NOT NULL DEFAULT 0,
  n_rejected INTEGER NOT NULL DEFAULT 0,
  n_conflict INTEGER NOT NULL DEFAULT 0,
  n_undone INTEGER NOT NULL DEFAULT 0
);

-- params: NULL where they are the batch's. pool_delta: licences it takes from (-) or gives back to (+)
-- the course's pool. counter: parameters of the counter-operation, where it needs any. line: of the
-- imported file. The key is 122 random bits; nothing looks it up, so it
-- has no index.
CREATE TABLE change (
  id INTEGER PRIMARY KEY,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  uuid BLOB NOT NULL,
  user_id INTEGER NOT NULL,
  course_id INTEGER NOT NULL,
  params TEXT,
  base TEXT,
  base_revision INTEGER NOT NULL,
  state INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  not_before INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  settled_at INTEGER,
  pool_delta INTEGER NOT NULL DEFAULT 0,
  counter TEXT,
  line INTEGER,
  code TEXT,
  sentence TEXT,
  server TEXT
);
-- Open: neither done (3) nor undone (6). Settled changes cost these nothing.
CREATE INDEX change_target ON change (user_id, course_id) WHERE state NOT IN (3, 6);
CREATE INDEX change_queue ON change (state, not_before) WHERE state NOT IN (3, 6);
CREATE INDEX change_settled ON change (settled_at) WHERE settled_at IS NOT NULL;

CREATE TABLE import_run (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  action TEXT NOT NULL,
  file_name TEXT NOT NULL,
  file_hash TEXT NOT NULL,
  batch_id INTEGER REFERENCES batch (id),
  state INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  finished_at INTEGER NOT NULL,
  lines_read INTEGER NOT NULL,
  n_blank INTEGER NOT NULL,
  n_unmarked INTEGER NOT NULL,
  n_not_imported INTEGER NOT NULL,
  n_users INTEGER NOT NULL
);

CREATE TABLE import_reject (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES import_run (id),
  line INTEGER NOT NULL,
  identifier TEXT NOT NULL,
  course TEXT,
  code TEXT NOT NULL,
  reason TEXT NOT NULL
);
CREATE INDEX import_reject_run ON import_reject (run_id, line);

-- What happened to batches and, where it is not told by the change itself, to single changes. What was
-- applied stands in the settled changes; together they are the audit log.
CREATE TABLE event (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  batch_id INTEGER NOT NULL,
  change_id INTEGER,
  n INTEGER NOT NULL,
  detail TEXT
);
CREATE INDEX event_at ON event (at);
