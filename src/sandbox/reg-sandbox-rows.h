/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The records as the wire API shows them. */
#pragma once

#include "base/reg-json-writer.h"
#include "sandbox/reg-sandbox-db.h"

G_BEGIN_DECLS

void reg_sandbox_write_label (RegJsonWriter *writer, const RegLabel *label);
void reg_sandbox_write_user (RegJsonWriter *writer, const RegUser *user);
void reg_sandbox_write_course (RegJsonWriter *writer, const RegCourse *course);
void reg_sandbox_write_session (RegJsonWriter *writer, const RegSession *session);
void reg_sandbox_write_pool (RegJsonWriter *writer, const RegLicensePool *pool);
void reg_sandbox_write_enrollment (RegJsonWriter *writer, const RegEnrollment *enrollment);
void reg_sandbox_write_attempt (RegJsonWriter *writer, const RegSandboxAttempt *attempt);
void reg_sandbox_write_certificate (RegJsonWriter *writer,
                                    const RegSandboxCertificate *certificate);

void reg_sandbox_write_preset (RegJsonWriter *writer, const RegPreset *preset);

G_END_DECLS
