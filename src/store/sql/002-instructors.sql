-- SPDX-License-Identifier: GPL-3.0-or-later
-- Whether the person has the permissions of an instructor in the course.

ALTER TABLE enrollment ADD COLUMN is_instructor INTEGER NOT NULL DEFAULT 0;
ALTER TABLE enrollment_base ADD COLUMN is_instructor INTEGER NOT NULL DEFAULT 0;
