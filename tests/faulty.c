/* Makes the disk fail: loaded before libc (LD_PRELOAD), it lets the n-th write, flush, truncation or deletion of a file
   whose name holds "register" fail, and all after it, with an errno of the caller's choice. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static long left = -1;
static int with = 0;

void fail_from(long n, int error) { left = n; with = error; }

static int ours(int fd) {
    char link[64], name[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t size = readlink(link, name, sizeof name - 1);
    if (size < 0) return 0;
    name[size] = 0;
    return strstr(name, "register") != NULL;
}

static int fails(int concerned) {
    if (left < 0 || !concerned) return 0;
    if (left > 0) { left--; return 0; }
    errno = with;
    return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *data, size_t size) { return fails(ours(fd)) ? -1 : REAL(write)(fd, data, size); }
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
    return fails(ours(fd)) ? -1 : REAL(pwrite)(fd, data, size, at);
}
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    return fails(ours(fd)) ? -1 : REAL(pwrite64)(fd, data, size, at);
}
int fsync(int fd) { return fails(ours(fd)) ? -1 : REAL(fsync)(fd); }
int fdatasync(int fd) { return fails(ours(fd)) ? -1 : REAL(fdatasync)(fd); }
int ftruncate(int fd, off_t size) { return fails(ours(fd)) ? -1 : REAL(ftruncate)(fd, size); }
int ftruncate64(int fd, off64_t size) { return fails(ours(fd)) ? -1 : REAL(ftruncate64)(fd, size); }
int unlink(const char *name) { return fails(strstr(name, "register") != NULL) ? -1 : REAL(unlink)(name); }
