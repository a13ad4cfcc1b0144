/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Certificates as files: fetched once, and kept in the user's cache for looking at them offline. */
#pragma once

#include "lms/reg-lms.h"
#include "store/reg-store.h"

G_BEGIN_DECLS

/* Where the certificate is or will be kept. */
char *reg_certificate_dup_path (const char *account_id, gint64 certificate_id);
gboolean reg_certificate_is_kept (const char *account_id, gint64 certificate_id);
/* Asks the LMS and keeps the file, for its owner alone. Blocks. */
gboolean reg_certificate_fetch (const char *account_id,
                                RegLms *lms,
                                gint64 certificate_id,
                                GCancellable *cancellable,
                                GError **error);
/* With the account. */
void reg_certificate_forget_all (const char *account_id);

/* "Certificate C001 Ada Lovelace.pdf": what a file chooser proposes */
char *reg_certificate_dup_file_name (const char *course_code, const char *user_name);

G_END_DECLS
