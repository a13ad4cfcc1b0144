-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a course can be assigned as: editions and units are numbers and names as text of RegParams. A
-- subscription has a last day.

ALTER TABLE course ADD COLUMN editions TEXT NOT NULL DEFAULT '';
ALTER TABLE course ADD COLUMN units TEXT NOT NULL DEFAULT '';
ALTER TABLE pool ADD COLUMN expires TEXT NOT NULL DEFAULT '';
