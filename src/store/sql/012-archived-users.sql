-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who is archived stands in user_inactive too.
DROP INDEX user_archived;
