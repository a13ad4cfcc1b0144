/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

double
bench_now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

void
bench_die_on (GError *error)
{
  if (error == NULL)
    return;
  g_printerr ("%s\n", error->message);
  exit (1);
}

void
bench_print_memory (const char *when)
{
  g_autofree char *status = NULL;
  const char *peak, *current;

  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  peak = status != NULL ? strstr (status, "VmHWM:") : NULL;
  current = status != NULL ? strstr (status, "VmRSS:") : NULL;
  if (peak != NULL && current != NULL)
    g_print ("memory %s: %.0f MB now, %.0f MB at most\n", when, atof (current + 6) / 1024,
             atof (peak + 6) / 1024);
}
