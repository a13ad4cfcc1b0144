/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the benchmarks share. */
#pragma once

#include <glib.h>

/* CPU seconds of this process. */
double bench_now (void);
/* Ends the process with the error, where there is one. */
void bench_die_on (GError *error);
/* The resident size of now, and the highest so far. */
void bench_print_memory (const char *when);
