/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a fuzzer's target is, for libFuzzer and for fuzz-main.c alike. */
#pragma once

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);
