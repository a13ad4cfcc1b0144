-- SPDX-License-Identifier: GPL-3.0-or-later
-- People made here have ids below 0 until the LMS has given them theirs.

-- Changes for such people, in any state.
CREATE INDEX change_local ON change (user_id) WHERE user_id < 0;

-- Which id the LMS gave: for what still names the old one, and so that none is used again.
CREATE TABLE local_user (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL
);
