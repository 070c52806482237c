/*
 * A clock that is set: what a process takes for the time of day is as many nanoseconds off as a file says. Clocks that
 * cannot be set, which time-outs are measured with, stay as they are. Loaded by LD_PRELOAD; the file is named by
 * SHIFTED_CLOCK and holds one number of 8 bytes, so a test that writes it sets the clock of a running process.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define A_SECOND 1000000000LL

static volatile int64_t *offset;

__attribute__((constructor)) static void find(void) {
  const char *name = getenv("SHIFTED_CLOCK");
  int file = name ? open(name, O_RDONLY | O_CLOEXEC) : -1;
  if (file >= 0) {
    void *seen = mmap(NULL, sizeof(int64_t), PROT_READ, MAP_SHARED, file, 0);
    offset = seen == MAP_FAILED ? NULL : seen;
    close(file);
  }
}

int clock_gettime(clockid_t clock, struct timespec *now) {
  int failed = syscall(SYS_clock_gettime, clock, now);
  if (!failed && offset && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
    int64_t nanos = now->tv_sec * A_SECOND + now->tv_nsec + *offset;
    now->tv_sec = nanos / A_SECOND;
    now->tv_nsec = nanos % A_SECOND;
  }
  return failed;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  struct timespec precise;
  (void)zone;
  if (clock_gettime(CLOCK_REALTIME, &precise)) {
    return -1;
  }
  now->tv_sec = precise.tv_sec;
  now->tv_usec = precise.tv_nsec / 1000;
  return 0;
}

time_t time(time_t *seconds) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (seconds) {
    *seconds = now.tv_sec;
  }
  return now.tv_sec;
}
