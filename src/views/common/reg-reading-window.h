/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is read on demand about one enrollment: its history, chapters, quiz answers, or the activity
 * of its player. Shows at once what is kept here, with its age, and asks the LMS for what is new.
 */
#pragma once

#include "rules/reg-read.h"
#include "views/common/reg-host.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_READING_WINDOW (reg_reading_window_get_type ())
G_DECLARE_FINAL_TYPE (RegReadingWindow, reg_reading_window, REG, READING_WINDOW, AdwWindow)

void reg_reading_window_present (RegHost *host,
                                 RegWorkspace *workspace,
                                 const RegRead *read,
                                 const RegEnrollmentRow *row);

G_END_DECLS
