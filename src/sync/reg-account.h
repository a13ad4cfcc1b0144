/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Accounts: one folder with one database each, its URL and kind, and its token in the keyring. */
#pragma once

#include "model/reg-site.h"
#include "store/reg-store.h"

G_BEGIN_DECLS

/**
 * RegAccount:
 * @kind: connector, "registrar"
 * @url: base URL of the LMS
 * @database: path of the local copy
 */
typedef struct
{
  char *id;
  char *kind;
  char *url;
  char *database;
} RegAccount;

void reg_account_free (RegAccount *self);

/* data_dir: the profile; NULL for the user's data directory. */
GPtrArray *reg_account_list (const char *data_dir, GError **error);
RegAccount *
reg_account_create (const char *data_dir, const char *kind, const char *url, GError **error);
gboolean reg_account_remove (const char *data_dir, const RegAccount *self, GError **error);

/* The environment's REGISTRAR_TOKEN, the token file, the keyring, or the memory of this process, in
 * this order; NULL without an error where there is none. */
char *reg_account_dup_token (const RegAccount *self, GError **error);
/* Into the keyring; where none runs the token lives for this session only and *persistent is FALSE.
 * NULL forgets it. */
gboolean reg_account_set_token (const RegAccount *self,
                                const char *token,
                                gboolean *persistent,
                                GError **error);

/* For scripts on machines without a keyring: the file is read each time, the token itself is not
 * kept. NULL forgets the path. */
gboolean reg_account_set_token_file (const RegAccount *self, const char *path, GError **error);

/* The site as last described, kept in the store; NULL before the first contact. */
RegSite *reg_account_dup_site (RegStore *store, GError **error);
gboolean reg_account_set_site (RegStore *store, const RegSite *site, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegAccount, reg_account_free)

G_END_DECLS
