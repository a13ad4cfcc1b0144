-- SPDX-License-Identifier: GPL-3.0-or-later
-- corrects: the import whose file this one reads once more, to put lines of it right: the first of
-- them all, also where it was a later one that was corrected.
ALTER TABLE import_run ADD COLUMN corrects INTEGER;
CREATE INDEX import_run_corrects ON import_run (corrects) WHERE corrects IS NOT NULL;

-- Lines that such an import leaves out for good.
CREATE TABLE import_left_out (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL,
  line INTEGER NOT NULL
);
CREATE INDEX import_left_out_run ON import_left_out (run_id);
