-- SPDX-License-Identifier: GPL-3.0-or-later
-- What of a course somebody was assigned, as the parameters of the assignment say it, and the last day
-- of the subscription.
ALTER TABLE enrollment ADD COLUMN edition TEXT NOT NULL DEFAULT '';
ALTER TABLE enrollment ADD COLUMN mode TEXT NOT NULL DEFAULT '';
ALTER TABLE enrollment ADD COLUMN units TEXT NOT NULL DEFAULT '';
ALTER TABLE enrollment ADD COLUMN subscription_end TEXT NOT NULL DEFAULT '';
ALTER TABLE enrollment_base ADD COLUMN edition TEXT NOT NULL DEFAULT '';
ALTER TABLE enrollment_base ADD COLUMN mode TEXT NOT NULL DEFAULT '';
ALTER TABLE enrollment_base ADD COLUMN units TEXT NOT NULL DEFAULT '';
ALTER TABLE enrollment_base ADD COLUMN subscription_end TEXT NOT NULL DEFAULT '';
