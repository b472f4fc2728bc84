/*
 * LD_PRELOAD: a disk that fails on order, under the folder $DISK_DIR.
 *
 * $DISK_ORDERS is a file of ten 64-bit numbers, shared with whoever gives the orders:
 *   0 how many of the meant operations there have been since the order   1 which kinds are meant (see below)
 *   2 how many of them go well first   3 how many after those do not   4 what is done then   5 error number, or microseconds
 *   6 all flushes so far   7 flushes of a write-ahead log so far   8, 9 unused
 * Done then: 1 killed just before the operation, 2 killed just after it, 3 the operation fails, 4 it takes longer.
 *
 * With $DISK_SHADOW this folder, a copy of $DISK_DIR to begin with, always holds what a power cut would leave: of a file its content at its last flush; a rename
 * or deletion from the next flush of its folder on.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { WRITE = 1, LOG_SYNC = 2, FILE_SYNC = 4, DIR_SYNC = 8, NAME = 16, OPEN = 32 };
enum { KILL_BEFORE = 1, KILL_AFTER = 2, FAIL = 3, DELAY = 4 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static volatile int64_t *orders;
static char dir[PATH_MAX], shadow[PATH_MAX];
static struct { char from[PATH_MAX], to[PATH_MAX]; } pending[64];
static int pendings;

#define REAL(name) ((__typeof__(name) *)dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void begin(void) {
  const char *d = getenv("DISK_DIR"), *s = getenv("DISK_SHADOW"), *o = getenv("DISK_ORDERS");
  if (!d || !o) return;
  snprintf(dir, sizeof dir, "%s/", d);
  if (s) snprintf(shadow, sizeof shadow, "%s/", s);
  int fd = open(o, O_RDWR | O_CLOEXEC);
  if (fd < 0) return;
  void *map = mmap(NULL, 10 * sizeof(int64_t), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (map != MAP_FAILED) orders = map;
  close(fd);
}

static int ours(const char *path) { return orders && path[0] == '/' && (!strncmp(path, dir, strlen(dir)) || !strncmp(path, dir, strlen(dir) - 1)); }

static int path_of(int fd, char *path) {
  if (!orders) return 0;
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = readlink(link, path, PATH_MAX - 1);
  if (n < 0) return 0;
  path[n] = 0;
  return ours(path);
}

static void die(void) {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

/* What is ordered for an operation of this kind; carries out what comes before it. */
static int64_t ordered(int kind) {
  int64_t act = 0;
  pthread_mutex_lock(&lock);
  if (kind == LOG_SYNC || kind == FILE_SYNC || kind == DIR_SYNC) orders[6]++;
  if (kind == LOG_SYNC) orders[7]++;
  if (orders[1] & kind) {
    int64_t n = orders[0]++;
    if (n >= orders[2] && n < orders[2] + orders[3]) act = orders[4];
  }
  if (act == KILL_BEFORE) die();
  pthread_mutex_unlock(&lock);
  if (act == DELAY) usleep((useconds_t)orders[5]);
  if (act == FAIL) errno = (int)orders[5];
  return act;
}

static void shadow_path(const char *path, char *out) { snprintf(out, PATH_MAX, "%s%s", shadow, strlen(path) >= strlen(dir) ? path + strlen(dir) : ""); }

static void make_folders(char *path) {
  for (char *slash = path + strlen(shadow); (slash = strchr(slash, '/')); slash++) {
    *slash = 0;
    mkdir(path, 0700);
    *slash = '/';
  }
}

static void keep(const char *path) {
  char beside[PATH_MAX + 8], out[PATH_MAX], buffer[65536];
  shadow_path(path, out);
  make_folders(out);
  snprintf(beside, sizeof beside, "%s.kept", out);
  int from = REAL(open)(path, O_RDONLY), to = REAL(open)(beside, O_CREAT | O_TRUNC | O_WRONLY, 0600);
  ssize_t n;
  if (from >= 0 && to >= 0)
    while ((n = REAL(read)(from, buffer, sizeof buffer)) > 0)
      if (REAL(write)(to, buffer, (size_t)n) != n) break;
  if (from >= 0) close(from);
  if (to >= 0) close(to);
  if (from >= 0 && to >= 0) REAL(rename)(beside, out);
}

