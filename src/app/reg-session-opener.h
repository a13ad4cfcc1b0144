/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which account is open: finds the last one, connects to a new one, starts the demo, signs out.
 * What touches disk or keyring runs on a worker of its own. Main thread only. */
#pragma once

#include "workspace/reg-workspace.h"

G_BEGIN_DECLS

#define REG_TYPE_SESSION_OPENER (reg_session_opener_get_type ())
G_DECLARE_FINAL_TYPE (RegSessionOpener, reg_session_opener, REG, SESSION_OPENER, GObject)

/* data_dir: (nullable): the profile; NULL for the user's data directory */
RegSessionOpener *reg_session_opener_new (const char *data_dir);

/* last_id: (nullable): id of the account that was open last. Answers NULL without an error where
 * there is no account yet. */
void reg_session_opener_open_last_async (RegSessionOpener *self,
                                         const char *last_id,
                                         GAsyncReadyCallback callback,
                                         gpointer data);
void reg_session_opener_connect_async (RegSessionOpener *self,
                                       const char *url,
                                       const char *token,
                                       GAsyncReadyCallback callback,
                                       gpointer data);
void
reg_session_opener_demo_async (RegSessionOpener *self, GAsyncReadyCallback callback, gpointer data);
/* One for all three. is_new: (out) (optional): nothing was ever pulled; is_persistent: (out)
 * (optional): FALSE where the token could not be kept */
RegWorkspace *reg_session_opener_finish (RegSessionOpener *self,
                                         GAsyncResult *result,
                                         gboolean *is_new,
                                         gboolean *is_persistent,
                                         GError **error);

/* Keeps another token for the account. is_persistent: (out) (optional) as above */
void reg_session_opener_keep_token_async (RegSessionOpener *self,
                                          const RegAccount *account,
                                          const char *token,
                                          GAsyncReadyCallback callback,
                                          gpointer data);
gboolean reg_session_opener_keep_token_finish (RegSessionOpener *self,
                                               GAsyncResult *result,
                                               gboolean *is_persistent,
                                               GError **error);

/* Removes the account with its local copy; its workspace must be closed. */
void reg_session_opener_remove_async (RegSessionOpener *self,
                                      const RegAccount *account,
                                      GAsyncReadyCallback callback,
                                      gpointer data);
gboolean
reg_session_opener_remove_finish (RegSessionOpener *self, GAsyncResult *result, GError **error);
gboolean reg_session_opener_is_demo (RegSessionOpener *self);

G_END_DECLS
