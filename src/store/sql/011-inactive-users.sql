-- SPDX-License-Identifier: GPL-3.0-or-later
-- Nearly everybody is active. Who is not stands here, so that reading all people for an import does
-- not read the state of each.
CREATE INDEX user_inactive ON user (id, state) WHERE state <> 1;
