-- SPDX-License-Identifier: GPL-3.0-or-later
-- Presets are kept as text of RegParams: name and items. They come anew with the next pull, and so do
-- the courses and pools, for what they had no column for.

DELETE FROM document WHERE kind = 'preset';
UPDATE course SET revision = 0;
UPDATE pool SET revision = 0;
DELETE FROM setting WHERE key = 'cursor';
