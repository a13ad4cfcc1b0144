/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-sync"

#include "sync/reg-certificate.h"

#include "lms/reg-lms-error.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

static char *
dup_folder (const char *account_id)
{
  return g_build_filename (g_get_user_cache_dir (), "registrar", account_id, NULL);
}

/**
 * reg_certificate_dup_path:
 * @account_id: the account
 * @certificate_id: the LMS's number of the certificate
 *
 * Returns: (transfer full): the file it is kept in; a certificate never changes
 */
char *
reg_certificate_dup_path (const char *account_id, gint64 certificate_id)
{
  g_autofree char *folder = dup_folder (account_id);
  g_autofree char *name = g_strdup_printf ("certificate-%" G_GINT64_FORMAT ".pdf", certificate_id);

  return g_build_filename (folder, name, NULL);
}

gboolean
reg_certificate_is_kept (const char *account_id, gint64 certificate_id)
{
  g_autofree char *path = reg_certificate_dup_path (account_id, certificate_id);

  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

static gboolean
keep (const char *account_id, gint64 certificate_id, GBytes *pdf, GError **error)
{
  g_autofree char *folder = dup_folder (account_id);
  g_autofree char *path = reg_certificate_dup_path (account_id, certificate_id);
  gsize len;
  const char *data = g_bytes_get_data (pdf, &len);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int saved = errno;

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved),
                   _ ("The folder %s cannot be made: %s"), folder, g_strerror (saved));
      return FALSE;
    }
  return g_file_set_contents_full (path, data, (gssize)len, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                   error);
}

/**
 * reg_certificate_fetch:
 * @account_id: the account
 * @lms: a connector
 * @certificate_id: the LMS's number of the certificate
 * @cancellable: (nullable)
 * @error: return location
 *
 * Puts the certificate where reg_certificate_dup_path () says, for its owner alone. What is no PDF
 * is not kept.
 */
gboolean
reg_certificate_fetch (const char *account_id,
                       RegLms *lms,
                       gint64 certificate_id,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autofree char *what = g_strdup_printf ("certificate/%" G_GINT64_FORMAT, certificate_id);
  g_autoptr (GBytes) pdf = reg_lms_read (lms, what, 0, 0, cancellable, error);
  gsize len;
  const char *data;

  if (pdf == NULL)
    return FALSE;
  data = g_bytes_get_data (pdf, &len);
  if (len < 5 || memcmp (data, "%PDF-", 5) != 0)
    {
      g_set_error_literal (error, REG_LMS_ERROR, REG_LMS_ERROR_GARBLED,
                           _ ("What the LMS sent is no certificate: a PDF was expected."));
      return FALSE;
    }
  return keep (account_id, certificate_id, pdf, error);
}

/**
 * reg_certificate_forget_all:
 * @account_id: an account that is being removed
 *
 * Removes every certificate that was kept for it.
 */
void
reg_certificate_forget_all (const char *account_id)
{
  g_autofree char *folder = dup_folder (account_id);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_prefix (name, "certificate-"))
        g_unlink (path);
    }
  g_rmdir (folder);
}

/**
 * reg_certificate_dup_file_name:
 * @course_code: the course's code
 * @user_name: the person's name
 *
 * Returns: (transfer full): a name for the file that holds the certificate
 */
char *
reg_certificate_dup_file_name (const char *course_code, const char *user_name)
{
  /* Translators: a file name; a course's code and a person's name */
  char *name = g_strdup_printf (_ ("Certificate %s %s.pdf"), course_code, user_name);

  return g_strdelimit (name, "/\\:*?\"<>|\n\r\t", '-');
}
