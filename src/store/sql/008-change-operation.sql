-- SPDX-License-Identifier: GPL-3.0-or-later
-- The operation of a change, where it is not that of its batch: an import may add one person and
-- edit the next in one step. Such a change has parameters of its own.
ALTER TABLE change ADD COLUMN operation TEXT;
