/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers what a process does that lasts: each write, cut, sync and removal of its database's
 * files, each write and new name of another file, and each call to the LMS, before it and after its
 * answer. At one of these steps the process ends as by kill -9. */
#pragma once

#include "lms/reg-lms.h"

G_BEGIN_DECLS

/* Before the first database is opened. The process ends at step number @kill_at, counted from 1,
 * before what that step is; with 0 it never does. */
void kill_steps_begin (guint kill_at);
/* One letter for each step so far: w(rite), f(inal write of a transaction), c(ut), s(ync),
 * r(emove), W(rite) and N(ew name) of another file, q (request), a(nswer), and what kill_steps_take
 * () was told. */
const char *kill_steps_get_trace (void);
void kill_steps_take (char kind);

/* Returns: (transfer full): an LMS that counts, with small limits: @lms with other words. Takes the
 * reference. */
RegLms *kill_steps_wrap_lms (RegLms *lms, guint max_operations, guint page_size);

G_END_DECLS
