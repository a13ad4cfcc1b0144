/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text files and pasted ranges. The first byte says how: the delimiter (or none), the encoding (or
 * none), file or paste. */
#include "fuzz.h"

#include "fuzz-rows.h"
#include "tabular/reg-csv-reader.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char delimiters[] = { 0, ',', ';', '\t' };
  static const char *const encodings[] = { NULL,        "UTF-8",        "UTF-16LE",
                                           "UTF-16BE",  "windows-1252", "windows-1251",
                                           "Shift_JIS", "no-such-one" };
  g_autoptr (GError) error = NULL;
  RegReadOptions options = { 0 };
  guint64 line = 0;
  RegRow row;

  if (size < 1)
    return 0;
  options.delimiter = delimiters[data[0] & 3];
  options.encoding = encodings[data[0] >> 2 & 7];
  if ((data[0] & 0x20) != 0)
    {
      g_autoptr (RegRowReader) reader =
          reg_row_reader_open_text ((const char *)data + 1, size - 1, &options, NULL, &error);

      while (reader != NULL && reg_row_reader_next (reader, &row, &error))
        fuzz_assert_row (&row, &line);
    }
  else
    {
      g_autoptr (RegInput) input = reg_input_new_for_text ((const char *)data + 1, size - 1, NULL);
      g_autoptr (RegCsvReader) reader = reg_csv_reader_new (input, &options, &error);

      while (reader != NULL && reg_csv_reader_next (reader, &row, &error))
        fuzz_assert_row (&row, &line);
    }
  if (error != NULL)
    fuzz_assert_refusal (error);
  return 0;
}
