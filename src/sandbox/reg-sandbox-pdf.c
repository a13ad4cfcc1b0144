/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A certificate: one landscape page of PDF 1.4 with the standard fonts. Those have the letters of
 * windows-1252 only, so other names are shown in Latin letters; the document's title has the name
 * as it is. */
#define G_LOG_DOMAIN "reg-sandbox"

#include "sandbox/reg-sandbox-pdf.h"

#include <string.h>

#define N_OBJECTS 7

static void
append_string (GString *out, const char *bytes, gsize len)
{
  g_string_append_c (out, '<');
  for (gsize i = 0; i < len; i++)
    g_string_append_printf (out, "%02X", (guchar)bytes[i]);
  g_string_append_c (out, '>');
}

/* A text of the page, in windows-1252. */
static void
append_page_text (GString *out, const char *text)
{
  gsize len;
  g_autofree char *bytes = g_convert (text, -1, "WINDOWS-1252", "UTF-8", NULL, &len, NULL);

  if (bytes == NULL)
    {
      g_autofree char *ascii = g_str_to_ascii (text, "C");

      append_string (out, ascii, strlen (ascii));
      return;
    }
  append_string (out, bytes, len);
}

static void
append_line (GString *out, const char *font, int size, int y, const char *text)
{
  g_string_append_printf (out, "BT /%s %d Tf 90 %d Td ", font, size, y);
  append_page_text (out, text);
  g_string_append (out, " Tj ET\n");
}

static GString *
draw (const char *site, const char *name, const char *course, const char *date)
{
  GString *page = g_string_new ("0.11 0.44 0.85 RG 6 w 40 40 762 515 re S\n");

  append_line (page, "F1", 18, 470, site);
  append_line (page, "F2", 40, 400, "Certificate");
  append_line (page, "F2", 28, 310, name);
  append_line (page, "F1", 16, 270, "has completed");
  append_line (page, "F2", 22, 230, course);
  append_line (page, "F1", 14, 130, date);
  return page;
}

/**
 * reg_sandbox_pdf_new:
 * @site: who certifies
 * @name: whom
 * @course: what was completed
 * @date: when, as YYYY-MM-DD
 *
 * Returns: (transfer full): the file's bytes
 */
GString *
reg_sandbox_pdf_new (const char *site, const char *name, const char *course, const char *date)
{
  static const char bom[] = { (char)0xfe, (char)0xff };
  GString *out = g_string_new ("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n");
  GString *page = draw (site, name, course, date);
  g_autofree char *title = g_strdup_printf ("%s: %s", name, course);
  gsize title_len;
  g_autofree char *utf16 = g_convert (title, -1, "UTF-16BE", "UTF-8", NULL, &title_len, NULL);
  g_autoptr (GString) title_bytes = g_string_new_len (bom, sizeof bom);
  gsize at[N_OBJECTS];
  gsize xref;

  g_string_append_len (title_bytes, utf16 != NULL ? utf16 : "", utf16 != NULL ? title_len : 0);
  at[0] = out->len;
  g_string_append (out, "1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n");
  at[1] = out->len;
  g_string_append (out, "2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n");
  at[2] = out->len;
  g_string_append (out, "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 842 595]\n"
                        "/Resources << /Font << /F1 4 0 R /F2 5 0 R >> >>\n"
                        "/Contents 6 0 R >>\nendobj\n");
  at[3] = out->len;
  g_string_append (out, "4 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica\n"
                        "/Encoding /WinAnsiEncoding >>\nendobj\n");
  at[4] = out->len;
  g_string_append (out, "5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold\n"
                        "/Encoding /WinAnsiEncoding >>\nendobj\n");
  at[5] = out->len;
  g_string_append_printf (out, "6 0 obj\n<< /Length %" G_GSIZE_FORMAT " >>\nstream\n", page->len);
  g_string_append_len (out, page->str, page->len);
  g_string_append (out, "endstream\nendobj\n");
  at[6] = out->len;
  g_string_append (out, "7 0 obj\n<< /Title ");
  append_string (out, title_bytes->str, title_bytes->len);
  g_string_append (out, " >>\nendobj\n");
  xref = out->len;
  g_string_append_printf (out, "xref\n0 %d\n0000000000 65535 f \n", N_OBJECTS + 1);
  for (guint i = 0; i < N_OBJECTS; i++)
    g_string_append_printf (out, "%010" G_GSIZE_FORMAT " 00000 n \n", at[i]);
  g_string_append_printf (out,
                          "trailer\n<< /Size %d /Root 1 0 R /Info 7 0 R >>\n"
                          "startxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n",
                          N_OBJECTS + 1, xref);
  g_string_free (page, TRUE);
  return out;
}