/* The folder was flushed: what was renamed or deleted in it is so for good. */
static void keep_names(const char *folder) {
  int left = 0;
  for (int i = 0; i < pendings; i++) {
    char *slash = strrchr(pending[i].from, '/');
    if (strlen(folder) != (size_t)(slash - pending[i].from) || strncmp(folder, pending[i].from, strlen(folder))) {
      pending[left++] = pending[i];
      continue;
    }
    char from[PATH_MAX], to[PATH_MAX];
    shadow_path(pending[i].from, from);
    if (pending[i].to[0]) {
      shadow_path(pending[i].to, to);
      REAL(rename)(from, to);
    } else REAL(unlink)(from);
  }
  pendings = left;
}

static void changed_name(const char *from, const char *to) {
  if (!shadow[0]) return;
  pthread_mutex_lock(&lock);
  if (pendings < 64) {
    snprintf(pending[pendings].from, PATH_MAX, "%s", from);
    snprintf(pending[pendings].to, PATH_MAX, "%s", to);
    pendings++;
  }
  pthread_mutex_unlock(&lock);
}

static int flush(int fd, int (*really)(int)) {
  char path[PATH_MAX];
  struct stat info;
  if (!path_of(fd, path) || fstat(fd, &info)) return really(fd);
  size_t n = strlen(path);
  int kind = S_ISDIR(info.st_mode) ? DIR_SYNC : n > 4 && !strcmp(path + n - 4, "-wal") ? LOG_SYNC : FILE_SYNC;
  int64_t act = ordered(kind);
  if (act == FAIL) return -1;
  int result = really(fd);
  if (!result && shadow[0]) {
    pthread_mutex_lock(&lock);
    if (kind == DIR_SYNC) keep_names(path);
    else keep(path);
    pthread_mutex_unlock(&lock);
  }
  if (act == KILL_AFTER) die();
  return result;
}
int fsync(int fd) { return flush(fd, REAL(fsync)); }
int fdatasync(int fd) { return flush(fd, REAL(fdatasync)); }

#define ON_FILE(type, name, parameters, ...)                                \
  type name parameters {                                                    \
    char path[PATH_MAX];                                                    \
    int64_t act = path_of(fd, path) ? ordered(WRITE) : 0;                   \
    if (act == FAIL) return -1;                                             \
    type result = REAL(name)(__VA_ARGS__);                                  \
    if (act == KILL_AFTER) die();                                           \
    return result;                                                          \
  }
ON_FILE(ssize_t, write, (int fd, const void *b, size_t n), fd, b, n)
ON_FILE(ssize_t, pwrite, (int fd, const void *b, size_t n, off_t at), fd, b, n, at)
ON_FILE(ssize_t, pwrite64, (int fd, const void *b, size_t n, off64_t at), fd, b, n, at)
ON_FILE(ssize_t, writev, (int fd, const struct iovec *v, int n), fd, v, n)
ON_FILE(ssize_t, pwritev, (int fd, const struct iovec *v, int n, off_t at), fd, v, n, at)
ON_FILE(int, ftruncate, (int fd, off_t n), fd, n)
ON_FILE(int, ftruncate64, (int fd, off64_t n), fd, n)

#define ON_NAME(name, parameters, from, to, ...)                            \
  int name parameters {                                                     \
    if (!ours(from)) return REAL(name)(__VA_ARGS__);                        \
    int64_t act = ordered(NAME);                                            \
    if (act == FAIL) return -1;                                             \
    int result = REAL(name)(__VA_ARGS__);                                   \
    if (!result) changed_name(from, to);                                    \
    if (act == KILL_AFTER) die();                                           \
    return result;                                                          \
  }
ON_NAME(rename, (const char *a, const char *b), a, b, a, b)
ON_NAME(unlink, (const char *a), a, "", a)

#define ON_OPEN(name)                                                       \
  int name(const char *path, int flags, ...) {                              \
    va_list rest;                                                           \
    va_start(rest, flags);                                                  \
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
    va_end(rest);                                                           \
    if ((flags & O_ACCMODE) != O_RDONLY && ours(path) && ordered(OPEN) == FAIL) return -1; \
    return REAL(name)(path, flags, mode);                                   \
  }
ON_OPEN(open)
ON_OPEN(open64)
